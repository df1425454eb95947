// Who asks a question, and what they may see, once more after a wait: for Gong, for Slack, for whoever was replacing figures. An answer that
// was written by other rights than those of the moment it is shown is shown to nobody.
import { isDeepStrictEqual } from 'node:util'
import { maySee } from '../../domain/policy.ts'
import { AskError } from '../../errors.ts'
import { hasWaited } from '../../one-reading.ts'
import type { BotServices } from '../command.ts'
import type { Asker, Question } from './question.ts'

/** A question and who asks it, as they stand at one moment. */
export interface Asked<Who extends Asker> {
  readonly question: Question
  readonly ask: Who
}

/** @throws AskError where the asker's rights ended meanwhile */
export async function askedAgain<Who extends Asker>({ question, ask }: Asked<Who>, services: BotServices): Promise<Asked<Who>> {
  const [viewer, chart, today] = await Promise.all([services.outbox.viewerOf(ask.viewer.slackUserId), services.chart(), services.today()])
  const verdict = maySee(viewer, question.subject, chart, today)
  if (!verdict.allowed || (question.detail === 'by-name' && verdict.detail !== 'by-name')) throw haveChanged()
  return { question: { ...question, chart }, ask: { ...ask, viewer } }
}

/** Asked once the answer is written. @throws AskError where there was a wait, and whoever asked sees less, more or others after it */
export async function mustSeeTheSame<Who extends Asker>(asked: Asked<Who>, services: BotServices): Promise<void> {
  if (!hasWaited()) return
  const now = await askedAgain(asked, services)
  if (now.question.chart !== asked.question.chart || !isDeepStrictEqual(now.ask.viewer, asked.ask.viewer)) throw haveChanged()
}

const haveChanged = (): AskError => new AskError('What you may see has changed while I was fetching. Ask again.')
