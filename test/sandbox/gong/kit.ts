// A simulated Gong and the real client that talks to it, on one clock.
import { type MovableClock, movableClock, systemClock } from '../../../src/clock.ts'
import { type OpenGong, openGong } from '../../../src/gong/open.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../../src/sandbox/gong/simulated-gong.ts'
import { fakeMemory, options } from '../../gong/fakes.ts'

/** Monday noon in Berlin. */
const noon = new Date('2026-11-23T11:00:00Z')
export const lastWeek = { from: '2026-11-16', to: '2026-11-23' }

const basic = ({ credentials }: Pick<SimulatedGong, 'credentials'>): string =>
  `Basic ${Buffer.from(`${credentials.accessKey}:${credentials.accessKeySecret}`).toString('base64')}`

export interface Joined {
  readonly gong: SimulatedGong
  readonly client: OpenGong
  readonly clock: MovableClock
  stop(): Promise<void>
}

export async function join(given: Partial<SimulatedGongOptions> = {}): Promise<Joined> {
  const clock = movableClock(noon)
  const gong = await startSimulatedGong({ clock, realClock: systemClock, requestsPerSecond: 1_000_000, ...given })
  const { accessKey, accessKeySecret } = gong.credentials
  const client = await openGong({
    ...options({ api: gong.contract, baseUrl: gong.baseUrl, clock, memory: fakeMemory(), zone: gong.zone }).all,
    credentials: { type: 'basic', accessKey, accessKeySecret },
  })
  gong.log.clear()
  return {
    gong,
    client,
    clock,
    async stop() {
      await client.close()
      await gong.stop()
    },
  }
}

/** One plain request, as curl would send it. */
export async function ask(
  gong: SimulatedGong,
  path: string,
  body?: unknown,
  authorization = basic(gong),
): Promise<{ status: number; json: unknown; text: string; headers: Headers }> {
  const answer = await fetch(`${gong.baseUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(authorization && { authorization }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined
  return { status: answer.status, json, text, headers: answer.headers }
}
