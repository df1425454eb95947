// A process that is asked to stop in the middle of its deliveries: it ends by itself, holds nothing any more, and the next one goes on where
// it stopped.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { emptyDatabase } from '../kit/database.ts'
import { openOn } from '../kit/store.ts'
import { digestsIn, ended, slackWith, startChild } from './killing.ts'

const digests = 120
const channels = Array.from({ length: digests }, (_, index) => `C${index + 1}`)
let slack: SimulatedSlack
beforeAll(async () => {
  slack = await slackWith(digests)
})
afterAll(async () => {
  await slack?.stop()
})

it('hands back what it has not finished, and loses and repeats nothing', async () => {
  const databaseUrl = await emptyDatabase()
  const common = { databaseUrl, dataDir: 'memory://', slack: { apiUrl: slack.apiUrl, botToken: slack.botToken } }
  const posted = () => channels.reduce((sum, channelId) => sum + digestsIn(slack, channelId), 0)

  const first = startChild({ ...common, fill: true, due: channels })
  await slack.until(() => posted() >= digests / 4)
  first.kill('SIGTERM')
  expect(await ended(first)).toBe(0)

  const store = await openOn(databaseUrl)
  const left = await store.deliveries.byStatus('reserved', digests)
  expect(left.length).toBeGreaterThan(0)
  expect(left.filter(({ leaseUntil }) => leaseUntil !== undefined)).toEqual([])
  expect(await store.deliveries.byStatus('posting', digests)).toEqual([])
  await store.close()

  expect(await ended(startChild({ ...common, untilSettled: true }))).toBe(0)
  expect(channels.filter((channelId) => digestsIn(slack, channelId) !== 1)).toEqual([])
})
