// Messages of one sentence, with the next steps as buttons where there are any. Knows nothing of what they say.
import type { Control, Message } from './message.ts'
import { bold, code, type Line, line, type Piece } from './text/text.ts'

/**
 * A message whose notification and text are the same sentence.
 * @example oneSentenceMessage('Paused: EMEA, Mondays.', [askButton('Resume', '/gong-digest resume 4f2', 'resume')])
 */
export const oneSentenceMessage = (sentence: string, controls: readonly Control[] = []): Message =>
  messageOf(sentence, line(sentence), controls)

/** The same for a sentence of ours that marks `*what it means*` and `` `what to type` ``. Everything between the marks is escaped as ever. */
export const markedSentenceMessage = (sentence: string, controls: readonly Control[] = []): Message =>
  messageOf(
    sentence.replaceAll(marks, (_all, strong: string | undefined, typed: string | undefined) => strong ?? typed ?? ''),
    marked(sentence),
    controls,
  )

const messageOf = (summary: string, text: Line, controls: readonly Control[]): Message => ({
  summary,
  parts: [{ type: 'text', line: text }, ...(controls.length > 0 ? [{ type: 'buttons' as const, controls }] : [])],
})

const marks = /\*([^*`\n]+)\*|`([^*`\n]+)`/g

function marked(sentence: string): Line {
  const pieces: Piece[] = []
  let from = 0
  for (const match of sentence.matchAll(marks)) {
    pieces.push(sentence.slice(from, match.index), match[1] === undefined ? code(match[2] ?? '') : bold(match[1]))
    from = match.index + match[0].length
  }
  return line(...pieces, sentence.slice(from))
}
