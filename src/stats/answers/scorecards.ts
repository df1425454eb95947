// Answers about scorecards of a person, a team, an org or the company, reduced to what the viewer may see.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { endedBy, isOfOtherSetting } from '../../domain/group-settings.ts'
import { localDateOf, type Period, periodBefore } from '../../domain/period.ts'
import { isThemself, selfOf } from '../../domain/policy.ts'
import type { ReadState } from '../../domain/reads.ts'
import { dataState } from '../data-state.ts'
import { type Group, groupByName, groupRule, groupWithoutNames } from '../groups/group.ts'
import type { CardsViewer, StatsService } from '../results.ts'
import { cardAsTyped } from '../scorecards/card-name.ts'
import type { IsAnonymous } from '../scorecards/common-cards.ts'
import { filledBy } from '../scorecards/filled-by.ts'
import { type KnownCards, knownCards } from '../scorecards/known-cards.ts'
import type { CardSummary, ScorecardReport } from '../scorecards/results.ts'
import { reviewedOf } from '../scorecards/reviewed-of.ts'
import {
  cardKeys,
  cardsThatStand,
  everybody,
  nobody,
  overallByScale,
  type PeriodCards,
  summarizeCards,
  type Together,
} from '../scorecards/scorecards.ts'
import { cardFor, mayAverage, type Viewpoint } from '../scorecards/visibility.ts'
import type { StatsDeps } from '../stats-deps.ts'
import { type CardsAsShown, cardsAsShown, showingCards } from './cards-as-shown.ts'

export function scorecardAnswers(deps: StatsDeps): Pick<StatsService, 'scorecards'> {
  const { reads, unmarkedScorecards: unmarked } = deps
  return {
    async scorecards(subject, period, viewer, cardName) {
      const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
      const before = periodBefore(period)
      const byName = seesByName(subject, viewer)
      const group = byName
        ? groupByName(subject, chart)
        : groupWithoutNames(subject, chart, groupRule(deps, tenant), viewer.type === 'group' ? viewer.reader : undefined)
      if (!byName) await showingCards(deps, group, [period, before])
      const readOf = async (each: Period): Promise<CardsAsShown> => {
        const cards = await reads.scorecards(each, { reviewedIds: group.membersIn(each).map(({ id }) => id) })
        return byName ? cards : cardsAsShown(deps, group, each, cards)
      }
      const [now, then] = await Promise.all([readOf(period), readOf(before)])
      const day = { zone: tenant.zone, today: localDateOf(deps.clock.now(), tenant.zone) }
      const known = knownCards(now, period, day)
      const knownBefore = knownCards(then, before, day)
      // A period that is known in part is no comparison.
      const recordsBefore = knownBefore.state.cardsKnown || known.state.cardsKnown ? undefined : knownBefore.records
      const { cardsThatCount } = tenant
      const isOther = (each: Period): boolean =>
        isOfOtherSetting(each, unmarked, tenant.unmarkedCards) || endedBy(each, tenant.cardsChangedOn)
      const head = {
        subject,
        period,
        before,
        minimumPeople: group.minimumPeople,
        ...(group.seesSome(period) && { seesSome: true as const }),
        ...(isFilledBy(viewer, now.records) && { filledSome: true as const }),
        cardsThatCount: countingAmong([], cardsThatCount),
        state: {
          ...dataState(tenant, period, [now], group.standing(period)),
          ...known.state,
          heldBack: now.heldBack ?? then.heldBack,
          ...((isOther(period) || group.isOfOtherSetting(period)) && { isOfOtherSetting: true as const }),
        },
      }
      const withheld = byName ? undefined : isOther(period) ? 'other-setting' : whyWithheld(group, period, now, known)
      if (withheld) return { ...head, ...nothing, tooFewPeople: true, ...(withheld !== 'too-few-people' && { withheld }) }

      const viewpoint = byName ? viewer : groupViewpoint
      const select = (records: readonly AnsweredScorecard[], of: Period, together: Together): PeriodCards => {
        const counted = named(records, cardName)
        const isAnonymous: IsAnonymous = (shown) =>
          group.isAnonymous(
            of,
            shown.map(({ reviewedId }) => reviewedId),
            filledBy(shown, chart),
          )
        return {
          counted,
          averaged: counted.filter((card) => mayAverage(card, viewpoint, unmarked)),
          together,
          isAnonymous,
          isUnknown: together === nobody,
        }
      }
      const togetherIn = (of: Period): Together => {
        if (byName) return everybody
        return (shown) => {
          const people = new Set(shown.map(({ reviewedId }) => reviewedId))
          return group.together(of, (id) => people.has(id), filledBy(shown, chart))
        }
      }
      const isBeforeShown =
        recordsBefore !== undefined && (byName || (!isOther(before) && whyWithheld(group, before, then, knownBefore) === undefined))
      const cards = select(known.records, period, togetherIn(period))
      const cardsBefore = select(recordsBefore ?? [], before, isBeforeShown ? togetherIn(before) : nobody)
      const keyOf = cardKeys([...cardsBefore.counted, ...cards.counted])
      const shown = cardsThatStand(cards.counted, cards.together, keyOf)
      const shownBefore = cardsThatStand(cardsBefore.counted, cardsBefore.together, keyOf)
      // Of one card, without names: "none" beside a card that few have would tell that somebody has it.
      const isKnown = (count: number, counted: readonly AnsweredScorecard[], of: Period): boolean =>
        count > 0 || (counted.length === 0 && (byName || (cardName === undefined && group.maySayNone(of))))
      if (!isKnown(shown.length, cards.counted, period)) return { ...head, ...nothing, tooFewPeople: true }
      const summaries = summarizeCards(cards, cardsBefore)
      return {
        ...head,
        cardsThatCount: countingAmong(summaries, cardsThatCount),
        answered: shown.length,
        ...(isBeforeShown && isKnown(shownBefore.length, cardsBefore.counted, before) && { answeredBefore: shownBefore.length }),
        ...(byName && { of: reviewedOf(shown, shownBefore) }),
        cards: summaries,
        overall: overallByScale(cards, cardsBefore),
        single: byName ? singles(cards.counted, viewpoint, unmarked) : [],
        peopleReviewed: new Set(shown.map(({ reviewedId }) => reviewedId)).size,
      }
    },
  }
}

