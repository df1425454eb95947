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

/**
 * The people of one team whose newer figures may be shown: in every figure of theirs that changed, enough of the team did. A figure that is
 * the team's own in one version and pooled with other teams' in the other would reveal what the team put into the pool, so it stays. Nobody
 * goes back alone to what was shown of them before: readers keep every version, and where figures went away and came back with one more, the
 * one would be the difference. A team that goes back as a whole shows nothing new.
 * @param team each member's versions; both are the same where nothing is held back
 */
export function releasable(team: ReadonlyMap<PersonId, Versions>, minimumPeople: number): ReadonlySet<PersonId> {
  const candidates = new Map([...team].flatMap(([id, versions]) => (versions.shown === versions.now ? [] : [[id, changedIn(versions)]])))
  const isEnough = (count: number): boolean => count === 0 || count >= minimumPeople
  for (let isStable = false; !isStable; ) {
    isStable = true
    const figures = new Set([...candidates.values()].flatMap((changed) => [...changed]))
    for (const figure of figures) {
      const waiting = waitingIn(figure, team, candidates, isEnough)
      for (const id of waiting) candidates.delete(id)
      if (waiting.length > 0) isStable = false
    }
  }
  return new Set(candidates.keys())
}

/** Which candidates may not be shown newer because of this figure: nobody, who would go back, or all who changed in it. */
function waitingIn(
  figure: string,
  team: ReadonlyMap<PersonId, Versions>,
  candidates: ReadonlyMap<PersonId, ReadonlySet<string>>,
  isEnough: (count: number) => boolean,
): readonly PersonId[] {
  const changed = [...candidates].filter(([, own]) => own.has(figure)).map(([id]) => id)
  const before = [...team.values()].filter(({ shown }) => shown.has(figure)).length
  const after = new Map([...team].map(([id, { shown, now }]) => [id, (candidates.has(id) ? now : shown).get(figure)]))
  const having = [...after.values()].filter((value) => value !== undefined).length
  // Whoever has nothing any more is no unknown: without enough new ones a reader could compute with what was there before.
  const newer = changed.filter((id) => after.get(id) !== undefined).length
  if (!isEnough(changed.length) || !isEnough(before) || !isEnough(having) || !isEnough(newer) || (newer === 0 && having > 0)) return changed
  const earlier = (id: PersonId): readonly (string | undefined)[] => team.get(id)?.earlier.map((version) => version.get(figure)) ?? []
  const versions = [...team.values()][0]?.earlier.keys() ?? []
  if ([...versions].some((version) => [...after].every(([id, value]) => earlier(id)[version] === value))) return []
  return changed.filter((id) => after.get(id) !== undefined && earlier(id).includes(after.get(id)))
}

const changedIn = ({ shown, now }: Pick<Versions, 'shown' | 'now'>): ReadonlySet<string> =>
  new Set([...shown.keys(), ...now.keys()].filter((figure) => shown.get(figure) !== now.get(figure)))
