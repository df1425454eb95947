// One call of a tool: the Slack user becomes a viewer as for a command, the tool answers within a bounded time, and the answer goes out as
// text for the model and as blocks for the person. Whatever is thrown is explained in words.
import type { BotServices } from '../bot/command.ts'
import { mustBeMember } from '../bot/strangers.ts'
import { withPresses } from '../bot/tools/presses.ts'
import type { Tool, ToolAnswer } from '../bot/tools/tool.ts'
import { tooManyQuestions } from '../bot/wording/too-many-questions.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Viewers } from '../people/viewers.ts'
import type { Message } from '../render/message.ts'
import { toolActionId, toSlackbotBlocks } from '../render/slackbot.ts'
import { textForModel } from '../render/text/for-a-model.ts'
import type { Naming } from '../render/text/installed-names.ts'
import { line } from '../render/text/text.ts'
import type { ErrorBoundary } from '../slack/receive/error-boundary.ts'
import type { Turns } from '../turns.ts'
import { yieldBetween } from '../yielding.ts'

export interface CallDeps {
  readonly services: BotServices
  readonly viewers: Pick<Viewers, 'readerOf'>
  readonly guard: ErrorBoundary
  readonly naming: Naming
  readonly clock: Clock
  readonly log: Log
  /** Slack gives up after a minute. What takes longer than this goes on, and is there when somebody asks again. */
  readonly answerWithinMs: number
  readonly turns: Turns
}

export interface CallResult {
  readonly content: readonly [{ readonly type: 'text'; readonly text: string }]
  readonly _meta: { readonly slack: { readonly blocks: readonly unknown[] } }
}

/** The answer; a refusal and a failure are answers too, in words. */
export async function callTool(tool: Tool, given: unknown, slackUserId: string, deps: CallDeps): Promise<CallResult> {
  const { services, viewers, guard, clock } = deps
  let answer: ToolAnswer | undefined
  let waiting: string | undefined
  let isLate = false
  const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    isLate = true
    giveUp()
  }, deps.answerWithinMs).unref()
  const endTurn = await deps.turns.take(slackUserId)
  if (!endTurn) return resultOf({ message: tooManyQuestions() }, tool, deps)
  const work = guard(
    { name: `slackbot ${tool.name}`, slackUserId },
    async (message) => {
      answer = { message }
    },
    async () => {
      const reader = await viewers.readerOf(slackUserId)
      mustBeMember(reader.viewer)
      const looks: Parameters<BotServices['recordViews']>[] = []
      const made = await tool.answer(given, {
        asker: { ...reader, now: clock.now() },
        services: { ...services, recordViews: async (...look) => void looks.push(look) },
        say: async ({ summary }) => {
          waiting = summary
          // Whoever waits for Gong lets others go on.
          endTurn()
        },
      })
      // An answer that comes too late is seen by nobody. One in time is shown, however long its looks take to be written.
      if (isLate) return
      clearTimeout(timer)
      for (const look of looks) await services.recordViews(...look)
      answer = made
    },
  )
  work.finally(endTurn).catch(() => undefined)
  await Promise.race([work, tooLate])
  clearTimeout(timer)
  return resultOf(answer ?? { message: notYet(waiting, tool, given) }, tool, deps)
}

/** The text for the model and the blocks for the person. */
async function resultOf({ message, inFull }: ToolAnswer, tool: Tool, deps: CallDeps): Promise<CallResult> {
  const { services, naming } = deps
  const calendar = { today: await services.today(), weekStart: services.settings.weekStart }
  await yieldBetween()
  const shown = naming(withPresses(message, calendar, tool.name))
  await yieldBetween()
  const text = textForModel(shown, inFull && naming(inFull))
  await yieldBetween()
  const blocks = blocksOf(shown, deps)
  await yieldBetween()
  return { content: [{ type: 'text', text }], _meta: { slack: { blocks } } }
}

/** Without blocks the text still carries the answer. */
function blocksOf({ parts }: Message, { log }: CallDeps): readonly unknown[] {
  try {
    return toSlackbotBlocks(parts)
  } catch (error) {
    log.error({ err: error }, 'an answer for Slackbot could not be made into blocks')
    return []
  }
}

function notYet(waiting: string | undefined, tool: Tool, given: unknown): Message {
  const sentence =
    waiting === undefined
      ? 'This takes longer than I may keep you waiting. Ask again in a minute.'
      : `This period was not fetched yet. ${waiting} Ask again in a minute.`
  return {
    summary: sentence,
    parts: [
      { type: 'text', line: line(sentence) },
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'Ask again', actionId: toolActionId(tool.name), value: JSON.stringify(tool.understood(given)) },
        ],
      },
    ],
  }
}
