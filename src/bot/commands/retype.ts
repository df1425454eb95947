// A question as one would type it: what a button carries, so that a press is checked like typing.
import type { Question } from './question.ts'

/** The question as one would type it, for another period. */
export const retype = (question: Pick<Question, 'command' | 'who' | 'card'>, period: string): string =>
  [question.command, question.card === undefined ? '' : `"${question.card}"`, question.who, period].filter(Boolean).join(' ')
