// Answered scorecards and their settings as the live service answers them: question texts and ranges are in the settings alone.
import { cardKinds } from '../cards.ts'
import { cardsOf } from '../figures.ts'
import { filterOf, idList, jsonNumber, type Operation, Refusal } from '../operation.ts'
import { dates, list } from './asked.ts'

export const scorecards: Operation = {
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

export const scorecardSettings: Operation = {
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
