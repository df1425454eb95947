// Lines of message text. The only maker of `Line`: plain strings are escaped on the way in, so a name or a scorecard text can
// never ping, link or format. Marks (bold, links, mentions) come from these helpers alone. Every line has a plain form.

declare const made: unique symbol

/** Escaped Slack mrkdwn with its plain form. */
export interface Line {
  readonly mrkdwn: string
  readonly plain: string
  readonly [made]: true
}

/** What a line is put together from; strings are untrusted until escaped here. */
export type Piece = string | number | Line

const make = (mrkdwn: string, plain: string): Line => ({ mrkdwn, plain }) as Line

/** Steers the direction of text, is read by machines alone, or is no text at all: dropped from untrusted strings. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
const steering = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Anything but the usual letters, signs and punctuation, which need no cleaning. */
const unusual = /[^\u0020-\u007e\u00a0-\u058f\u2010-\u2027\u2030-\u205f\u2070-\u2bff]/

/** A untrusted string as readable text on one line: no control characters, no lone surrogates, nothing that turns the line around. */
export function clean(text: string): string {
  if (!unusual.test(text)) return text
  const safe = text.toWellFormed().replace(controls, ' ').replace(steering, '')
  // A right-to-left name is isolated, so that the figures after it keep their order.
  return rightToLeft.test(safe) ? `\u2068${safe}\u2069` : safe
}

/** Marks that would format get look-alikes, but only where Slack would see them as marks: not inside a word. */
const marks = /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu
const lookAlike: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' }
const emojiCode = /:(?=[a-z0-9_+'-]{1,60}:)(?=[0-9]*[a-z_+'-]|100:|1234:)/gi
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const mayFormat = /[&<>*_~`]|:(?:\/\/|[a-z0-9_+'-]{1,60}:)/i

/** Escapes cleaned text for mrkdwn: `& < >`, formatting marks, quote marks at the start, emoji codes, addresses Slack would link. */
function escapeMrkdwn(text: string): string {
  if (!mayFormat.test(text)) return text
  return text
    .replace(/^(\s*)>/, '$1›')
    .replace(marks, (mark) => lookAlike[mark] ?? mark)
    .replace(emojiCode, '∶')
    .replace(/:\/\//g, ':\u2060//')
    .replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
}

/** Joins pieces; strings and numbers are escaped. `line(bold(name), ' · 12 calls')` */
export function line(...pieces: readonly Piece[]): Line {
  let mrkdwn = ''
  let plain = ''
  for (const piece of pieces) {
    if (typeof piece === 'object') {
      mrkdwn += piece.mrkdwn
      plain += piece.plain
    } else {
      const text = clean(String(piece))
      mrkdwn += escapeMrkdwn(text)
      plain += text
    }
  }
  return make(mrkdwn, plain)
}

/** Nothing; for a piece that is only sometimes there. */
const nothing: Line = make('', '')

/** `a · b · c`, empty lines left out. */
export function joined(lines: readonly Line[], between = ' · '): Line {
  const filled = lines.filter((one) => one.plain.trim() !== '')
  return make(filled.map((one) => one.mrkdwn).join(escapeMrkdwn(between)), filled.map((one) => one.plain).join(between))
}

/** Marks need something to stand around and no space at the edge. */
const marked = (mark: string, piece: Piece): Line => {
  const { mrkdwn, plain } = line(piece)
  const inner = mrkdwn.trim()
  return inner === ''
    ? make(mrkdwn, plain)
    : make(
        mrkdwn.replace(inner, () => `${mark}${inner}${mark}`),
        plain,
      )
}

export const bold = (piece: Piece): Line => marked('*', piece)

export const italic = (piece: Piece): Line => marked('_', piece)

/** Words to type, shown as typed. */
export const code = (text: string): Line => {
  const safe = clean(text).replaceAll('`', 'ˋ').trim()
  return safe === '' ? nothing : make(`\`${safe.replace(/[&<>]/g, (sign) => entities[sign] ?? sign)}\``, safe)
}

/** A link to an http(s) address; anything else stays plain text, so that no value can smuggle another scheme in. */
export function link(url: string, label: string): Line {
  const shown = clean(label).trim()
  const href = URL.canParse(url) ? new URL(url) : undefined
  if (!href || (href.protocol !== 'https:' && href.protocol !== 'http:')) return line(shown)
  const target = href.href.replace(/[|<>]/g, (sign) => encodeURIComponent(sign)).replaceAll('&', '&amp;')
  return make(`<${target}|${escapeMrkdwn(shown || 'open').replaceAll('|', '¦')}>`, shown || 'open')
}

/** A person by Slack id, shown by Slack under the current name: Slack pings where it pings. An id of another shape stays text. */
export const mention = (slackUserId: string): Line =>
  /^[UW][A-Z0-9]{2,}$/.test(slackUserId) ? make(`<@${slackUserId}>`, `@${slackUserId}`) : line(slackUserId)

/** A channel by id, shown by Slack under its current name. */
export const channel = (channelId: string): Line =>
  /^[CGD][A-Z0-9]{2,}$/.test(channelId) ? make(`<#${channelId}>`, `#${channelId}`) : line(channelId)

/** An instant each reader sees in their own zone. `form` in Slack's words: `{date_short_pretty} at {time}`. */
export function dateText(at: Date, form: string, fallback: string): Line {
  const text = clean(fallback).replaceAll('|', '¦')
  return make(`<!date^${Math.floor(at.getTime() / 1000)}^${form.replace(/[<>|^]/g, '')}|${escapeMrkdwn(text)}>`, text)
}

const boldOrItalic = /<[^>]*>|(?<![\p{L}\p{N}])([*_])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu

/** The mrkdwn without the marks of bold and italic, for whoever hears it: mentions, links and escapes stay. `*51 %* of 6` is `51 % of 6`. */
export const withoutMarks = (mrkdwn: string): string =>
  mrkdwn.replace(boldOrItalic, (whole, mark: string | undefined, inner: string) => (mark === undefined ? whole : inner))

/** Cut to `max` characters with an ellipsis; never within a surrogate pair, an emoji sequence or a combined letter. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  let end = Math.max(0, max - 1)
  // Cut first, look at characters after: segmenting thousands of them is slow.
  while (end > 0 && joinsWithNext(text, end)) end -= 1
  return `${text.slice(0, end).trimEnd()}…`
}

const joining = /\p{M}|\u200d|\ufe0f|[\u{1f3fb}-\u{1f3ff}]/u

const joinsWithNext = (text: string, at: number): boolean => {
  const next = text.codePointAt(at) ?? 0
  const isLowHalf = next >= 0xdc00 && next <= 0xdfff
  return isLowHalf || joining.test(String.fromCodePoint(next)) || text.charCodeAt(at - 1) === 0x200d
}
