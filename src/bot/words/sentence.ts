// A sentence somebody wrote to the bot, as the command it asks for: "how did my team do last month" is `/gong-stats my team last month`. What
// it is about is found by a small list of words; who and when are read as after a command. Pure: no language model, nobody looked up.
import { nearest } from '../../domain/nearest.ts'
import { monthNames } from './calendar-words.ts'
import type { Calendar } from './complete-period.ts'
import { periodPhrases, readPeriodPhrase } from './period.ts'
import { plainWords, whyTooLong } from './plain-words.ts'
import { type AskedCommand, fillers, topics, weakTopics, weakWho } from './sentence-words.ts'
import { readWhoPhrase, whoPhrases } from './who.ts'

/** A command and the words after it. */
export interface AskInWords {
  readonly command: AskedCommand
  readonly text: string
}

export type SentenceReading =
  | { readonly type: 'ask'; readonly ask: AskInWords }
  /** Not understood as a whole; `ask` is the nearest question. */
  | { readonly type: 'near'; readonly ask: AskInWords }
  | { readonly type: 'unknown' }

export interface SentenceGrammar extends Calendar {
  /** Whether somebody in Gong is called so. */
  isName(words: string): boolean
}

const longestPhrase = 7
const longestName = 3

type Piece =
  | { readonly type: 'topic'; readonly said: string; readonly command: AskedCommand }
  | { readonly type: 'who' | 'period' | 'weak' | 'filler' | 'details' | 'quoted' | 'unknown'; readonly said: string }

