// Splits what was typed after a command into who, when and the rest, in any order. Pure: today is an argument and nobody is looked up.
// Text it does not understand is never dropped: it comes back with the nearest meaning.

import { nearest } from '../../domain/nearest.ts'
import { cutText } from '../../domain/outside-text.ts'
import { AskError, type Suggestion } from '../../errors.ts'
import { monthNames } from './calendar-words.ts'
import { type Calendar, isAnswer, type SpokenPeriod } from './complete-period.ts'
import { periodPhrases, readPeriodPhrase } from './period.ts'
import { plainWords, whyTooLong } from './plain-words.ts'
import { readWhoPhrase, type Who, whoPhrases } from './who.ts'

export interface AskGrammar extends Calendar {
  /** With the slash; suggestions re-ask it. */
  readonly command: string
  /** Further words this command knows (`details`, `csv`); they come back in `rest` in lower case. */
  readonly keywords?: readonly string[]
  /** Whether other words are a name (a scorecard) and come back in `rest` as typed; otherwise they are not understood. */
  readonly takesName?: boolean
}

export interface ParsedAsk {
  readonly who?: Who | undefined
  readonly period?: SpokenPeriod | undefined
  /** Keywords and, where the command takes a name, its words in order. */
  readonly rest: readonly string[]
  /** What was typed without the who, for suggestions that name somebody else. */
  readonly besidesWho: string
}

/** Words that carry no meaning here; quotes around a name keep them. */
const fillers = new Set(['for', 'of', 'the', 'in', 'from', 'during', 'on', 'and', 'show', 'please', 'stats', 'numbers', 'figures'])

const longestPhrase = 7

/** Unknown words that are held against every meaning; more of them are no typing mistake. */
const mostHeld = 6

/**
 * `@ana 1-15 Nov` and `1-15 Nov @ana` are the same.
 * @throws AskError for a text longer than any question, for what is not understood, for two periods or two people, and for a period with
 * nothing complete in it.
 */
export function parseAsk(text: string, grammar: AskGrammar): ParsedAsk {
  const words = wordsOf(text, grammar)
  const understood: Piece[] = []
  for (let at = 0; at < words.length; ) {
    const piece = readPiece(words, at, grammar)
    understood.push(piece)
    at = piece.to
  }
  const periods = understood.flatMap((piece) => (piece.type === 'period' ? [piece] : []))
  const whos = understood.flatMap((piece) => (piece.type === 'who' ? [piece] : []))
  const [period, secondPeriod] = periods
  const [who, secondWho] = whos
  if (period && secondPeriod) throw twice('period', [period.said, secondPeriod.said], who?.who.words, grammar)
  if (who && secondWho) throw twice('person or group', [who.said, secondWho.said], period?.said, grammar)
  const unknown = understood.flatMap((piece) => (piece.type === 'unknown' ? [piece] : []))
  if (unknown.length > 0) rejectUnknown(unknown, understood, grammar)
  const somebody = grammar.takesName || unknown.length === 0 || who ? undefined : nameIn(unknown)
  if (unknown.length > 0 && !grammar.takesName && !somebody) throw notUnderstood(unknown, grammar)
  if (period?.unanswerable) {
    throw new AskError(
      period.unanswerable.why,
      period.unanswerable.instead.map((phrase) => suggestion(grammar, replaced(words, period, phrase), capital(phrase))),
    )
  }
  return {
    who: who?.who ?? somebody,
    period: period?.period,
    rest: understood.flatMap((piece) => (piece.type === 'keyword' || (piece.type === 'unknown' && !somebody) ? [piece.said] : [])),
    besidesWho: understood.flatMap((piece) => (piece.type === 'period' || piece.type === 'keyword' ? [piece.said] : [])).join(' '),
  }
}

const mostNames = 4

