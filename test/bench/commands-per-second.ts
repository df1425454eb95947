// Signed slash commands, or calls of Slackbot's tools, at a steady rate, sent whether or not earlier ones were answered; the time to each
// acknowledgement, or to the whole answer of a tool. They are sent from a process of their own: what the simulators beside it are busy with must not count as the app's time.
import { fork } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src/clock.ts'

const asSender = 'send commands'

export interface CommandLoad {
  readonly port: number
  readonly signingSecret: string
  readonly userId: string
  readonly teamId: string
  /** Of every command that has none of its own. */
  readonly responseUrl?: string
  readonly perSecond: number
  readonly seconds: number
  /** Calls of this tool instead of commands. */
  readonly tool?: string
  /** What the command asks; default `help`. */
  readonly text?: string
  /** One for each command. */
  readonly responseUrls?: readonly string[]
}

/** Milliseconds to each answer. @throws Error when one is not 200 */
export function sendCommands(load: CommandLoad): Promise<readonly number[]> {
  return startSender(load).times
}

/** The same at one go for as long as `work` takes: the start of a sender, which is slow at first, is measured once and not every few seconds. */
export async function sendCommandsDuring(load: Omit<CommandLoad, 'seconds'>, work: () => Promise<unknown>): Promise<readonly number[]> {
  const sender = startSender({ ...load, seconds: Number.MAX_SAFE_INTEGER })
  try {
    // One that cannot be sent ends it at once.
    await Promise.race([work(), sender.times])
  } finally {
    sender.stop()
  }
  return sender.times
}

interface Sender {
  readonly times: Promise<readonly number[]>
  /** No further command; what was sent is waited for. */
  stop(): void
}

function startSender(load: CommandLoad): Sender {
  const sender = fork(import.meta.filename, [asSender], { execArgv: [] })
  const times = Promise.race([
    once(sender, 'message').then(([sent]) => sent as readonly number[]),
    once(sender, 'exit').then(([code]) => Promise.reject(new Error(`the sender ended with ${code}`))),
  ]).finally(() => sender.kill())
  sender.send({ load } satisfies Order)
  return { times, stop: () => void sender.send({ stop: true } satisfies Order) }
}

type Order = { readonly load: CommandLoad } | { readonly stop: true }

async function send(load: CommandLoad, stopped: AbortSignal): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  const sent: Promise<number>[] = []
  const startedAt = performance.now()
  for (let index = 0; index < load.perSecond * load.seconds && !stopped.aborted; index += 1) {
    const due = startedAt + (index * 1000) / load.perSecond
    const early = due - performance.now()
    if (early > 0) await wait(early)
    sent.push(sendOne(load, agent, index))
  }
  const times = await Promise.all(sent)
  agent.destroy()
  return times
}

const commandBody = (load: CommandLoad, index: number): string =>
  new URLSearchParams({
    command: '/gong-stats',
    text: load.text ?? 'help',
    user_id: load.userId,
    user_name: 'somebody',
    team_id: load.teamId,
    team_domain: 'company',
    channel_id: 'D0BENCH',
    channel_name: 'directmessage',
    api_app_id: 'A0BENCH',
    token: 'unused',
    trigger_id: `bench.${index}`,
    response_url: load.responseUrls?.[index] ?? load.responseUrl ?? '',
  }).toString()

const toolBody = ({ tool, userId, teamId }: CommandLoad, index: number): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: index,
    method: 'tools/call',
    params: { name: tool, arguments: {}, _meta: { slack: { user_id: userId, team_id: teamId, enterprise_id: null } } },
  })

function sendOne(load: CommandLoad, agent: Agent, index: number): Promise<number> {
  const isTool = load.tool !== undefined
  const body = isTool ? toolBody(load, index) : commandBody(load, index)
  const timestamp = String(Math.floor(systemClock.now().getTime() / 1000))
  const signature = `v0=${createHmac('sha256', load.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        host: '127.0.0.1',
        port: load.port,
        path: isTool ? '/mcp' : '/slack/events',
        method: 'POST',
        agent,
        headers: {
          'content-type': isTool ? 'application/json' : 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(performance.now() - startedAt)
          else reject(new Error(`it was answered with status ${answer.statusCode}`))
        })
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
}

if (process.argv[2] === asSender) {
  const stopped = new AbortController()
  process.on('message', async (order: Order) => {
    if ('stop' in order) stopped.abort()
    else process.send?.(await send(order.load, stopped.signal))
  })
}
