// When figures without names may change. A reader keeps what they were shown and subtracts: so a newer figure is held back until enough
// people of one team changed in it. By teams, because every group without names is made of whole ones: whatever two groups are held
// beside each other, what changed between them is then about nobody or enough people. Pure.
import type { PersonId } from '../../domain/person.ts'

/** What a person puts into each figure, as text by figure; figures that have nothing of theirs are left out. */
export type Contribution = ReadonlyMap<string, string>

export interface Versions {
  readonly shown: Contribution
  readonly now: Contribution
}

/**
 * The people of one team whose newer figures may be shown: in every figure of theirs that changed, enough of the team did. A figure that is
 * the team's own in one version and pooled with other teams' in the other would reveal what the team put into the pool, so it stays.
 * @param team each member's versions; both are the same where nothing is held back
 */
export function releasable(team: ReadonlyMap<PersonId, Versions>, minimumPeople: number): ReadonlySet<PersonId> {
  const candidates = new Map([...team].flatMap(([id, versions]) => (versions.shown === versions.now ? [] : [[id, changedIn(versions)]])))
  const isEnough = (count: number): boolean => count === 0 || count >= minimumPeople
  for (let isStable = false; !isStable; ) {
    isStable = true
    const figures = new Set([...candidates.values()].flatMap((changed) => [...changed]))
    for (const figure of figures) {
      const changed = [...candidates].filter(([, own]) => own.has(figure)).map(([id]) => id)
      const before = [...team.values()].filter(({ shown }) => shown.has(figure)).length
      const after = [...team].filter(([id, { shown, now }]) => (candidates.has(id) ? now : shown).has(figure)).length
      if (isEnough(changed.length) && isEnough(before) && isEnough(after)) continue
      for (const id of changed) candidates.delete(id)
      isStable = false
    }
  }
  return new Set(candidates.keys())
}

const changedIn = ({ shown, now }: Versions): ReadonlySet<string> =>
  new Set([...shown.keys(), ...now.keys()].filter((figure) => shown.get(figure) !== now.get(figure)))
