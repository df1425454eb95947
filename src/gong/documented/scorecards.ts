// POST /stats/scorecards: answered scorecards by `answeredAt`. They have no id of their own. The document does not say whether `userIds`
// means the reviewed or the reviewer, so the answer is filtered again here.
import { z } from 'zod'
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { includes, localDateOf, type Period } from '../../domain/period.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { anyNumber, flag, given, id, instant, listOf, oddNumber, optionalId, text } from '../wire/fields.ts'
import { fetchPages, type Row } from '../wire/pages.ts'
import { translateAll } from '../wire/records.ts'
import { documentedList } from './filter.ts'

const scorecardsPath = '/stats/scorecards'

const record = z.object({
  callId: id,
  scorecardId: id,
  scorecardName: text,
  reviewedUserId: id,
  reviewerUserId: optionalId,
  answeredAt: instant,
  overallScore: oddNumber,
  questions: listOf(z.object({ questionId: id, questionText: text, answer: text, score: anyNumber, isNotApplicable: flag })),
})

export async function fetchScorecards(
  client: GongClient,
  period: Period,
  ask: AskGong & { readonly scorecardIds?: readonly string[] | undefined },
): Promise<GongAnswer<AnsweredScorecard>> {
  const { request, zone } = client
  const list = await fetchPages(
    request,
    {
      ...documentedList({ path: scorecardsPath, listKey: 'answeredScorecards', period, zone, ask, identify: identity }),
      onClash: 'set-aside',
    },
    ask,
  )
  const people = ask.personIds && new Set(ask.personIds)
  const cards = ask.scorecardIds?.length ? new Set(ask.scorecardIds) : undefined
  return translateAll(list, {
    endpoint: `POST ${scorecardsPath}`,
    schema: record,
    personField: 'reviewedUserId',
    translate(card) {
      if (!includes(period, localDateOf(card.answeredAt, zone))) return []
      if (people && !people.has(card.reviewedUserId)) return []
      if (cards && !cards.has(card.scorecardId)) return []
      return [toScorecard(card)]
    },
  })
}

function identity(row: Row): string | undefined {
  const parts = [row.callId, row.scorecardId, row.reviewerUserId ?? '', row.reviewedUserId, row.answeredAt]
  return parts.some((part) => part === undefined || part === null) ? undefined : parts.map(String).join('/')
}

function toScorecard(card: z.output<typeof record>): AnsweredScorecard {
  const { callId, scorecardId, reviewerUserId, answeredAt } = card
  return given({
    id: [callId, scorecardId, reviewerUserId ?? '', card.reviewedUserId, answeredAt.toISOString()].join('/'),
    callId,
    scorecardId,
    scorecardName: card.scorecardName ?? scorecardId,
    reviewedId: card.reviewedUserId,
    reviewerId: reviewerUserId,
    answeredAt,
    method: 'human' as const,
    visibility: 'unmarked' as const,
    overallScore: card.overallScore,
    questions: card.questions.map((question) => {
      const notApplicable = question.isNotApplicable === true
      return given({
        questionId: question.questionId,
        text: question.questionText,
        answer: question.answer,
        score: notApplicable ? undefined : question.score,
        notApplicable,
      })
    }),
  })
}
