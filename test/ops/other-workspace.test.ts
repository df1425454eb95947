// The token of another workspace over a database: nothing in it is of that workspace, and every digest would be paused as one whose channel
// is gone.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { openOn } from '../kit/store.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  world = await startSimulators(new Date('2026-11-25T11:00:00Z'))
})
afterAll(() => world?.stop())

const environmentOf = (url: string) => ({
  ...world.environment,
  DATABASE_URL: url,
  SLACK_APP_TOKEN: '',
  SLACK_SIGNING_SECRET: world.slack.signingSecret,
  PORT: '0',
})
const started = (url: string) => startApp(readConfig(environmentOf(url)), { clock: world.clock, log: createLog('silent'), ...unpaced })
const inWords = /^SLACK_BOT_TOKEN: it is of workspace T\w+, and the database belongs to workspace T0OTHER\. Use the token of that one/

it('is refused at the start and by the doctor, in words', async () => {
  const url = await migratedDatabase()
  const store = await openOn(url, { clock: world.clock })
  await store.tenant.saveSetting('slack-workspace', 'T0OTHER')
  await store.close()
  await expect(started(url)).rejects.toMatchObject({ code: 'config', problems: [expect.stringMatching(inWords)] })
  const findings = await examine(environmentOf(url), world.around)
  expect(findings.filter(({ says }) => inWords.test(says))).toMatchObject([{ area: 'Slack', state: 'to fix' }])
})

it('is not remembered of a first start that ends over an app token of another app', async () => {
  const url = await migratedDatabase()
  const config = readConfig({ ...world.environment, DATABASE_URL: url, SLACK_APP_TOKEN: 'xapp-of-another-app' })
  await expect(startApp(config, { clock: world.clock, log: createLog('silent'), ...unpaced })).rejects.toMatchObject({ code: 'config' })
  const store = await openOn(url, { clock: world.clock })
  expect(await store.tenant.setting('slack-workspace')).toBeUndefined()
  await store.close()
})

it('is told from its own, which the first start remembers', async () => {
  const url = await migratedDatabase()
  await (await started(url)).stop()
  const store = await openOn(url, { clock: world.clock })
  expect(await store.tenant.setting('slack-workspace')).toBe(world.slack.workspace.teamId)
  await store.close()
  await (await started(url)).stop()
})
