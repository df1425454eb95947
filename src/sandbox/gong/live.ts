// The operations of the live service, as the simulated company answers them: dates of the company's zone instead of instants, other
// paths and shapes, and 404 for an empty list. Some ids are JSON numbers there; `jsonNumber` marks them for the server.
import { type LocalDate, localDateOf, startOfLocalDate } from '../../domain/period.ts'
import { cardKinds } from './cards.ts'
import { activityOf, cardsOf, coachingOf, daysOf, interactionOf, type Range } from './figures.ts'
import {
  type Answer,
  filterOf,
  idList,
  instants,
  jsonNumber,
  type Operation,
  type Question,
  Refusal,
  rounded,
  type World,
} from './operation.ts'
import { users } from './users.ts'

export const workspaceId = '623457276584334'

/** Dates of the company's zone; `to` not beyond today. @throws Refusal */
function dates({ body, nowMs }: Question, { book: { zone } }: World, names: readonly [string, string]): Range {
  const filter = filterOf(body)
  const [from, to] = names.map((name) => {
    const value = filter[name]
    if ('fromDateTime' in filter || 'toDateTime' in filter) throw new Refusal(400, `filter.${names[0]}: must not be null`)
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value)))
      throw new Refusal(400, `filter.${name}: must be a date, YYYY-MM-DD`)
    return value
  }) as [LocalDate, LocalDate]
  if (from >= to) throw new Refusal(400, `filter.${names[0]}: must be before ${names[1]}`)
  if (to > localDateOf(new Date(nowMs), zone)) throw new Refusal(400, `filter.${names[1]}: must not be later than today`)
  return { fromMs: startOfLocalDate(from, zone).getTime(), toMs: startOfLocalDate(to, zone).getTime() }
}

const usual = (question: Question, world: World) => ({
  ...dates(question, world, ['fromDate', 'toDate']),
  nowMs: question.nowMs,
  personIds: idList(filterOf(question.body), 'userIds'),
})

const list = (world: World, listKey: string, rows: readonly unknown[], what: string): Answer => ({
  listKey,
  rows,
  paged: true,
  emptyIs404: `No ${what} found corresponding to the provided filters`,
  extra: { timeZone: world.book.zone },
})

const who = (world: World, index: number) => {
  const person = world.book.company.people[index]
  return { userId: person?.id, userEmailAddress: person?.email }
}

const interaction: Operation = {
  method: 'POST',
  path: '/stats/interaction',
  scope: 'api:stats:interaction',
  answer(question, world) {
    const rows = [...interactionOf(world.book, usual(question, world), true)].map(([index, sum]) => {
      const mean = (total: number) => rounded(total / sum.calls)
      const named = (name: string, total: number) => ({ name, value: mean(total) })
      const talk = named('Talk Ratio', sum.talkShare)
      const rest = [
        named('Longest Monologue', sum.longestMonologueSeconds),
        named('Longest Customer Story', sum.longestCustomerStorySeconds),
        named('Interactivity', sum.interactivity),
        named('Patience', sum.patienceSeconds),
        named('Question Rate', sum.questions),
      ]
      return { ...who(world, index), personInteractionStats: index % 23 === 17 ? rest : [...rest, talk] }
    })
    return list(world, 'peopleInteractionStats', rows, 'interaction stats')
  },
}

const activity: Operation = {
  method: 'POST',
  path: '/stats/activity/aggregate',
  scope: 'api:stats:user-actions',
  answer(question, world) {
    const rows = [...activityOf(world.book, usual(question, world))].map(([index, counts]) => ({
      ...who(world, index),
      userAggregateActivityStats: {
        callsAsHost: counts.hosted,
        callsAttended: counts.attended,
        callsCommentsGiven: counts.gaveComments,
        callsCommentsReceived: counts.receivedComments,
        callsMarkedAsFeedbackGiven: 0,
        callsMarkedAsFeedbackReceived: 0,
        callsRequestedFeedback: 0,
        callsReceivedFeedbackRequests: 0,
        callsScorecardsFilled: counts.scored,
        callsScorecardsReceived: 0,
        ownCallsListenedTo: counts.ownListened,
        othersCallsListenedTo: counts.othersListened,
        callsSharedInternally: 0,
        callsSharedExternally: 0,
        callsRequestedToListen: 0,
      },
    }))
    return list(world, 'usersAggregateActivityStats', rows, 'activity')
  },
}

const daily: Operation = {
  method: 'POST',
  path: '/stats/activity/day-by-day',
  scope: 'api:stats:user-actions:detailed',
  answer(question, world) {
    const ids = (calls: readonly string[]) => (calls.length === 0 ? null : calls)
    const { zone } = world.book
    const rows = [...daysOf(world.book, usual(question, world))].map(([index, days]) => ({
      ...who(world, index),
      userDailyActivityStats: [...days]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([date, day]) => ({
          fromDate: startOfLocalDate(date, zone).toISOString(),
          toDate: new Date(startOfLocalDate(date, zone).getTime() + 86_400_000).toISOString(),
          callsAsHost: ids(day.hosted),
          callsAttended: ids(day.attended),
          callsCommentsGiven: ids(day.commented),
          othersCallsListenedTo: ids(day.accessed.filter((id) => !day.hosted.includes(id))),
        })),
    }))
    return list(world, 'usersDetailedActivities', rows, 'activity')
  },
}

