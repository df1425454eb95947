// What somebody reads who asks more at once than may wait.
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'

export const tooManyQuestions = (): Message =>
  oneSentenceMessage('You have asked faster than I can answer. Wait until your earlier questions are answered, then ask this one again.')
