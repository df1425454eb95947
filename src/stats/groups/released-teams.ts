// Whose newer figures of a period may be shown without names from now on, team by team. A release is for everybody who reads such figures, so
// it counts what anybody with a role, and every leader, sees by name besides.
import type { Onlookers } from '../../domain/onlookers.ts'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { type FilledInFigure, filledByNobody } from '../scorecards/filled-by.ts'
import type { Group } from './group.ts'
import { releasable, type Versions } from './release.ts'

interface ReleaseDeps {
  /** Everybody who sees others by name, asked only where something is held back. */
  readonly onlookers: () => Promise<Onlookers>
}

/**
 * @param holds whether something shown of a person is held against newer figures
 * @param filledIn of figures of scorecards
 */
export async function releasedTeams(
  { onlookers }: ReleaseDeps,
  group: Group,
  period: Period,
  holds: (id: PersonId) => boolean,
  versionsOf: (id: PersonId) => Versions,
  filledIn: (figure: string) => FilledInFigure = () => filledByNobodyIn,
): Promise<Set<PersonId>> {
  const besides = group.besidesOf(await onlookers(), period)
  return new Set(
    group
      .teamsIn(period)
      .filter((ids) => ids.some(holds))
      .flatMap((ids) => {
        // Who sees somebody no more saw a part of what is held back, and would take it away: that stays as shown.
        const lost = besides.lostOf(ids)
        const versions = ids.map((id) => [id, lost.has(id) ? asShown(versionsOf(id)) : versionsOf(id)] as const)
        return [...releasable(new Map(versions), group.minimumPeople, (figure) => besides.unseenOf(ids, filledIn(figure)))]
      }),
  )
}

const filledByNobodyIn: FilledInFigure = { all: filledByNobody, changed: filledByNobody }

const asShown = (versions: Versions): Versions => ({ ...versions, now: versions.shown })