export function readSentence(typed: string, grammar: SentenceGrammar): SentenceReading {
  if (whyTooLong(typed)) return { type: 'unknown' }
  const plain = plainWords(typed)
  const fixed = fixedQuestion(plain)
  if (fixed) return { type: 'ask', ask: fixed }
  const words = plain.match(/<[@!#][^>]*>(?:'s)?|<mailto:[^>]*>(?:'s)?|"[^"]*"|[^\s,;"]+/g) ?? []
  if (whyTooLong(plain, words)) return { type: 'unknown' }
  const pieces = named(piecesOf(words, grammar), grammar)
  const ask = askOf(pieces, plain)
  const unknown = pieces.filter((piece) => piece.type === 'unknown' || (piece.type === 'quoted' && ask.command !== '/gong-scorecards'))
  if (unknown.length === 0) return isEnough(pieces) ? { type: 'ask', ask } : { type: 'unknown' }
  // A mistyped time or person is asked back by the command itself.
  const mistyped = mistypedIn(unknown.map(({ said }) => said))
  if (mistyped !== undefined && isEnough(pieces)) return { type: 'ask', ask: { ...ask, text: `${ask.text} ${mistyped}`.trim() } }
  if (pieces.some(({ type }) => type === 'topic' || type === 'who' || type === 'period')) return { type: 'near', ask }
  return nearTopic(unknown.map(({ said }) => said))
}

/** Questions that have no who and no when. A command's own name is a command where Slack took it for text, as in a thread. */
function fixedQuestion(plain: string): AskInWords | undefined {
  const typed = /^\/?(gong-(?:stats|scorecards|coaching|digest))(?:-[a-z0-9-]+)?(?:\s+(.*))?$/i.exec(plain)
  if (typed?.[1]) return { command: `/${typed[1].toLowerCase()}` as AskedCommand, text: typed[2] ?? '' }
  if (/^who(?:'s| has| have)? (?:been )?(?:saw|seen|sees|looked|looking|viewed|read)\b.*\b(?:me|my|mine)\b/i.test(plain))
    return { command: '/gong-stats', text: 'who saw me' }
  const measure = topics['/gong-stats'].join('|')
  const isDefinition =
    /^(?:definitions?|what (?:do|does) .{1,60} mean|(?:explain|define) .{1,60}|how (?:is|are) .{1,60} (?:computed|calculated|measured|made|defined))$/i.test(
      plain,
    ) || new RegExp(`^what(?:'s| is| are) (?:an? |the )?(?:${measure})$`, 'i').test(plain)
  return isDefinition ? { command: '/gong-stats', text: 'definitions' } : undefined
}

function piecesOf(words: readonly string[], grammar: SentenceGrammar): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < words.length; ) {
    const { piece, length } = pieceAt(words, at, grammar)
    pieces.push(piece)
    at += length
  }
  return pieces
}

/** The longest phrase from here that means something; one word otherwise. */
function pieceAt(words: readonly string[], at: number, grammar: SentenceGrammar): { readonly piece: Piece; readonly length: number } {
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1) {
    const span = words.slice(at, at + length)
    const piece = meaningOf(span, span.join(' '), grammar)
    if (piece) return { piece, length }
  }
  const said = words[at] ?? ''
  return { piece: { type: said.startsWith('"') ? 'quoted' : 'unknown', said }, length: 1 }
}

function meaningOf(span: readonly string[], said: string, grammar: SentenceGrammar): Piece | undefined {
  const phrase = said.toLowerCase()
  for (const [command, of] of Object.entries(topics)) {
    if (of.includes(phrase)) return { type: 'topic', said, command: command as AskedCommand }
  }
  if (fillers.has(phrase)) return { type: 'filler', said }
  if (readWhoPhrase(span)) return { type: 'who', said }
  if (readPeriodPhrase(phrase, grammar)) return { type: 'period', said }
  if (weakTopics.includes(phrase)) return { type: 'weak', said }
  return phrase === 'details' || phrase === 'detail' ? { type: 'details', said: 'details' } : undefined
}

/** Up to three words side by side that somebody in Gong is called. */
function named(pieces: readonly Piece[], { isName }: SentenceGrammar): readonly Piece[] {
  const made: Piece[] = []
  for (let at = 0; at < pieces.length; ) {
    const length = [3, 2, 1].find((count) => {
      const run = pieces.slice(at, at + count)
      return count <= longestName && run.length === count && run.every(({ type }) => type === 'unknown') && isName(withoutPossessive(run))
    })
    const piece = pieces[at]
    if (length !== undefined) made.push({ type: 'who', said: withoutPossessive(pieces.slice(at, at + length)) })
    else if (piece) made.push(piece)
    at += length ?? 1
  }
  return made
}

const withoutPossessive = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ said }) => said)
    .join(' ')
    .replace(/'s?$/, '')

const isWeak = ({ said }: Piece): boolean => weakWho.includes(said.toLowerCase())

/** Something of it says what is asked; a greeting does not. */
function isEnough(pieces: readonly Piece[]): boolean {
  const has = (type: Piece['type']): boolean => pieces.some((piece) => piece.type === type)
  const whos = pieces.filter(({ type }) => type === 'who')
  return has('topic') || has('period') || whos.some((piece) => !isWeak(piece)) || (has('weak') && whos.length > 0)
}

function askOf(pieces: readonly Piece[], plain: string): AskInWords {
  const command = topicOf(pieces) ?? '/gong-stats'
  if (command === '/gong-digest') return { command, text: '' }
  const said = (type: Piece['type']): string[] => pieces.flatMap((piece) => (piece.type === type ? [piece.said] : []))
  const quoted = command === '/gong-scorecards' ? said('quoted') : []
  return { command, text: [...quoted, ...whosOf(pieces, command, plain), ...said('period'), ...said('details')].join(' ') }
}

/** Coaching and cards are asked about beside calls and numbers: "how many calls have I coached". */
function topicOf(pieces: readonly Piece[]): AskedCommand | undefined {
  const of = pieces.flatMap((piece) => (piece.type === 'topic' ? [piece.command] : []))
  return of.find((command) => command !== '/gong-stats') ?? of[0]
}

/** "my 1:1 with Ana" is about Ana; "who have I not coached" is about the asker's team, "coaching I received" about the asker. */
function whosOf(pieces: readonly Piece[], command: AskedCommand, plain: string): string[] {
  const whos = pieces.flatMap((piece) => (piece.type === 'who' ? [piece.said] : []))
  const others = whos.filter((said) => !['i', 'me', 'my', 'mine', 'myself'].includes(said.toLowerCase()))
  if (others.length > 0) return others
  if (command === '/gong-coaching') return /\b(?:received|got|coached me|coach me)\b/i.test(plain) ? ['me'] : []
  return whos.slice(0, 1).map(() => 'me')
}

/** Unknown words that are nearly a time or a group, as they were said. */
function mistypedIn(unknown: readonly string[]): string | undefined {
  const said = unknown.join(' ')
  const known = [...periodPhrases, ...whoPhrases, ...monthNames]
  return said.length <= 40 && nearest(said.toLowerCase(), known) !== undefined ? said : undefined
}

/** Only words of some length: most short words are near to something. */
const leastLength = 5

function nearTopic(unknown: readonly string[]): SentenceReading {
  for (const said of unknown.slice(0, longestPhrase)) {
    if (said.length < leastLength) continue
    for (const [command, of] of Object.entries(topics)) {
      if (nearest(said.toLowerCase(), of) !== undefined) return { type: 'near', ask: { command: command as AskedCommand, text: '' } }
    }
  }
  return { type: 'unknown' }
}
