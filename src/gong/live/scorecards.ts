// Live POST /stats/activity/scorecards, by review date, human and automatic. There is no overall score of its own: the answer marked
// overall is it. Texts and scales come from the scorecard settings; a scale is used only for the revision it belongs to.
import { z } from 'zod'
import type { AnsweredQuestion, AnsweredScorecard, ScorecardVisibility } from '../../domain/gong-figures.ts'
import { cutText } from '../../domain/outside-text.ts'
import { includes, localDateOf, type Period } from '../../domain/period.ts'
import { forEachYielding } from '../../yielding.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { anyNumber, flag, given, id, idOf, instant, listOf, optionalId, text, textAtMost } from '../wire/fields.ts'
import { translateAll } from '../wire/records.ts'
import { fetchDated, onlyThese } from './dated-list.ts'
import { type ScorecardSettings, scorecardSettings } from './scorecard-settings.ts'

const scorecardsPath = '/stats/activity/scorecards'

const answer = z.object({
  questionId: optionalId,
  questionRevisionId: optionalId,
  isOverall: flag,
  score: anyNumber,
  answerText: text,
  notApplicable: flag,
  selectedOptions: listOf(z.unknown()),
})

const record = z.object({
  answeredScorecardId: id,
  scorecardId: id,
  scorecardName: text,
  callId: id,
  reviewedUserId: id,
  reviewerUserId: optionalId,
  reviewMethod: text,
  reviewTime: instant,
  // A visibility we cannot read is as narrow as the narrowest.
  visibilityType: z.string().nullish().catch('unreadable'),
  answers: listOf(answer),
})

type AskCards = AskGong & { readonly scorecardIds?: readonly string[] | undefined }

export function scorecardFetcher(client: GongClient): (period: Period, ask: AskCards) => Promise<GongAnswer<AnsweredScorecard>> {
  const settingsFor = scorecardSettings(client)
  return async (period, ask) => {
    const list = await fetchDated(client, period, ask, {
      path: scorecardsPath,
      listKey: 'answeredScorecards',
      dateFields: ['reviewFromDate', 'reviewToDate'],
      filter: { reviewMethod: 'BOTH', ...onlyThese('reviewedUserIds', ask.personIds), ...onlyThese('scorecardIds', ask.scorecardIds) },
      identify: (row) => idOf(row.answeredScorecardId),
      onClash: 'set-aside',
    })
    if (list.rows.length === 0 && !list.clashing) return { records: [], quarantined: [], requests: list.requests }
    const cardIds = new Set<string>()
    await forEachYielding(list.rows, (row) => {
      const cardId = idOf(row?.scorecardId)
      if (cardId !== undefined) cardIds.add(cardId)
    })
    const { settings, requests } = await settingsFor(cardIds, ask)
    const people = ask.personIds && new Set(ask.personIds)
    const cards = ask.scorecardIds?.length ? new Set(ask.scorecardIds) : undefined
    const translated = await translateAll<typeof record, AnsweredScorecard>(list, {
      endpoint: `POST ${scorecardsPath}`,
      schema: record,
      personField: 'reviewedUserId',
      translate(card) {
        if (!includes(period, localDateOf(card.reviewTime, client.zone))) return []
        if ((people && !people.has(card.reviewedUserId)) || (cards && !cards.has(card.scorecardId))) return []
        return [toScorecard(card, settings)]
      },
    })
    return { ...translated, requests: list.requests + requests, ...(settings.isMissing && { isPartial: true as const }) }
  }
}

function toScorecard(card: z.output<typeof record>, settings: ScorecardSettings): AnsweredScorecard {
  const answers = card.answers
    .map((given) => ({ ...toQuestion(given, settings), isOverall: given.isOverall === true }))
    // An answer off its own scale says nothing; the rest of the card stays.
    .filter(({ score, range }) => score === undefined || !range || (score >= range.min && score <= range.max))
  const overall = answers.find(({ isOverall }) => isOverall)
  return given({
    id: card.answeredScorecardId,
    callId: card.callId,
    scorecardId: card.scorecardId,
    scorecardName: card.scorecardName ?? card.scorecardId,
    reviewedId: card.reviewedUserId,
    reviewerId: card.reviewerUserId,
    answeredAt: card.reviewTime,
    method: card.reviewMethod === 'AUTOMATIC' ? ('automatic' as const) : ('human' as const),
    visibility: visibilityOf(card.visibilityType),
    overallScore: overall?.score,
    overallRange: overall?.score === undefined ? undefined : overall.range,
    questions: answers.filter(({ isOverall }) => !isOverall).map(({ isOverall: _, ...question }) => question),
  })
}

function toQuestion(answered: z.output<typeof answer>, { questions }: ScorecardSettings): AnsweredQuestion {
  const { questionId, questionRevisionId, score, notApplicable } = answered
  const exact = questionRevisionId === undefined ? undefined : questions.get(questionRevisionId)
  const settings = exact ?? (questionId === undefined ? undefined : questions.get(questionId))
  const sameRevision = questionRevisionId === undefined || settings?.revisionId === undefined || settings.revisionId === questionRevisionId
  return given({
    questionId: questionId ?? questionRevisionId ?? '',
    text: settings?.text,
    answer: answered.answerText ?? optionTexts(answered.selectedOptions, settings?.options),
    score: notApplicable === true ? undefined : score,
    notApplicable: notApplicable === true,
    range: sameRevision ? settings?.range : undefined,
  })
}

/** Selected options come as ids; an id whose text the settings lack is left out. */
function optionTexts(selected: readonly unknown[], options: ReadonlyMap<string, string> | undefined): string | undefined {
  const texts = selected.flatMap(
    (option) => options?.get(String(option)) ?? (isDigits(option) ? [] : typeof option === 'string' ? [option] : []),
  )
  return texts.length > 0 ? cutText(texts.join(', '), textAtMost) : undefined
}

const isDigits = (value: unknown): boolean => /^\d+$/.test(String(value))

const visibilities: Readonly<Record<string, ScorecardVisibility>> = {
  PUBLIC: 'public',
  OPT_IN_USERS: 'opt-in',
  MANAGERS: 'managers',
  MANAGERS_AND_REVIEWEE: 'managers-and-reviewee',
}

/** Anything Gong may add later is treated as private. */
function visibilityOf(type: string | null | undefined): ScorecardVisibility {
  if (type === undefined || type === null) return 'unmarked'
  return visibilities[type] ?? 'private'
}
