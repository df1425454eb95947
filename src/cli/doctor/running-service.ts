// What the running service says of itself where it holds the embedded database: asked over its local socket, because the folder can be open
// in one process only.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { askLocally } from '../../health/local-socket.ts'
import type { Finding } from './finding.ts'

const state = z.object({ problems: z.array(z.string()), notes: z.array(z.string()) })

const notLookedAt: Finding = {
  area: 'service',
  state: 'worth knowing',
  says: 'Who of Gong is found in Slack, what fetching will cost and the channels of digests are not looked at: they need the database.',
  remedy: 'An admin sees the first two in the Home tab of the bot. For all of it stop the service and run the doctor again.',
}

/** Readiness asks with time limits of a few seconds: a service that says nothing for longer hangs or is stopped half-way. */
const usualSilentMs = 15_000

export async function runningServiceFindings(dataDir: string, silentMs = usualSilentMs): Promise<Finding[]> {
  const ask = (route: string) => askService(dataDir, route, silentMs)
  const given = stateIn(await ask('/state'))
  if (!given) {
    return [
      {
        area: 'service',
        state: 'worth knowing',
        says: 'The service that holds the database does not answer on its local socket, so it cannot be asked how it is.',
        remedy: 'It may be starting, hang, or be of an older version; its log says more.',
      },
      notLookedAt,
    ]
  }
  const version = (await ask('/version'))?.trim() ?? 'unknown'
  return [
    ...(given.problems.length === 0
      ? [{ area: 'service', state: 'good', says: `The running service (version ${version}) is ready.` } as const]
      : given.problems.map((says) => ({ area: 'service', state: 'to fix', says }) as const)),
    ...given.notes.map((says) => ({ area: 'service', state: 'worth knowing', says }) as const),
    notLookedAt,
  ]
}

/** Undefined where nothing came, or it broke off half-way. */
async function askService(dataDir: string, route: string, silentMs: number): Promise<string | undefined> {
  const answer = await askLocally(dataDir, route, silentMs)
  const body = await (answer && text(answer.body).catch(() => undefined))
  return answer?.status === 200 ? body : undefined
}

function stateIn(said: string | undefined): z.output<typeof state> | undefined {
  try {
    return said === undefined ? undefined : state.safeParse(JSON.parse(said)).data
  } catch {
    return undefined
  }
}
