// A process that is frozen while it posts, as a paused machine or a closed laptop does: another one takes its digests over, and when it
// wakes it sends nothing that is not its own any more.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryStep } from '../../src/digests/delivery/deps.ts'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { emptyDatabase } from '../kit/database.ts'
import { digestsIn, ended, slackWith, startChild } from './killing.ts'

const digests = 30
const channels = Array.from({ length: digests }, (_, index) => `C${index + 1}`)

describe.skipIf(process.platform === 'win32')('a frozen process', () => {
  for (const freezeAt of ['composed', 'marked-posting'] satisfies DeliveryStep[]) {
    describe(`at "${freezeAt}"`, () => {
      let slack: SimulatedSlack
      beforeAll(async () => {
        slack = await slackWith(digests)
      })
      afterAll(() => slack?.stop())

      it('wakes after another one took over: every digest is there exactly once', async () => {
        const common = {
          databaseUrl: await emptyDatabase(),
          dataDir: 'memory://',
          slack: { apiUrl: slack.apiUrl, botToken: slack.botToken },
        }
        const sleeper = startChild({ ...common, fill: true, due: channels, freezeAt })
        const frozen = Promise.withResolvers<void>()
        sleeper.on('message', (message) => message === 'frozen' && frozen.resolve())
        await frozen.promise
        // Whatever it held or had marked is taken over, looked for and posted.
        expect(await ended(startChild({ ...common, untilSettled: true }))).toBe(0)
        sleeper.kill('SIGCONT')
        // It goes on with what it had in hand, and finds nothing left to do.
        const last = startChild({ ...common, untilSettled: true })
        expect(await ended(last)).toBe(0)
        sleeper.kill('SIGTERM')
        expect(await ended(sleeper)).toBe(0)
        expect(channels.map((channelId) => [channelId, digestsIn(slack, channelId)]).filter(([, count]) => count !== 1)).toEqual([])
      })
    })
  }
})
