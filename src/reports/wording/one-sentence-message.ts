// A message of one sentence.
import type { Message } from '../../render/message.ts'
import { line } from '../../render/text/text.ts'

/** `Paused: EMEA, Mondays.` */
export const said = (sentence: string): Message => ({ summary: sentence, parts: [{ type: 'text', line: line(sentence) }] })
