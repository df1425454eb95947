// The five operations of the document, and the people list, as the simulated company answers them.
import { activityOf, cardsOf, coachingOf, daysOf, interactionOf } from './figures.ts'
import { type Answer, filterOf, idList, instants, type Operation, type Question, Refusal, rounded, type World } from './operation.ts'
import { users } from './users.ts'

function asked({ body, nowMs }: Question) {
  const filter = filterOf(body)
  return {
    ...instants(filter.fromDateTime, filter.toDateTime, ['fromDateTime', 'toDateTime']),
    nowMs,
    personIds: idList(filter, 'userIds'),
  }
}

const paged = (listKey: string, rows: readonly unknown[]): Answer => ({ listKey, rows, paged: true })

const idAt = (world: World, index: number): string => world.book.company.people[index]?.id ?? ''

const interaction: Operation = {
  method: 'POST',
  path: '/stats/interaction',
  scope: 'api:stats:interaction',
  answer(question, world) {
    const range = asked(question)
    const figures = interactionOf(world.book, range, false)
    const perShare = world.talkRatioUnit === 'percent' ? 100 : 1
    const rows = world.book.company.people.flatMap((person) => {
      if (range.personIds && !range.personIds.has(person.id)) return []
      const sum = figures.get(person.index)
      // Somebody without calls is absent, or a row of zeros: the document allows both.
      if (!sum)
        return person.index % 2 === 0
          ? []
          : [{ userId: person.id, callsCount: 0, talkRatio: 0, longestMonologue: 0, interactivity: 0, patience: 0, questionRate: 0 }]
      return [
        {
          userId: person.id,
          callsCount: sum.calls,
          talkRatio: rounded((sum.talkShare / sum.calls) * perShare),
          longestMonologue: sum.longestOfAllSeconds,
          interactivity: rounded(sum.interactivity / sum.calls),
          patience: rounded(sum.patienceSeconds / sum.calls),
          questionRate: rounded(sum.questions / sum.calls),
        },
      ]
    })
    return paged('usersInteractionStats', rows)
  },
}

const activity: Operation = {
  method: 'POST',
  path: '/stats/activity/aggregated',
  scope: 'api:stats:user-actions',
  answer(question, world) {
    const rows = [...activityOf(world.book, asked(question))].map(([index, counts]) => ({
      userId: idAt(world, index),
      callsAsHost: counts.hosted,
      callsAttended: counts.hosted + counts.attended,
      callsGaveComments: counts.gaveComments,
      callsReceivedComments: counts.receivedComments,
      callsAccessedRecording: counts.accessed,
      callsScored: counts.scored,
      ownCallsListenedTo: counts.ownListened,
      othersCallsListenedTo: counts.othersListened,
    }))
    return paged('usersAggregatedActivity', rows)
  },
}

const daily: Operation = {
  method: 'POST',
  path: '/stats/activity/day-by-day',
  scope: 'api:stats:user-actions:detailed',
  answer(question, world) {
    const rows = [...daysOf(world.book, asked(question))].map(([index, days]) => ({
      userId: idAt(world, index),
      dailyActivities: [...days]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([date, day]) => ({
          date,
          callsAsHost: day.hosted.length,
          callsAttended: day.hosted.length + day.attended.length,
          callsGaveComments: day.commented.length,
          callsAccessedRecording: day.accessed.length,
        })),
    }))
    return paged('usersDayByDayActivity', rows)
  },
}

const scorecards: Operation = {
  method: 'POST',
  path: '/stats/scorecards',
  scope: 'api:stats:scorecards',
  answer(question, world) {
    const kinds = idList(filterOf(question.body), 'scorecardIds')
    const rows = cardsOf(world.book, asked(question), world.added, false)
      .filter((card) => kinds?.has(card.kind.scorecardId) ?? true)
      .map((card) => ({
        callId: card.callId,
        scorecardId: card.kind.scorecardId,
        scorecardName: card.kind.name,
        reviewedUserId: card.reviewedId,
        reviewerUserId: card.reviewerId,
        answeredAt: new Date(card.answeredMs).toISOString(),
        overallScore: card.overallScore,
        questions: card.answers.map(({ question: { questionId, text: questionText }, score, text }) => ({
          questionId,
          questionText,
          ...(text !== undefined && { answer: text }),
          ...(score !== undefined && { score }),
          isNotApplicable: score === undefined,
        })),
      }))
    return paged('answeredScorecards', rows)
  },
}

const coaching: Operation = {
  method: 'GET',
  path: '/coaching/metrics',
  scope: 'api:coaching:read',
  answer({ query, nowMs }, world) {
    const range = { ...instants(query.get('from'), query.get('to'), ['from', 'to']), nowMs }
    const { company } = world.book
    const managerId = query.get('manager-id')
    if (managerId !== null && !company.byId.has(managerId)) throw new Refusal(400, 'manager-id: nobody has this id')
    const managers = company.people.filter(({ id, index }) => company.reportsOf.has(index) && (managerId === null || id === managerId))
    const rows = managers.flatMap((manager) => {
      const done = [...coachingOf(world.book, range, manager, world.added)]
      if (world.coachingRows === 'per-report')
        return done.map(([index, row]) => ({
          userId: idAt(world, index),
          callsListenedTo: row.listened.length,
          commentsGiven: row.comments,
          scorecardsFilled: row.scored.length,
        }))
      const total = (count: (row: (typeof done)[number][1]) => number) => done.reduce((sum, [, row]) => sum + count(row), 0)
      return [
        {
          userId: manager.id,
          callsListenedTo: total((row) => row.listened.length),
          commentsGiven: total((row) => row.comments),
          scorecardsFilled: total((row) => row.scored.length),
        },
      ]
    })
    return { listKey: 'metrics', rows, paged: false }
  },
}

export const documentedOperations: readonly Operation[] = [interaction, activity, daily, scorecards, coaching, users]
