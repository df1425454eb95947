// Signed slash commands, or calls of Slackbot's tools, at a steady rate, sent whether or not earlier ones were answered; the time to each
// acknowledgement, or to the whole answer of a tool. They are sent from a thread of their own: what the simulators beside it are busy with must not count as the app's time.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { systemClock } from '../../src/clock.ts'

export interface CommandLoad {
  readonly port: number
  readonly signingSecret: string
  readonly userId: string
  readonly teamId: string
  readonly responseUrl: string
  readonly perSecond: number
  readonly seconds: number
  /** Calls of this tool instead of commands. */
  readonly tool?: string
  /** What the command asks; default `help`. */
  readonly text?: string
}

/** Milliseconds to each acknowledgement, and commands that did not get exactly one answer. */
export interface AnsweredCommands {
  readonly times: readonly number[]
  readonly unanswered: number
  readonly answeredTwice: number
}

/** Milliseconds to each answer. @throws Error when one is not 200 */
export const sendCommands = async (load: CommandLoad): Promise<readonly number[]> => (await inThread({ load, takesAnswers: false })).times

/** Each command has an address of its own for its answer, and all answers are waited for, a minute at most. */
export const sendAndTakeAnswers = (load: CommandLoad): Promise<AnsweredCommands> => inThread({ load, takesAnswers: true })

interface Task {
  readonly load: CommandLoad
  readonly takesAnswers: boolean
}

async function inThread(task: Task): Promise<AnsweredCommands> {
  const sender = new Worker(new URL(import.meta.url), { workerData: task })
  const [sent] = (await once(sender, 'message')) as [AnsweredCommands]
  await sender.terminate()
  return sent
}

async function perform({ load, takesAnswers }: Task): Promise<AnsweredCommands> {
  if (!takesAnswers) return { times: await send(load), unanswered: 0, answeredTwice: 0 }
  const answers = new Map<string, number>()
  const slack = createServer((request, response) => {
    answers.set(request.url ?? '', (answers.get(request.url ?? '') ?? 0) + 1)
    request.resume().on('end', () => response.end('ok'))
  })
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve))
  const times = await send({ ...load, responseUrl: `http://127.0.0.1:${(slack.address() as AddressInfo).port}` })
  const sentAt = performance.now()
  while (answers.size < times.length && performance.now() - sentAt < longestWaitMs) await wait(50)
  // What comes twice comes soon after.
  await wait(500)
  slack.closeAllConnections()
  slack.close()
  return {
    times,
    unanswered: times.length - answers.size,
    answeredTwice: [...answers.values()].filter((count) => count > 1).length,
  }
}

const longestWaitMs = 60_000

async function send(load: CommandLoad): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  const sent: Promise<number>[] = []
  const startedAt = performance.now()
  for (let index = 0; index < load.perSecond * load.seconds; index += 1) {
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
    response_url: `${load.responseUrl}/${index}`,
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

if (!isMainThread) parentPort?.postMessage(await perform(workerData as Task))