const scorecards: Operation = {
  method: 'POST',
  path: '/stats/activity/scorecards',
  scope: 'api:stats:scorecards',
  answer(question, world) {
    const filter = filterOf(question.body)
    const method = filter.reviewMethod ?? 'MANUAL'
    if (!['AUTOMATIC', 'MANUAL', 'BOTH'].includes(String(method)))
      throw new Refusal(400, 'filter.reviewMethod: must be AUTOMATIC, MANUAL or BOTH')
    const byCall = 'callFromDate' in filter || 'callToDate' in filter ? dates(question, world, ['callFromDate', 'callToDate']) : undefined
    const byReview =
      byCall && !('reviewFromDate' in filter || 'reviewToDate' in filter)
        ? { fromMs: byCall.fromMs, toMs: question.nowMs + 1 }
        : dates(question, world, ['reviewFromDate', 'reviewToDate'])
    const kinds = idList(filter, 'scorecardIds')
    const range = { ...byReview, nowMs: question.nowMs, personIds: idList(filter, 'reviewedUserIds') }
    const rows = cardsOf(world.book, range, world.added, method !== 'MANUAL')
      .filter((card) => kinds?.has(card.kind.scorecardId) ?? true)
      .filter((card) => method !== 'AUTOMATIC' || card.reviewerId === undefined)
      .filter((card) => !byCall || (card.callStartMs >= byCall.fromMs && card.callStartMs < byCall.toMs))
      .map((card) => ({
        answeredScorecardId: jsonNumber(card.id),
        scorecardId: card.kind.scorecardId,
        scorecardName: card.kind.name,
        callId: card.callId,
        callStartTime: new Date(card.callStartMs).toISOString(),
        reviewedUserId: card.reviewedId,
        reviewerUserId: card.reviewerId ?? null,
        reviewMethod: card.reviewerId === undefined ? 'AUTOMATIC' : 'MANUAL',
        reviewTime: new Date(card.answeredMs).toISOString(),
        visibilityType: card.visibility,
        answers: [
          ...card.answers.map(({ question: asked, score, text }) => ({
            questionId: asked.questionId,
            questionRevisionId: asked.revisionId,
            isOverall: false,
            score: score ?? null,
            answerText: text ?? null,
            notApplicable: score === undefined,
            selectedOptions: null,
          })),
          {
            questionId: card.kind.overall.questionId,
            questionRevisionId: card.kind.overall.revisionId,
            isOverall: true,
            score: Math.round(card.overallScore),
            answerText: null,
            notApplicable: false,
            selectedOptions: null,
          },
        ],
      }))
    return list(world, 'answeredScorecards', rows, 'answered scorecards')
  },
}

const settings: Operation = {
  method: 'GET',
  path: '/settings/scorecards',
  scope: 'api:settings:scorecards:read',
  answer: () => ({
    listKey: 'scorecards',
    paged: false,
    rows: cardKinds.map((kind) => ({
      scorecardId: kind.scorecardId,
      scorecardName: kind.name,
      workspaceId: null,
      enabled: true,
      questions: [...kind.questions, kind.overall].map((question) => ({
        questionId: question.questionId,
        questionRevisionId: question.revisionId,
        questionText: question.text,
        isOverall: question === kind.overall,
        minRange: '1',
        maxRange: '5',
      })),
    })),
  }),
}

const workspaces: Operation = {
  method: 'GET',
  path: '/workspaces',
  scope: 'api:workspaces:read',
  answer: () => ({ listKey: 'workspaces', paged: false, rows: [{ id: jsonNumber(workspaceId), name: 'Sales', description: '' }] }),
}

const coaching: Operation = {
  method: 'GET',
  path: '/coaching',
  scope: 'api:coaching:read',
  answer({ query, nowMs }, world) {
    const missing = ['workspace-id', 'manager-id', 'from', 'to'].filter((name) => !query.get(name))
    if (missing.length > 0) throw new Refusal(400, `${missing.join(', ')}: must not be null`)
    if (query.get('workspace-id') !== workspaceId) throw new Refusal(400, 'workspace-id: no such workspace')
    const { company } = world.book
    const manager = company.byId.get(query.get('manager-id') ?? '')
    if (!manager) throw new Refusal(400, 'manager-id: nobody has this id')
    const range = { ...instants(query.get('from'), query.get('to'), ['from', 'to']), nowMs }
    const named = (index: number) => {
      const person = company.people[index]
      return {
        id: jsonNumber(person?.id ?? '0'),
        emailAddress: person?.email,
        firstName: person?.firstName,
        lastName: person?.lastName,
        title: person?.title,
      }
    }
    const metrics = [...coachingOf(world.book, range, manager, world.added)].map(([index, row]) => ({
      report: named(index),
      metrics: {
        callsListenedTo: row.listened.map(jsonNumber),
        callsManagerAttended: row.attended.map(jsonNumber),
        callsWithFeedback: [...new Set([...row.commented, ...row.scored])].map(jsonNumber),
        callsManagerCommentedOn: row.commented.map(jsonNumber),
        callsWithScorecardFilled: row.scored.map(jsonNumber),
      },
    }))
    const rows = metrics.length === 0 ? [] : [{ manager: named(manager.index), directReportsMetrics: metrics }]
    return { listKey: 'coachingData', rows, paged: false, emptyIs404: 'No coaching data found' }
  },
}

export const liveOperations: readonly Operation[] = [interaction, activity, daily, scorecards, settings, workspaces, coaching, users]
