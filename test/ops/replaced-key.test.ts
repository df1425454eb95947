// TOKEN_ENCRYPTION_KEY replaced as README says: one start with both, which asks Gong nothing, then the new one alone.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let databaseUrl = ''
beforeAll(async () => {
  world = await startSimulators(new Date('2026-11-25T11:00:00Z'))
  databaseUrl = await migratedDatabase()
})
afterAll(() => world?.stop())

/** Starts and stops; `read`: Gong is read meanwhile. */
async function start(encryptionKeys: string, read: boolean): Promise<void> {
  const { clientId, clientSecret, refreshToken } = world.gong.credentials
  const config = readConfig({
    ...world.environment,
    GONG_ACCESS_KEY: '',
    GONG_ACCESS_KEY_SECRET: '',
    GONG_CLIENT_ID: clientId,
    GONG_CLIENT_SECRET: clientSecret,
    GONG_REFRESH_TOKEN: refreshToken,
    GONG_TOKEN_URL: world.gong.tokenUrl,
    TOKEN_ENCRYPTION_KEY: encryptionKeys,
    DATABASE_URL: databaseUrl,
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  const app = await startApp(fast, { clock: world.clock, log: createLog('silent'), ...unpaced })
  if (read) await app.refresh()
  await app.stop()
}

it('goes on by the tokens that are stored', async () => {
  const [oldKey, newKey] = ['o'.repeat(32), 'n'.repeat(32)]
  const asked = () => world.gong.log.all().length
  await start(oldKey, true)
  const before = asked()
  await start(`${newKey},${oldKey}`, false)
  expect(asked()).toBe(before)
  world.clock.moveTo(new Date(world.clock.now().getTime() + 2 * 3_600_000))
  await start(newKey, true)
  expect(asked()).toBeGreaterThan(before)
  const refused = world.gong.log.all().filter(({ status }) => status >= 400)
  expect(refused.map(({ path, error }) => [path, error])).toEqual([])
})
