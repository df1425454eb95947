// Whether the running app calls itself ready with a key that may read less: one scope it lacks is a note, a key that is refused a problem.
import { afterEach, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { scopeOf } from '../../src/gong/check/check.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { usualDatabaseSetting } from '../kit/store.ts'

const start = new Date('2026-11-25T11:00:00Z')
let world: Awaited<ReturnType<typeof startSimulators>> | undefined
let app: RunningApp | undefined
afterEach(async () => {
  await app?.stop()
  await world?.stop()
})

/** An app of which Gong was read once, and how it stands after that many hours. */
async function opened(contract: 'documented' | 'live', missingScopes: string[]) {
  const simulators = await startSimulators(start, undefined, undefined, { contract, missingScopes })
  world = simulators
  const config = readConfig({
    ...simulators.environment,
    ...(await usualDatabaseSetting()),
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: simulators.slack.signingSecret,
    PORT: '0',
    HEALTH_PORT: '0',
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  const running = await startApp(fast, { clock: simulators.clock, log: createLog('silent'), ...unpaced })
  app = running
  const health = async (route: string) => {
    const answer = await fetch(`http://127.0.0.1:${running.healthPort}${route}`)
    return { status: answer.status, text: await answer.text() }
  }
  return {
    faults: simulators.gong.faults,
    health,
    async after(hours: number) {
      simulators.clock.moveTo(new Date(start.getTime() + hours * 3_600_000))
      await running.tick()
      await running.refresh()
      await running.idle()
      return health('/readyz')
    },
  }
}

const live = [scopeOf.workspaces, scopeOf['scorecard questions'], scopeOf['daily activity']]

describe.each([
  ['documented', [scopeOf.coaching], [/The key may not read coaching: grant it api:coaching:read in Gong\. Everything else goes on\./]],
  ['live', live, [/activity by day/, /api:settings:scorecards:read/]],
] as const)('with a key that lacks a scope (%s)', (contract, missing, notes) => {
  it('is ready for as long as it lacks it, says so, and counts no refusal of the key', async () => {
    const here = await opened(contract, [...missing])
    for (const hours of [0, 1, 2, 26]) {
      const { status, text } = await here.after(hours)
      expect([hours, status, text.split('\n')[0]]).toEqual([hours, 200, 'ready'])
      for (const note of notes) expect(text).toMatch(note)
    }
    const { text } = await here.health('/metrics')
    expect(text).toMatch(/gong_digest_gong_requests_total\{operation="[^"]+",status="missing-scope"\} [1-9]/)
    expect(text).not.toMatch(/status="40[13]"/)
  })
})

describe('with a key that is refused', () => {
  it('is not ready: scope by scope, or as a whole; and is ready again with the next answers', async () => {
    const missing: string[] = []
    const here = await opened('documented', missing)
    expect(await here.after(0)).toMatchObject({ status: 200, text: 'ready\n' })
    missing.push(...Object.values(scopeOf).filter((scope) => scope !== scopeOf.people))
    expect(await here.after(2)).toMatchObject({ status: 503, text: expect.stringMatching(/may not read interaction statistics/) })
    missing.length = 0
    expect(await here.after(4)).toMatchObject({ status: 200, text: 'ready\n' })
    const undo = here.faults.add({ type: 'refused', status: 401, error: 'Failed verifying access key' })
    expect(await here.after(6)).toMatchObject({ status: 503, text: expect.stringMatching(/^Gong refuses .*POST \/stats\/interaction/) })
    undo()
    expect(await here.after(8)).toMatchObject({ status: 200, text: 'ready\n' })
  })

  it('is not ready where it may not read who there is', async () => {
    const missing: string[] = []
    const here = await opened('documented', missing)
    await here.after(0)
    missing.push(scopeOf.people)
    expect(await here.after(24)).toMatchObject({ status: 503, text: expect.stringMatching(/I may not read Gong's list of people/) })
    missing.length = 0
    expect((await here.after(25)).status).toBe(200)
  })
})
