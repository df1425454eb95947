// Scorecards as a group without names is shown them: what was shown of a period stays until enough people's changed.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import type { Onlookers } from '../../domain/onlookers.ts'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { HeldBack, Reads, RecordAnswer } from '../../domain/reads.ts'
import type { Group } from '../groups/group.ts'
import type { Contribution } from '../groups/release.ts'
import { releasedTeams } from '../groups/released-teams.ts'
import { shownUntil } from '../groups/shown-until.ts'
import { mayAverage } from '../scorecards/visibility.ts'

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
  const { scorecards: held } = await deps.reads.heldBack('scorecards', period, group.peopleVersion)
  if (!group.membersIn(period).some(({ id }) => held.has(id))) return now
  const cardsNow = Map.groupBy(now.records, ({ reviewedId }) => reviewedId)
  const of = (cards: readonly AnsweredScorecard[] = []) => contributionOf(cards, deps.unmarkedScorecards)
  const replaced = await deps.reads.replacedBefore('scorecards', period)
  const versions = replaced.map((_, at) => shownUntil(replaced.slice(at), { ...noFigures, scorecards: held }).scorecards)
  const released = await releasedTeams(
    deps,
    group,
    period,
    (id) => held.has(id),
    (id) => {
      const current = of(cardsNow.get(id))
      const earlier = versions.map((then) => (then.has(id) ? of(then.get(id)) : current))
      return { shown: held.has(id) ? of(held.get(id)) : current, now: current, earlier }
    },
  )
  if (released.size > 0 && !(await mayRelease(deps, period, { released, held, cardsNow, now, releasesBefore: replaced.length })))
    released.clear()
  const kept = new Set(group.membersIn(period).flatMap(({ id }) => (held.has(id) && !released.has(id) ? [id] : [])))
  if (kept.size === 0) return now
  const records = [...now.records.filter(({ reviewedId }) => !kept.has(reviewedId)), ...[...kept].flatMap((id) => held.get(id) ?? [])]
  const isSaid = [...kept].some((id) => group.standing(period).has(id))
  return {
    ...now,
    records: records.toSorted((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime()),
    ...(isSaid && { heldBack: group.minimumPeople }),
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
    readonly held: HeldBack['scorecards']
    readonly cardsNow: HeldBack['scorecards']
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

/**
 * What a person's cards put into a group's figures: counts, averages, and each set of questions that applied, because an overall score is
 * made of those.
 */
function contributionOf(cards: readonly AnsweredScorecard[], unmarked: 'show' | 'hide'): Contribution {
  const facts = new Map<string, string[]>()
  const add = (figure: string, fact: unknown): void => {
    const known = facts.get(figure)
    if (known) known.push(JSON.stringify(fact))
    else facts.set(figure, [JSON.stringify(fact)])
  }
  for (const card of cards) {
    const name = `${card.scorecardId} ${card.method}`
    add(`cards ${name}`, card.overallRange)
    if (!mayAverage(card, { type: 'group' }, unmarked)) continue
    const { overallScore, overallRange } = card
    if (overallScore !== undefined) {
      add(`score ${name} ${scaleOf(overallRange)}`, overallScore)
      add(`overall ${card.method} ${scaleOf(overallRange)}`, overallScore)
    }
    const scored = card.questions.filter(({ score, notApplicable }) => score !== undefined && !notApplicable)
    for (const question of scored) add(`question ${question.questionId} ${scaleOf(question.range)}`, question.score)
    for (const { questionId } of card.questions.filter(({ notApplicable }) => notApplicable)) add(`not applicable ${questionId}`, 1)
    const applied = scored.map(({ questionId }) => questionId).toSorted()
    add(`applied ${name} ${applied.join()}`, [overallScore, scored.map(({ questionId, score }) => [questionId, score]).toSorted()])
  }
  return new Map([...facts].map(([figure, own]) => [figure, own.toSorted().join()]))
}

const scaleOf = (range: AnsweredScorecard['overallRange']): string => (range ? `${range.min}-${range.max}` : 'unknown')
