// Scorecards as a group without names is shown them: what was shown of a period stays until enough people's changed.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import type { Onlookers } from '../../domain/onlookers.ts'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { HeldBack, Reads, RecordAnswer } from '../../domain/reads.ts'
import type { Group } from '../groups/group.ts'
import { releasedTeams } from '../groups/released-teams.ts'
import { shownUntil } from '../groups/shown-until.ts'
import { contributionOf, type Facts, type FactVersions, factsOf, filledInFigures, withReviewers } from '../scorecards/card-facts.ts'

interface ShownDeps {
  readonly reads: Pick<Reads, 'showing' | 'heldBack' | 'release' | 'replacedBefore'>
  readonly unmarkedScorecards: 'show' | 'hide'
  readonly onlookers: () => Promise<Onlookers>
}

/** To be called before the cards of these periods are read. */
export async function showingCards({ reads }: ShownDeps, group: Group, periods: readonly Period[]): Promise<void> {
  const shown = periods.filter((period) => group.mayShow(period, 'sum'))
  await reads.showing(
    'scorecards',
    shown.map((period) => ({ period, personIds: group.membersIn(period).map(({ id }) => id) })),
  )
}

export interface CardsAsShown extends RecordAnswer<AnsweredScorecard> {
  /** Newer cards of somebody who stands are not among them, until those of so many people of one team changed. */
  readonly heldBack?: number
}

/** The cards just read of a period, as they may be shown. */
export async function cardsAsShown(
  deps: ShownDeps,
  group: Group,
  period: Period,
  now: RecordAnswer<AnsweredScorecard>,
): Promise<CardsAsShown> {
  if (!group.mayShow(period, 'sum')) return now
  const { scorecards: held } = await deps.reads.heldBack('scorecards', period, group.chart.version)
  const members = group.membersIn(period).map(({ id }) => id)
  if (!members.some((id) => held.has(id))) return now
  const cardsNow = Map.groupBy(now.records, ({ reviewedId }) => reviewedId)
  const replaced = await deps.reads.replacedBefore('scorecards', period)
  const versionsOf = versionsIn(deps, { held, replaced, cardsNow })
  const released = await releasedTeams(
    deps,
    group,
    period,
    (id) => held.has(id),
    (id) => {
      const { shown, now: current, earlier } = versionsOf(id)
      const asNow = contributionOf(current)
      return { shown: shown === current ? asNow : contributionOf(shown), now: asNow, earlier: earlier.map(contributionOf) }
    },
    filledInFigures(members.map(versionsOf), group.chart),
  )
  if (released.size > 0 && !(await mayRelease(deps, period, { released, held, cardsNow, now, releasesBefore: replaced.length })))
    released.clear()
  const kept = new Set(members.filter((id) => held.has(id) && !released.has(id)))
  if (kept.size === 0) return now
  const asShown = [...kept].flatMap((id) => withReviewers(held.get(id) ?? [], cardsNow.get(id) ?? []))
  const records = [...now.records.filter(({ reviewedId }) => !kept.has(reviewedId)), ...asShown]
  const isSaid = [...kept].some((id) => group.standing(period).has(id))
  return {
    ...now,
    records: records.toSorted((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime()),
    ...(isSaid && { heldBack: group.minimumPeople }),
  }
}

type Cards = HeldBack['scorecards']

/** Each person's cards as shown, as they are now, and as shown before. */
function versionsIn(
  { unmarkedScorecards: unmarked }: ShownDeps,
  { held, replaced, cardsNow }: { readonly held: Cards; readonly replaced: readonly HeldBack[]; readonly cardsNow: Cards },
): (id: PersonId) => FactVersions {
  const before = replaced.map((_, at) => shownUntil(replaced.slice(at), { ...noFigures, scorecards: held }).scorecards)
  const made = new Map<PersonId, FactVersions>()
  return (id) => {
    const cards = cardsNow.get(id) ?? []
    const now = factsOf(cards, unmarked)
    const inVersion = (version: Cards): Facts => (version.has(id) ? factsOf(withReviewers(version.get(id) ?? [], cards), unmarked) : now)
    const versions = made.get(id) ?? { shown: inVersion(held), now, earlier: before.map(inVersion) }
    made.set(id, versions)
    return versions
  }
}

const noFigures = { interaction: new Map(), activity: new Map() }

/** Whether the store lets exactly these newer cards be shown from now on. */
function mayRelease(
  { reads }: ShownDeps,
  period: Period,
  {
    released,
    held,
    cardsNow,
    now,
    releasesBefore,
  }: {
    readonly released: ReadonlySet<PersonId>
    readonly held: Cards
    readonly cardsNow: Cards
    readonly now: Pick<RecordAnswer<unknown>, 'neverRead'>
    readonly releasesBefore: number
  },
): Promise<boolean> {
  const ids = [...released].filter((id) => held.has(id))
  return reads.release('scorecards', period, {
    releasesBefore,
    shown: { ...noFigures, scorecards: new Map(ids.map((id) => [id, held.get(id) ?? []])) },
    now: { ...noFigures, scorecards: new Map(ids.filter((id) => !now.neverRead.has(id)).map((id) => [id, cardsNow.get(id) ?? []])) },
  })
}
