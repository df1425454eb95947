// Slackbot as a client of the app's MCP server: signed by Slack, with the asker's identity in the metadata. It has no language model here, so
// it calls the tool it is given. Blocks outside its rules are dropped, all of them, as Slack drops them.
import { createHmac } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { RequestLog } from './request-log.ts'
import { slackbotProblems } from './slackbot-rules.ts'
import type { Json } from './workspace.ts'

/** What a person is shown. */
export interface SlackbotAnswer {
  readonly text: string
  readonly blocks: readonly Json[]
  /** Why blocks were dropped; empty when they were not. */
  readonly problems: readonly string[]
}

export interface SlackbotTool {
  readonly name: string
  readonly description: string
  readonly inputSchema: Json
}

export interface Slackbot {
  /** What the server lists, asked once. */
  tools(): Promise<readonly SlackbotTool[]>
  /** @throws Error in words when the server does not answer */
  call(userId: string, tool: string, given: Json): Promise<SlackbotAnswer>
}

/** Source: Slack waits a minute for a tool. */
const waitsMs = 60_000

export function createSlackbot(parts: {
  /** Of the app's `POST /mcp`. */
  readonly url: () => string | undefined
  readonly signingSecret: string
  readonly teamId: string
  readonly realClock: Clock
  readonly log: RequestLog
}): Slackbot {
  const { realClock } = parts
  let count = 0
  let listed: Promise<readonly SlackbotTool[]> | undefined

  async function send(method: string, params: Json, isNotification = false): Promise<Json> {
    const url = parts.url()
    if (url === undefined) throw new Error('The app has no tools for Slackbot.')
    count += 1
    const body = JSON.stringify({ jsonrpc: '2.0', ...(!isNotification && { id: count }), method, params })
    const at = realClock.now()
    const timestamp = String(Math.floor(at.getTime() / 1000))
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${createHmac('sha256', parts.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
      },
      signal: AbortSignal.timeout(waitsMs),
    })
    const text = await response.text()
    const durationMs = realClock.now().getTime() - at.getTime()
    parts.log.add({
      at,
      direction: 'slack-to-app',
      name: `mcp ${method}`,
      status: response.status,
      durationMs,
      detail: String(params.name ?? ''),
    })
    if (isNotification) return {}
    const answer = JSON.parse(text || '{}') as { readonly result?: Json; readonly error?: { readonly message?: string } }
    if (!answer.result) throw new Error(answer.error?.message ?? `The app answered ${response.status}.`)
    return answer.result
  }

  async function connect(): Promise<readonly SlackbotTool[]> {
    await send('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: { extensions: { 'io.slack/block-kit': {} } },
      clientInfo: { name: 'Slackbot', version: '1.0.0' },
    })
    await send('notifications/initialized', {}, true)
    const { tools } = await send('tools/list', {})
    return tools as readonly SlackbotTool[]
  }

  const tools = async (): Promise<readonly SlackbotTool[]> => {
    listed ??= connect()
    listed.catch(() => {
      listed = undefined
    })
    return listed
  }

  return {
    tools,
    async call(userId, tool, given) {
      const known = new Set((await tools()).map(({ name }) => name))
      const { content, _meta: meta } = (await send('tools/call', {
        name: tool,
        arguments: given,
        _meta: { slack: { user_id: userId, team_id: parts.teamId, enterprise_id: null } },
      })) as {
        readonly content: readonly { readonly text: string }[]
        readonly _meta?: { readonly slack?: { readonly blocks?: readonly Json[] } }
      }
      const blocks = meta?.slack?.blocks ?? []
      const problems = slackbotProblems(blocks, known)
      return { text: content.map(({ text }) => text).join('\n'), blocks: problems.length > 0 ? [] : blocks, problems }
    },
  }
}