const nothing = { answered: 0, cards: [], overall: [], single: [], peopleReviewed: 0 } as const

/** The names of those that count are as little for everybody as any card's: those of this answer are said. */
function countingAmong(cards: readonly CardSummary[], names: readonly string[] | undefined): ScorecardReport['cardsThatCount'] {
  if (names === undefined) return undefined
  const said = new Set(cards.map(({ name }) => cardAsTyped(name)))
  const named = names.filter((name) => said.has(cardAsTyped(name)))
  return { named, others: names.length - named.length }
}

const groupViewpoint: Viewpoint = { type: 'group' }

function whyWithheld(
  group: Group,
  period: Period,
  { neverRead }: ReadState,
  { state }: KnownCards,
): 'too-few-people' | NonNullable<ScorecardReport['withheld']> | undefined {
  const withheld = group.whyWithheld(period, 'sum')
  if (withheld) return withheld
  if (group.membersIn(period).length < group.minimumPeople) return 'too-few-people'
  // A part of it, held against the whole, would reveal the rest.
  return neverRead.size > 0 || state.cardsKnown !== undefined ? 'not-read' : undefined
}

/** Newest first, each cut down to what this viewpoint may see. */
const singles = (cards: readonly AnsweredScorecard[], viewpoint: Viewpoint, unmarked: 'show' | 'hide'): readonly AnsweredScorecard[] =>
  cards.flatMap((card) => cardFor(card, viewpoint, unmarked) ?? []).toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime())

/** Whether the reader of a direct answer filled some of these cards. */
const isFilledBy = (viewer: CardsViewer, cards: readonly AnsweredScorecard[]): boolean => {
  if (viewer.type !== 'group' || viewer.reader === undefined || 'viewers' in viewer.reader) return false
  const self = selfOf(viewer.reader)
  return cards.some(({ reviewerId }) => reviewerId !== undefined && isThemself(self, reviewerId))
}

type Asked = Parameters<StatsService['scorecards']>[0]

/** Somebody who is not above sees singles and averages of their own only; a group of others is a group view. */
const seesByName = (subject: Asked, viewer: CardsViewer): boolean =>
  viewer.type === 'person' && (viewer.isAbove || (subject.type === 'person' && subject.personId === viewer.personId))

/** Cards of one name, whatever its case; all without a name. */
function named(records: readonly AnsweredScorecard[], cardName: string | undefined): readonly AnsweredScorecard[] {
  if (cardName === undefined) return records
  const wanted = cardAsTyped(cardName)
  return records.filter((card) => cardAsTyped(card.scorecardName) === wanted)
}
