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

export async function runningServiceFindings(dataDir: string): Promise<Finding[]> {
  const said = await ask(dataDir, '/state')
  const given = said === undefined ? undefined : state.safeParse(JSON.parse(said)).data
  if (!given) {
    return [
      {
        area: 'service',
        state: 'worth knowing',
        says: 'The service that holds the database does not answer on its local socket, so it cannot be asked how it is.',
        remedy: 'It may be starting or of an older version; its log says more.',
      },
      notLookedAt,
    ]
  }
  const version = (await ask(dataDir, '/version'))?.trim() ?? 'unknown'
  return [
    ...(given.problems.length === 0
      ? [{ area: 'service', state: 'good', says: `The running service (version ${version}) is ready.` } as const]
      : given.problems.map((says) => ({ area: 'service', state: 'to fix', says }) as const)),
    ...given.notes.map((says) => ({ area: 'service', state: 'worth knowing', says }) as const),
    notLookedAt,
  ]
}

async function ask(dataDir: string, route: string): Promise<string | undefined> {
  const answer = await askLocally(dataDir, route)
  if (!answer) return undefined
  const body = await text(answer.body)
  return answer.status === 200 ? body : undefined
}