/** Up to four words side by side that could be somebody's name; resolving them says whom one could have meant. */
function nameIn(unknown: readonly Piece[]): Who | undefined {
  const [first] = unknown
  const last = unknown.at(-1)
  if (!first || !last || unknown.length > mostNames || last.to - first.from !== unknown.length) return undefined
  const name = unknown.map((piece) => piece.said).join(' ')
  return /^[\p{L}\p{M}'.\- ]{2,80}$/u.test(name) ? { type: 'person', person: { by: 'name', name }, words: name } : undefined
}

type UnknownPiece = Piece & { readonly type: 'unknown' }

interface Span {
  readonly from: number
  readonly to: number
  readonly said: string
}

type Piece = Span &
  (
    | {
        readonly type: 'period'
        readonly period?: SpokenPeriod
        readonly unanswerable?: { readonly why: string; readonly instead: readonly string[] }
      }
    | { readonly type: 'who'; readonly who: Who }
    | { readonly type: 'keyword' }
    | { readonly type: 'filler' }
    | { readonly type: 'unknown'; readonly quoted: boolean }
  )

/** The longest phrase from here that means something; one word otherwise. */
function readPiece(words: readonly string[], from: number, grammar: AskGrammar): Piece {
  const first = words[from] ?? ''
  const quoted = /^"(.*)"$/s.exec(first)
  if (quoted && grammar.takesName) return { type: 'unknown', quoted: true, from, to: from + 1, said: quoted[1] ?? '' }
  for (let length = Math.min(longestPhrase, words.length - from); length > 0; length -= 1) {
    const span = words.slice(from, from + length)
    const said = span.join(' ')
    const place = { from, to: from + length, said }
    const who = readWhoPhrase(span)
    if (who) return { type: 'who', who, ...place }
    const reading = readPeriodPhrase(said.toLowerCase(), grammar)
    if (reading)
      return isAnswer(reading) ? { type: 'period', period: reading, ...place } : { type: 'period', unanswerable: reading, ...place }
  }
  const one = { from, to: from + 1, said: first }
  if (grammar.keywords?.includes(first.toLowerCase())) return { type: 'keyword', ...one, said: first.toLowerCase() }
  if (fillers.has(first.toLowerCase())) return { type: 'filler', ...one }
  return { type: 'unknown', quoted: false, ...one }
}

/** Words of one cleaned text; mentions and quoted names stay whole. @throws AskError for more than any question has */
function wordsOf(text: string, grammar: AskGrammar): readonly string[] {
  const words = whyTooLong(text)
    ? []
    : unquoted(plainWords(text).match(/<[@!#][^>]*>(?:'s)?|<mailto:[^>]*>(?:'s)?|"[^"]*"|[^\s,;"]+/g) ?? [], grammar)
  const why = whyTooLong(text, words)
  if (why) throw new AskError(why, [suggestion(grammar, 'last week', 'Last week'), suggestion(grammar, 'help', 'Help')])
  return words
}

/** Quotes around words that mean something (“team”) are taken off; around a name they keep it whole. */
function unquoted(words: readonly string[], grammar: AskGrammar): readonly string[] {
  return words.flatMap((word) => {
    const content = /^"(.*)"$/s.exec(word)?.[1]
    if (content === undefined) return [word]
    const inside = content.match(/<[@!#][^>]*>(?:'s)?|[^\s,;]+/g) ?? []
    return grammar.takesName && !isUnderstood(inside, grammar) ? [word] : inside
  })
}

function isUnderstood(words: readonly string[], grammar: AskGrammar): boolean {
  let means = false
  for (let at = 0; at < words.length; ) {
    const piece = readPiece(words, at, grammar)
    if (piece.type === 'unknown') return false
    if (piece.type !== 'filler') means = true
    at = piece.to
  }
  return means
}

const suggestion = (grammar: AskGrammar, text: string, label: string): Suggestion => ({ label, command: grammar.command, text })

const capital = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1)

/** The text with one span said differently. */
const replaced = (words: readonly string[], span: Span, phrase: string): string =>
  [...words.slice(0, span.from), phrase, ...words.slice(span.to)].join(' ')

function twice(what: string, said: readonly string[], other: string | undefined, grammar: AskGrammar): AskError {
  return new AskError(
    `I read two of one kind (${what}): "${readable(said[0] ?? '')}" and "${readable(said[1] ?? '')}". Which one?`,
    said.map((each) => suggestion(grammar, [other, each].filter(Boolean).join(' '), cutText(capital(readable(each)), 70))),
  )
}

/** Throws when words without meaning are nearly a period, a group or a keyword. */
function rejectUnknown(unknown: readonly UnknownPiece[], pieces: readonly Piece[], grammar: AskGrammar): void {
  const near = nearestMeaning(unknown, pieces, grammar)
  if (!near) return
  throw new AskError(`I did not understand "${readable(near.said)}". Did you mean "${near.phrase}"?`, [
    suggestion(
      grammar,
      replaced(
        pieces.map((piece) => piece.said),
        near,
        near.phrase,
      ),
      'Yes',
    ),
  ])
}

function notUnderstood(unknown: readonly UnknownPiece[], grammar: AskGrammar): AskError {
  const said = readable(unknown.map((piece) => piece.said).join(' ')).slice(0, 80)
  return new AskError(
    `I did not understand "${said}". Say who (me, @person, team, company) and when (last week, November, 1-15 Nov), in any order.`,
    [suggestion(grammar, 'last week', 'Last week'), suggestion(grammar, 'last month', 'Last month'), suggestion(grammar, 'help', 'Help')],
  )
}

/** Mentions as a person reads them. */
const readable = (said: string): string =>
  said.replace(/<[@#!]([^|>]*)(?:\|([^>]*))?>/g, (_all, id: string, shown?: string) => `@${shown || id}`)

/**
 * An unknown word, alone or with neighbors that mean nothing whole (an unknown one, or one whose phrase would grow), held
 * against everything that could have been meant. Positions are those of `pieces`.
 */
function nearestMeaning(
  unknown: readonly UnknownPiece[],
  pieces: readonly Piece[],
  grammar: AskGrammar,
): (Span & { readonly phrase: string }) | undefined {
  const meanings = [...periodPhrases, ...whoPhrases, ...monthNames, ...(grammar.keywords ?? [])]
  for (const piece of unknown.slice(0, mostHeld)) {
    if (piece.quoted) continue
    const place = pieces.indexOf(piece)
    for (let length = 3; length > 0; length -= 1) {
      for (let from = Math.max(0, place - length + 1); from <= place; from += 1) {
        const to = from + length
        if (to > pieces.length) continue
        const said = pieces
          .slice(from, to)
          .map((each) => each.said)
          .join(' ')
        const phrase = said.length > 40 ? undefined : nearest(said.toLowerCase(), meanings)
        if (phrase && !said.toLowerCase().includes(phrase)) return { from, to, said, phrase }
      }
    }
  }
  return undefined
}
