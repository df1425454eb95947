// What in a message would come alive: pings, mentions, links. For tests that names and texts from elsewhere stay dead. Looks at what
// Slack interprets (mrkdwn, top-level text, markdown), not at plain texts.
import { isFields } from './block-kit-check.ts'

export interface LiveToken {
  readonly kind: 'broadcast' | 'user' | 'group' | 'channel' | 'link' | 'date'
  /** As in the text: `<!channel>`. */
  readonly token: string
  /** The id, address or word behind it. */
  readonly target: string
}

const kindOf = (inner: string): LiveToken['kind'] => {
  if (inner.startsWith('!subteam^')) return 'group'
  if (inner.startsWith('!date^')) return 'date'
  if (inner.startsWith('!')) return 'broadcast'
  if (inner.startsWith('@')) return 'user'
  return inner.startsWith('#') ? 'channel' : 'link'
}

/** Live tokens of one mrkdwn text. With `autoLinks`: also addresses Slack would link by itself, and @-words it would parse. */
export function liveIn(text: string, autoLinks = false): LiveToken[] {
  const tokens = [...text.matchAll(/<([^<>]+)>/g)].map((match): LiveToken => {
    const inner = match[1] ?? ''
    return { kind: kindOf(inner), token: match[0], target: inner.replace(/^[!@#]/, '').split('|')[0] ?? '' }
  })
  if (!autoLinks) return tokens
  const bare = text.replace(/<[^<>]+>/g, ' ')
  return [...tokens, ...[...bare.matchAll(/\bhttps?:\/\/[^\s<>]+/g)].map(([url]): LiveToken => ({ kind: 'link', token: url, target: url }))]
}

/** Live tokens anywhere in blocks, a view or a whole call. */
export function liveTokens(value: unknown): LiveToken[] {
  if (Array.isArray(value)) return value.flatMap(liveTokens)
  if (!isFields(value)) return []
  if (value.type === 'mrkdwn' && typeof value.text === 'string') return liveIn(value.text, value.verbatim !== true)
  if (value.type === 'markdown' && typeof value.text === 'string') return liveIn(value.text, true)
  if (value.type === 'plain_text' || value.type === 'raw_text' || value.type === 'raw_number') return []
  return Object.values(value).flatMap(liveTokens)
}

/** Live tokens of a message as it is sent, its top-level text included. */
export const liveInMessage = (message: { readonly text: string; readonly blocks: readonly unknown[] }): LiveToken[] => [
  ...liveIn(message.text, true),
  ...liveTokens(message.blocks),
]
