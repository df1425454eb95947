// Reads from Gong what an answer needs and was never read, and says so; the answer goes by who asks, and what they may see, after that wait.
import type { LookBack } from '../../domain/look-back.ts'
import type { Period, Weekday } from '../../domain/period.ts'
import { AskError } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { decimal } from '../../render/text/numbers.ts'
import { coachingAnswerLookBack, figuresLookBack } from '../../stats/look-back.ts'
import type { BotServices, Say } from '../command.ts'
import { periodAsTyped } from '../words/period.ts'
import { type Asked, askedAgain } from './asked-again.ts'
import { type Asker, type Question, readWord } from './question.ts'
import { retype } from './retype.ts'

/**
 * Reads the period, and the one it is compared with, when either was never read. Returns the question and who asks it as they stand then: a
 * wait for Gong takes up to minutes.
 * @throws AskError before the whole company is read for one question: the cost is shown first, and a button goes on.
 */
export async function readFirst<Who extends Asker>(question: Question, asker: Who, services: BotServices, say: Say): Promise<Asked<Who>> {
  const { period, personIds, managerIds } = question
  const lookBack = lookBackOf(question, services.settings.weekStart)
  let hasWaited = false
  await services.ensureFetched({ period, personIds, managerIds, asker: asker.viewer.slackUserId, lookBack }, async (seconds) => {
    hasWaited = true
    if (personIds === 'all' && !question.wantsReading) throw await costFirst(question, seconds, asker, services)
    await say(readingMessage(period, seconds, asker))
  })
  const asked = { question, ask: asker }
  return hasWaited ? askedAgain(asked, services) : asked
}

/** What the answer is held against; a 1:1 shows both kinds. */
function lookBackOf({ command, subject, period }: Question, weekStart: Weekday): LookBack | undefined {
  if (command === '/gong-scorecards') return undefined
  if (command === '/gong-stats') return figuresLookBack(period, weekStart)
  const coaching = coachingAnswerLookBack(period, weekStart)
  return subject.type === 'person' ? { ...figuresLookBack(period, weekStart), ...coaching } : coaching
}

async function costFirst(question: Question, expectedSeconds: number, asker: Asker, services: BotServices): Promise<AskError> {
  const { used, perDay, perSecond, perAsker } = await services.admin.budget()
  const said = (count: number): string => decimal(count, asker.locale)
  const requests = Math.max(1, Math.round(expectedSeconds * perSecond))
  return new AskError(
    `${periodTitle(question.period, asker.locale)} was never fetched for the whole company. Fetching it takes about ${said(requests)} of today's ${said(perDay)} Gong requests (${said(used)} used${perAsker === undefined ? '' : `; one person's questions may take ${said(perAsker)} a day`}) and ${Math.max(1, Math.round(expectedSeconds))} s.`,
    [
      {
        label: 'Fetch it',
        command: question.command,
        text: `${retype(question, periodAsTyped(question.period)).slice(question.command.length + 1)} ${readWord}`,
      },
      { label: 'Last week', command: question.command, text: 'company last week' },
    ],
  )
}

/** `Fetching 1–15 Nov from Gong, about 12 s …` */
function readingMessage(period: Period, expectedSeconds: number, reader: { readonly locale: string }): Message {
  return oneSentenceMessage(
    `Fetching ${periodTitle(period, reader.locale)} from Gong, about ${Math.max(1, Math.round(expectedSeconds))} s …`,
  )
}
