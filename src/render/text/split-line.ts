// Cuts a line that is longer than one text object into several, at spaces where it can; never within a link, a mention or an
// escaped sign. Nothing is lost: what is cut off is the next piece.
import type { Line } from './text.ts'

const as = (mrkdwn: string, plain: string): Line => ({ mrkdwn, plain }) as Line

/** The line itself when it fits. A cut line's plain form goes with the first piece; the others carry their mrkdwn as it reads. */
export function splitLine(line: Line, max: number): readonly Line[] {
  if (line.mrkdwn.length <= max) return [line]
  const pieces: string[] = []
  let rest = line.mrkdwn
  while (rest.length > max) {
    const at = cutAt(rest, max)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  pieces.push(rest)
  return pieces.filter((piece) => piece.trim() !== '').map((piece) => as(piece, readable(piece)))
}

/** The last good place at or before `max`: after a space or line break, else anywhere outside a token. */
function cutAt(text: string, max: number): number {
  let hard = 0
  let soft = 0
  for (let index = 0; index < max; ) {
    const end = tokenEnd(text, index)
    if (end > max) break
    index = end
    hard = index
    const before = text[index - 1]
    if (before === ' ' || before === '\n') soft = index
  }
  // A token longer than a whole text object is no token of ours; cut it rather than loop for ever.
  return soft > max / 2 ? soft : hard || max
}

/** Where the link, entity or character that begins at `index` ends. */
function tokenEnd(text: string, index: number): number {
  const sign = text[index]
  if (sign === '<' || sign === '&') {
    const close = text.indexOf(sign === '<' ? '>' : ';', index)
    if (close > index) return close + 1
  }
  const point = text.codePointAt(index) ?? 0
  return index + (point > 0xffff ? 2 : 1)
}

/** Escaped mrkdwn as plain text. */
const readable = (mrkdwn: string): string =>
  mrkdwn
    .replace(/<[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
