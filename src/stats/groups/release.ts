// When figures without names may change. A reader keeps what they were shown and subtracts: so a newer figure is held back until enough
// people of one team changed in it. By teams, because every group without names is made of whole ones: whatever two groups are held
// beside each other, what changed between them is then about nobody or enough people. Pure.
import type { PersonId } from '../../domain/person.ts'

/** What a person puts into each figure, as text by figure; figures that have nothing of theirs are left out. */
export type Contribution = ReadonlyMap<string, string>

export interface Versions {
  readonly shown: Contribution
  readonly now: Contribution
  /** What was shown before, oldest first; of every member of the team as many. A reader keeps all of it. */
  readonly earlier: readonly Contribution[]
}

/** Of an onlooker who sees some of a team. */
export interface Unseen {
  /** Those whose figures they do not see. */
  readonly others: ReadonlySet<PersonId>
  /** Those of them whose change they do not know either: who filled all late cards of somebody knows it. */
  readonly unknown: ReadonlySet<PersonId>
}

/**
 * The people of one team whose newer figures may be shown: in every figure of theirs that changed, enough of the team did. A figure that is
 * the team's own in one version and pooled with other teams' in the other would reveal what the team put into the pool, so it stays. Nobody
 * goes back alone to what was shown of them before: readers keep every version, and where figures went away and came back with one more, the
 * one would be the difference. A team that goes back as a whole shows nothing new.
 * @param team each member's versions; both are the same where nothing is held back
 * @param unseenIn for each onlooker who sees some of the team in a figure, the others: all of this holds for those too. Enough of them are
 *   as many as the figure is about, where those are fewer than `minimumPeople`
 */
export function releasable(
  team: ReadonlyMap<PersonId, Versions>,
  minimumPeople: number,
  unseenIn: (figure: string) => readonly Unseen[],
): ReadonlySet<PersonId> {
  const candidates = new Map([...team].flatMap(([id, versions]) => (versions.shown === versions.now ? [] : [[id, changedIn(versions)]])))
  const partOf = ({ others, unknown }: Unseen) => ({ people: new Map([...team].filter(([id]) => others.has(id))), unknown })
  for (let isStable = false; !isStable; ) {
    isStable = true
    const figures = new Set([...candidates.values()].flatMap((changed) => [...changed]))
    for (const figure of figures) {
      const waiting = [
        ...waitingIn(figure, { people: team }, candidates, () => minimumPeople),
        ...unseenIn(figure)
          .map(partOf)
          .flatMap((part) => waitingIn(figure, part, candidates, (...having) => Math.min(minimumPeople, ...having))),
      ]
      for (const id of waiting) candidates.delete(id)
      if (waiting.length > 0) isStable = false
    }
  }
  return new Set(candidates.keys())
}

/**
 * Which candidates may not be shown newer because of this figure: nobody, who would go back, or all who changed in it.
 * @param enoughOf how many people are enough, given how many have something in the figure before and after, where any do
 */
function waitingIn(
  figure: string,
  { people, unknown }: { readonly people: ReadonlyMap<PersonId, Versions>; readonly unknown?: ReadonlySet<PersonId> },
  candidates: ReadonlyMap<PersonId, ReadonlySet<string>>,
  enoughOf: (...having: readonly number[]) => number,
): readonly PersonId[] {
  const changed = [...people.keys()].filter((id) => candidates.get(id)?.has(figure) && (unknown?.has(id) ?? true))
  const before = [...people.values()].filter(({ shown }) => shown.has(figure)).length
  const after = new Map([...people].map(([id, { shown, now }]) => [id, (candidates.has(id) ? now : shown).get(figure)]))
  const having = [...after.values()].filter((value) => value !== undefined).length
  const enough = enoughOf(...[before, having].filter((count) => count > 0))
  const isEnough = (count: number): boolean => count === 0 || count >= enough
  // Whoever has nothing any more is no unknown: without enough new ones a reader could compute with what was there before.
  const newer = changed.filter((id) => after.get(id) !== undefined).length
  if (![changed.length, before, having, newer].every(isEnough) || (newer === 0 && having > 0)) return changed
  const earlier = (id: PersonId): readonly (string | undefined)[] => people.get(id)?.earlier.map((version) => version.get(figure)) ?? []
  const versions = [...people.values()][0]?.earlier.keys() ?? []
  if ([...versions].some((version) => [...after].every(([id, value]) => earlier(id)[version] === value))) return []
  return changed.filter((id) => after.get(id) !== undefined && earlier(id).includes(after.get(id)))
}

const changedIn = ({ shown, now }: Pick<Versions, 'shown' | 'now'>): ReadonlySet<string> =>
  new Set([...shown.keys(), ...now.keys()].filter((figure) => shown.get(figure) !== now.get(figure)))
