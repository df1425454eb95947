// Three processes on one Postgres: they start together on an empty database, share the digests due in one minute, one of them is killed
// in the middle and another takes its place. Their machines' clocks are apart, and connections to the database are ended all the while.
// As many messages as digests, no more and no less; three hundred in test:full.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { sizeOf } from '../kit/cases.ts'
import { emptyDatabase } from '../kit/database.ts'
import { endConnections } from './ended-connections.ts'
import { digestsIn, ended, ready, slackWith, startChild } from './killing.ts'

const digests = sizeOf({ usual: 80, whole: 300 })
const channels = Array.from({ length: digests }, (_, index) => `C${index + 1}`)

describe('three replicas on one Postgres', () => {
  let slack: SimulatedSlack
  beforeAll(async () => {
    slack = await slackWith(digests)
  })
  afterAll(async () => {
    await slack?.stop()
  })

  it(`post each of ${digests} digests exactly once, though one is killed, clocks are apart and connections are ended`, async () => {
    const common = {
      databaseUrl: await emptyDatabase(),
      dataDir: 'memory://',
      slack: { apiUrl: slack.apiUrl, botToken: slack.botToken },
    }
    const posted = () => channels.reduce((sum, channelId) => sum + digestsIn(slack, channelId), 0)
    const first = startChild({ ...common, fill: true, due: channels })
    const second = startChild({ ...common, aheadMs: 15_000 })
    const third = startChild({ ...common, aheadMs: -15_000 })
    await Promise.all([first, second, third].map(ready))
    const faults = await endConnections(common.databaseUrl, sizeOf({ usual: 500, whole: 2000 }))
    try {
      await slack.until(() => posted() >= digests / 5)
      second.kill('SIGKILL')
      expect(await ended(second)).toBe('SIGKILL')
      const before = posted()
      expect(before).toBeLessThan(digests)
      // A start whose connection is ended ends too, and is begun again by whoever supervises it.
      await expect.poll(() => ended(startChild({ ...common, untilSettled: true }))).toBe(0)
      expect(faults.count()).toBeGreaterThan(0)
      expect(channels.filter((channelId) => digestsIn(slack, channelId) !== 1)).toEqual([])
    } finally {
      await faults.stop()
      for (const process of [first, third]) process.kill('SIGTERM')
      expect(await Promise.all([ended(first), ended(third)])).toEqual([0, 0])
    }
  })
})
