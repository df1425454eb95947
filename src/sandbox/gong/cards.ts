// Answered scorecards: made from the `scored` touches of calls, plus those a test or the demo adds by hand. Scores are 1–5.

import type { Call, Touch } from './calls.ts'
import type { Company } from './company.ts'
import { isScoredByManager, scoreInNews } from './news.ts'
import { around, mix, oneOf, seeded } from './seeded.ts'

export interface CardQuestion {
  readonly questionId: string
  readonly revisionId: string
  readonly text: string
}

export interface CardKind {
  readonly scorecardId: string
  readonly name: string
  readonly questions: readonly CardQuestion[]
  /** The question that gives live its overall score. */
  readonly overall: CardQuestion
}

export interface SimulatedCard {
  readonly id: string
  readonly callId: string
  readonly callStartMs: number
  readonly kind: CardKind
  readonly reviewedId: string
  /** Missing when the review was automatic (live only). */
  readonly reviewerId: string | undefined
  readonly answeredMs: number
  readonly overallScore: number
  readonly visibility: 'PUBLIC' | 'PRIVATE' | 'OPT_IN_USERS'
  readonly answers: readonly { readonly question: CardQuestion; readonly score: number | undefined; readonly text: string | undefined }[]
}

const texts: Readonly<Record<string, readonly string[]>> = {
  Discovery: [
    'Set an agenda and checked the time',
    'Found the problem behind the request',
    'Asked who decides, and how',
    'Quantified what the problem costs',
    'Agreed a next step with a date',
  ],
  Demo: [
    'Opened with what was heard last time',
    'Showed only what matters to this customer',
    'Checked understanding along the way',
    'Handled objections with questions',
    'Closed with a summary and next step',
  ],
  Negotiation: [
    'Anchored on value before price',
    'Traded, never gave away',
    'Kept silence after naming the price',
    'Involved the people who sign',
    'Confirmed the agreement in words',
  ],
}

export const cardKinds: readonly CardKind[] = Object.entries(texts).map(([name, questions], kind) => {
  const question = (nth: number, text: string): CardQuestion => ({
    questionId: `61004578${kind}0000${nth}331907`,
    revisionId: `61004578${kind}0900${nth}331907`,
    text,
  })
  return {
    scorecardId: `58120034${kind}7719026154`,
    name,
    questions: questions.map((text, nth) => question(nth, text)),
    overall: question(9, 'Overall'),
  }
})

const discovery = cardKinds[0] as CardKind

const remarks = [
  'Strong start; let them finish before answering.',
  'Good questions. Try one more "what happens if nothing changes?"',
  'The summary at the end worked well.',
  'Talked past the buying signal at minute 12.',
  'Much shorter explanations than last month.',
  'Next time: name the next step before the last minute.',
] as const

/** The card a `scored` touch stands for. */
export function cardOf(company: Company, call: Call, touch: Pick<Touch, 'actorIndex' | 'atMs'> | 'automatic'): SimulatedCard {
  const host = company.people[call.hostIndex]
  const automatic = touch === 'automatic'
  const actor = automatic ? undefined : company.people[touch.actorIndex]
  const ofNews =
    !automatic &&
    host !== undefined &&
    actor?.index === host.managerIndex &&
    isScoredByManager(company, host, call.date, Number(call.id.slice(12, 14)))
  const next = seeded(company.seed, 4, Number(call.id.slice(1, 10)), Number(call.id.slice(10)), actor?.index ?? -1)
  const drawn = automatic ? (cardKinds[1] as CardKind) : oneOf(next, cardKinds)
  const kind = ofNews ? discovery : drawn
  const middle = host?.story === 'coached' && call.date >= company.dates.coachedFrom ? 4.1 : host?.story === 'bad-quarter' ? 2.8 : 3.4
  const answers = kind.questions.map((question, nth) => {
    const applies = next() >= 0.08
    const about = scoreInNews(company, host, call.date, { card: kind.name, nth })
    const score = Math.min(5, Math.max(1, Math.round(around(next, about ?? middle, about === undefined ? 0.8 : 0.25))))
    return { question, score: applies ? score : undefined, text: next() < 0.25 ? oneOf(next, remarks) : undefined }
  })
  const draw = next()
  return {
    id: `8${call.id.slice(1, 15)}${String(mix(actor?.index ?? 99_999, 5) % 10_000).padStart(4, '0')}`,
    callId: call.id,
    callStartMs: call.startMs,
    kind,
    reviewedId: host?.id ?? '',
    reviewerId: actor?.id,
    answeredMs: automatic ? call.analyzedMs : touch.atMs,
    overallScore: meanScore(answers),
    visibility: automatic ? 'PUBLIC' : draw < 0.06 ? 'PRIVATE' : draw < 0.1 ? 'OPT_IN_USERS' : 'PUBLIC',
    answers,
  }
}

/** Mean of the questions that apply, to one decimal; 3 when none does. */
export function meanScore(answers: readonly { readonly score: number | undefined }[]): number {
  const scores = answers.flatMap(({ score }) => score ?? [])
  return scores.length === 0 ? 3 : Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 10) / 10
}

/** About one call in twenty is also scored by a machine (live only). */
export const isScoredAutomatically = (call: Call): boolean => mix(Number(call.id.slice(-7)), 6) % 20 === 0
