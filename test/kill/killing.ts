// Kills the process at named steps of a delivery, one after the other, against a Slack that also loses answers and posts late; each
// next process finds what the one before it left. In the end every digest has to be in its channel exactly once.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { type DeliveryStep, deliverySteps } from '../../src/digests/delivery/deps.ts'
import { botUserId, type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { smallCompany } from '../kit/delivery-world.ts'
import type { ChildOptions } from './child.ts'
import { endConnections } from './ended-connections.ts'

const child = path.join(import.meta.dirname, 'child.ts')

export interface KillReport {
  readonly kills: number
  /** Channels with a number of digests other than one. */
  readonly wrong: readonly { readonly channelId: string; readonly digests: number }[]
  readonly milliseconds: number
}

export async function slackWith(channels: number): Promise<SimulatedSlack> {
  const { members } = smallCompany()
  const slack = await startSimulatedSlack({
    clock: systemClock,
    realClock: systemClock,
    manifest: readFileSync(path.join(import.meta.dirname, '../../manifest.yml'), 'utf8'),
    users: members.map(({ slackUserId, name, email }) => ({
      id: slackUserId,
      name: slackUserId.toLowerCase(),
      realName: name,
      email: email ?? '',
      zone: 'Europe/Berlin',
    })),
    channels: Array.from({ length: channels }, (_, index) => ({
      id: `C${index + 1}`,
      name: `team-${index + 1}`,
      isPrivate: true,
      memberIds: ['UOWNER', 'U100', botUserId],
    })),
    rateLimits: false,
    checkTimes: false,
  })
  return slack
}

export const startChild = (options: ChildOptions): ChildProcess =>
  fork(child, [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })

/** Resolves once its workers run. @throws Error when it ends before */
export const ready = (process: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    process.on('message', (message) => message === 'ready' && resolve())
    process.once('exit', (code, signal) => reject(new Error(`it ended before it was ready: ${signal ?? code}`)))
  })

export const ended = (process: ChildProcess): Promise<NodeJS.Signals | number | null> =>
  new Promise((resolve) => {
    if (process.exitCode !== null || process.signalCode !== null) resolve(process.signalCode ?? process.exitCode)
    else process.once('exit', (code, signal) => resolve(signal ?? code))
  })

export const digestsIn = (slack: SimulatedSlack, channelId: string): number =>
  (slack.workspace.messages.get(channelId) ?? []).filter(({ threadTs }) => threadTs === undefined).length

/** These steps are reached only after an attempt whose outcome is not known. */
const afterDoubt: ReadonlySet<DeliveryStep> = new Set(['looked', 'marked-doubtful'])

/** Each process runs on a machine of its own. */
const clocksApartMs = [0, 15_000, -15_000] as const

/** Runs `kills` kills through these steps in turn, then a last process to the end. */
export async function killAndRecover(
  kills: number,
  store: Pick<ChildOptions, 'databaseUrl' | 'dataDir'>,
  steps: readonly DeliveryStep[] = deliverySteps,
): Promise<KillReport> {
  const startedAt = performance.now()
  const slack = await slackWith(kills)
  const late = setInterval(() => void slack.landLatePosts(), 300)
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const killAt = steps[kill % steps.length] as DeliveryStep
      const fault = afterDoubt.has(killAt) ? 1 + (kill % 2) : Math.floor(kill / steps.length) % 3
      if (fault === 1) slack.faults.add({ type: 'lost-answer', method: 'chat.postMessage' }, 1)
      if (fault === 2) slack.faults.add({ type: 'late-post' }, 1)
      const process = startChild({
        ...store,
        slack: addressOf(slack),
        fill: kill === 0,
        due: [`C${kill + 1}`],
        killAt,
        aheadMs: clocksApartMs[kill % 3],
      })
      const how = await Promise.race([ended(process), within(400_000)])
      if (how !== 'SIGKILL') {
        process.kill('SIGKILL')
        throw new Error(`kill ${kill + 1} at "${killAt}" did not happen: ${how}`)
      }
    }
    await recover(slack, store)
    const channels = Array.from({ length: kills }, (_, index) => `C${index + 1}`)
    const wrong = channels.map((channelId) => ({ channelId, digests: digestsIn(slack, channelId) })).filter(({ digests }) => digests !== 1)
    return { kills, wrong, milliseconds: performance.now() - startedAt }
  } finally {
    clearInterval(late)
    await slack.stop()
  }
}

/** A last process that nobody kills, but whose connections are ended all the while. It ends by itself when no delivery is open any more. */
async function recover(slack: SimulatedSlack, store: Pick<ChildOptions, 'databaseUrl' | 'dataDir'>): Promise<void> {
  const process = startChild({ ...store, slack: addressOf(slack), untilSettled: true })
  await ready(process)
  const faults = store.databaseUrl === undefined ? undefined : await endConnections(store.databaseUrl, 2000)
  const how = await Promise.race([ended(process), within(400_000)])
  await faults?.stop()
  if (how !== 0) {
    process.kill('SIGKILL')
    throw new Error(`the last process did not settle: ${how}`)
  }
}

const addressOf = (slack: SimulatedSlack) => ({ apiUrl: slack.apiUrl, botToken: slack.botToken })

const within = (ms: number): Promise<'still running'> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, 'still running').unref()
  })
