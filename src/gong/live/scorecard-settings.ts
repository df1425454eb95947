// GET /settings/scorecards: the text and scale of every question, which answered cards do not carry. Fetched once, again after a day, or
// when an unknown card turns up. Without the scope, cards come without texts and scales.
import { z } from 'zod'
import type { ScoreRange } from '../../domain/gong-figures.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../../errors.ts'
import { forEachYielding } from '../../yielding.ts'
import type { GongClient } from '../client.ts'
import { sharedWhileUnderWay } from '../settle-once.ts'
import type { AskGong } from '../source.ts'
import { flag, id, idOf, listOf, optionalId, text } from '../wire/fields.ts'

const scorecardSettingsPath = '/settings/scorecards'

export interface QuestionSettings {
  readonly text: string | undefined
  readonly isOverall: boolean
  readonly range: ScoreRange | undefined
  /** Texts of a multiple-choice question's options by their ids. */
  readonly options: ReadonlyMap<string, string>
  /** The revision this text and scale are of. */
  readonly revisionId: string | undefined
}

export interface ScorecardSettings {
  /** By question revision id and by question id. */
  readonly questions: ReadonlyMap<string, QuestionSettings>
  readonly cards: ReadonlySet<string>
  /** They could not be fetched: texts and scales may come later. */
  readonly isMissing?: true
}

const bound = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(undefined)

/** Gong's own names of these two fields are unpublished: the id is the field that ends in "id", the text the one that ends in "text". */
const option = z.record(z.string(), z.unknown()).transform((fields, context) => {
  const named = (ends: RegExp) => Object.entries(fields).find(([name]) => ends.test(name))?.[1]
  const optionId = idOf(named(/^id$|Id$/))
  const optionText = text.parse(named(/^(?:text|label|name)$|(?:Text|Label|Name)$/))
  if (optionId !== undefined && optionText !== undefined) return { optionId, optionText }
  context.addIssue({ code: 'custom', message: 'no option' })
  return z.NEVER
})

const card = z.object({
  scorecardId: id,
  questions: listOf(
    z.object({
      questionId: optionalId,
      questionRevisionId: optionalId,
      questionText: text,
      isOverall: flag,
      minRange: bound,
      maxRange: bound,
      answerOptions: listOf(option),
    }),
  ),
})

const dayMs = 86_400_000

/** Hands out the settings, reading them when they are missing, a day old, or lack `scorecardIds`. `requests` is what that cost. */
export function scorecardSettings(client: GongClient) {
  let kept: { readonly settings: ScorecardSettings; readonly fetchedAtMs: number } | undefined
  const fetchOnce = sharedWhileUnderWay(async (ask: AskGong) => {
    const fetchedAtMs = client.clock.now().getTime()
    const read = await fetchLeniently(client, ask, kept?.settings)
    kept = { settings: read.settings, fetchedAtMs }
    return read
  })
  return async (scorecardIds: ReadonlySet<string>, ask: AskGong): Promise<{ settings: ScorecardSettings; requests: number }> => {
    const nowMs = client.clock.now().getTime()
    const fresh = kept && nowMs - kept.fetchedAtMs < dayMs
    const hourOld = kept && nowMs - kept.fetchedAtMs >= dayMs / 24
    const lacking = kept && [...scorecardIds].some((cardId) => !kept?.settings.cards.has(cardId))
    if (kept && fresh && !(lacking && hourOld)) return { settings: kept.settings, requests: 0 }
    const { mine, value } = await fetchOnce(ask)
    return mine ? value : { ...value, requests: 0 }
  }
}

/**
 * A key without the scope gives cards without texts; admins hear of it once. While Gong fails on its side, the last settings stay.
 * Either way the cards themselves go on.
 */
async function fetchLeniently(client: GongClient, ask: AskGong, last: ScorecardSettings | undefined): Promise<Fetched> {
  try {
    const fetched = await fetchSettings(client, ask)
    await rememberRefusal(client, '')
    return fetched
  } catch (error) {
    if (!(error instanceof GongRefused || error instanceof GongUnavailable || error instanceof GongSurprise)) throw error
    const { requestId } = error
    const refusal = error instanceof GongRefused ? { status: error.status, scope: error.missingScope } : {}
    client.log.warn({ ...refusal, requestId }, 'Scorecards are read without their newest question texts')
    if (refusal.scope || refusal.status === 403) await rememberRefusal(client, client.clock.now().toISOString())
    if (last && !(error instanceof GongRefused)) return { settings: last, requests: 1 }
    return { settings: { questions: new Map(), cards: new Set(), isMissing: true }, requests: 1 }
  }
}

/** The first refusal's instant stays until the settings can be read. */
async function rememberRefusal({ memory }: GongClient, since: string): Promise<void> {
  const known = (await memory.get('questions-refused-since')) ?? ''
  if ((known === '') !== (since === '')) await memory.set('questions-refused-since', since)
}

interface Fetched {
  readonly settings: ScorecardSettings
  readonly requests: number
}

/** @throws GongRefused and Gong's other failures. */
export async function fetchSettings({ request }: GongClient, ask: AskGong): Promise<Fetched> {
  const questions = new Map<string, QuestionSettings>()
  const cards = new Set<string>()
  const reply = await request({ method: 'GET', path: scorecardSettingsPath, emptyIs404: true }, ask)
  const listed = reply.json === 'empty' ? [] : reply.json.scorecards
  await forEachYielding<unknown>(Array.isArray(listed) ? listed : [], (entry) => {
    const result = card.safeParse(entry)
    if (!result.success) return
    cards.add(result.data.scorecardId)
    for (const question of result.data.questions) {
      const settings = {
        text: question.questionText,
        isOverall: question.isOverall === true,
        range: rangeOf(question.minRange, question.maxRange),
        revisionId: question.questionRevisionId,
        options: new Map(question.answerOptions.map(({ optionId, optionText }) => [optionId, optionText])),
      }
      if (question.questionRevisionId) questions.set(question.questionRevisionId, settings)
      if (question.questionId) questions.set(question.questionId, settings)
    }
  })
  return { settings: { questions, cards }, requests: reply.requests }
}

function rangeOf(min: number | null | undefined, max: number | null | undefined): ScoreRange | undefined {
  return typeof min === 'number' && typeof max === 'number' && min < max ? { min, max } : undefined
}
