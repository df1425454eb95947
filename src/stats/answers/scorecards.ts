// The answer about scorecards: of a person, a team, an org or the company, cut down to what the viewer may see.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { periodBefore } from '../../domain/period.ts'
import { cardFor, type Eyes, mayAverage } from '../card-visibility.ts'
import { dataState } from '../data-state.ts'
import type { StatsService } from '../results.ts'
import { overallByScale, type PeriodCards, summarizeCards } from '../scorecards.ts'
import type { StatsParts } from '../service.ts'
import { membersOf } from '../subject-people.ts'

export function scorecardAnswers(parts: StatsParts): Pick<StatsService, 'scorecards'> {
  const { reads, unmarkedScorecards: unmarked } = parts
  return {
    async scorecards(subject, period, viewer, cardName) {
      const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
      const members = membersOf(subject, chart)
      const before = periodBefore(period)
      const of = { reviewedIds: members.map(({ id }) => id) }
      const [now, then] = await Promise.all([reads.scorecards(period, of), reads.scorecards(before, of)])
      const eyes = eyesOn(subject, viewer)
      const minimumPeople = seesByName(subject, viewer) ? 0 : parts.minimumGroup
      const cards = named(now.records, cardName)
      const cardsBefore = named(then.records, cardName)
      const reviewed = new Set(cards.map((card) => card.reviewedId)).size
      const tooFew = members.length < minimumPeople || (cards.length > 0 && reviewed < minimumPeople)
      const select = (records: readonly AnsweredScorecard[]): PeriodCards => ({
        counted: records,
        averaged: records.filter((card) => mayAverage(card, eyes, unmarked)),
      })
      const head = { subject, period, before, minimumPeople, state: dataState(tenant, period, [now]) }
      if (tooFew)
        return { ...head, answered: 0, answeredBefore: 0, cards: [], overall: [], single: [], peopleReviewed: 0, tooFewPeople: true }
      const reviewedBefore = new Set(cardsBefore.map((card) => card.reviewedId)).size
      return {
        ...head,
        answered: cards.length,
        answeredBefore: reviewedBefore < minimumPeople ? 0 : cardsBefore.length,
        cards: summarizeCards(select(cards), select(cardsBefore), minimumPeople),
        overall: overallByScale(select(cards).averaged, select(cardsBefore).averaged, minimumPeople),
        single:
          minimumPeople > 0
            ? []
            : cards
                .flatMap((card) => cardFor(card, eyes, unmarked) ?? [])
                .toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime()),
        peopleReviewed: reviewed,
      }
    },
  }
}

type Viewer = Parameters<StatsService['scorecards']>[2]
type Asked = Parameters<StatsService['scorecards']>[0]

/** Somebody who is not above sees singles and averages of their own only; a group of others is a group view. */
const seesByName = (subject: Asked, viewer: Viewer): boolean =>
  viewer.type === 'person' && (viewer.isAbove || (subject.type === 'person' && subject.personId === viewer.personId))

const eyesOn = (subject: Asked, viewer: Viewer): Eyes => (seesByName(subject, viewer) ? viewer : { type: 'group' })

/** Cards of one name, whatever its case; all without a name. */
function named(records: readonly AnsweredScorecard[], cardName: string | undefined): readonly AnsweredScorecard[] {
  if (cardName === undefined) return records
  const wanted = cardName.trim().toLowerCase()
  return records.filter((card) => card.scorecardName.trim().toLowerCase() === wanted)
}
