// Calls of tools as any role of the policy table, through everything that lies behind the endpoint: viewer, tool, report, text and blocks.
import { commands } from '../../src/bot/commands/index.ts'
import { tools } from '../../src/bot/tools/index.ts'
import { movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import { type CallDeps, type CallResult, callTool } from '../../src/mcp/call-tool.ts'
import { namingOf } from '../../src/render/text/installed-names.ts'
import { slackbotProblems } from '../../src/sandbox/slack/slackbot-rules.ts'
import type { Json } from '../../src/sandbox/slack/workspace.ts'
import { createErrorBoundary } from '../../src/slack/receive/error-boundary.ts'
import { createTurns } from '../../src/turns.ts'
import { at, type TestKit, testKit } from '../bot/commands/company.ts'
import { keptLog } from '../kit/quiet-log.ts'

export const toolNames: ReadonlySet<string> = new Set(tools.map(({ name }) => name))

/** What a call needs, for these services and whoever asks. */
export function callDeps(kit: TestKit, viewerOf: (slackUserId: string) => Viewer, more: Partial<CallDeps> = {}): CallDeps {
  const { log } = keptLog('fatal')
  const viewers = {
    readerOf: async (slackUserId: string) => ({ viewer: viewerOf(slackUserId), locale: at.locale, zone: at.zone }),
  } as CallDeps['viewers'] & Parameters<typeof createErrorBoundary>[0]['viewers']
  return {
    services: kit.services,
    viewers,
    guard: createErrorBoundary({ services: kit.services, viewers, log }),
    naming: namingOf(
      commands.map(({ name }) => name),
      undefined,
    ),
    clock: movableClock(at.now),
    log,
    answerWithinMs: 20_000,
    turns: createTurns(4, { spare: 2, waitingAtMost: 40 }),
    ...more,
  }
}

export interface Heard {
  readonly text: string
  readonly blocks: readonly Json[]
  /** What Slackbot would find wrong with the blocks. */
  readonly problems: readonly string[]
  readonly kit: TestKit
}

export async function call(
  by: Viewer,
  name: string,
  given: unknown,
  { kit = testKit(), ...more }: Partial<CallDeps> & { readonly kit?: TestKit } = {},
): Promise<Heard> {
  const tool = tools.find((each) => each.name === name)
  if (!tool) throw new Error(`no tool ${name}`)
  return heard(
    await callTool(
      tool,
      given,
      by.slackUserId,
      callDeps(kit, () => by, more),
    ),
    kit,
  )
}

const heard = ({ content, _meta }: CallResult, kit: TestKit): Heard => {
  const blocks = _meta.slack.blocks as readonly Json[]
  return { text: content[0].text, blocks, problems: slackbotProblems(blocks, toolNames), kit }
}

export interface Press {
  readonly label: string
  readonly tool: string
  readonly given: unknown
}

/** Every press the blocks offer, those of a list one by one. */
export function pressesIn(blocks: readonly Json[]): readonly Press[] {
  const found: Press[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { action_id: id, value: carried, options, text } = value as Json
    const tool = /^tool:(.+)$/.exec(String(id))?.[1]
    if (tool === undefined) for (const inner of Object.values(value)) walk(inner)
    else {
      const choices = Array.isArray(options) ? (options as readonly Json[]) : [{ text, value: carried }]
      for (const choice of choices) found.push({ label: String((choice.text as Json).text), tool, given: JSON.parse(String(choice.value)) })
    }
  }
  walk(blocks)
  return found
}
