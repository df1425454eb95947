// Interaction statistics and activity as the live service answers them.
import { startOfLocalDate } from '../../../domain/period.ts'
import { activityOf, daysOf, interactionOf } from '../figures.ts'
import { type Operation, rounded } from '../operation.ts'
import { list, usual, who } from './asked.ts'

export const interaction: Operation = {
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

export const activity: Operation = {
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
        callsRequestedFeedback: counts.requestedFeedback,
        callsReceivedFeedback: counts.receivedFeedback,
        callsGaveFeedback: counts.gaveFeedback,
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

export const dailyActivity: Operation = {
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
