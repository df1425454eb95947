// A correction builds the digest twice: once to find what changed, once with the remark that says so. Rights, readers or names that change in
// between hold for the second: nothing is edited into the message that may not be read there any more.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { type CorrectionDeps, correctDigest, type Rebuilt } from '../../src/digests/correct-digests.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import { line } from '../../src/render/text/text.ts'
import { bodyOf, madeFor, writeBody } from '../../src/reports/delivery-body.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { teamDigest } from '../kit/team-digest.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const inChannel = teamDigest({ showNames: true })
const toReader = teamDigest({ kind: 'manager', destination: { type: 'dm', slackUserId: 'U100' } })

const members = [['100', '101', '102']]
const built = (calls: number, shows: readonly string[], detail: 'by-name' | 'medians' = 'by-name'): Rebuilt => ({
  message: { summary: 'A digest', parts: [{ type: 'text', line: line(`${calls} calls of ${shows.join(' and ')}`) }] },
  shows,
  mentions: shows,
  figures: { calls },
  detail,
  members,
  readers: undefined,
})

/** A digest that was posted with 6 calls of Ana and Ben; `answers`: what each further building gives. */
async function corrected(
  subscription: Subscription,
  when: 'once-a-day' | 'at-once',
  ...answers: readonly (Rebuilt | 'later' | undefined)[]
) {
  const updates: string[] = []
  const recorded: string[] = []
  const builds = [...answers]
  const before = built(6, ['ana', 'ben'])
  const delivery: Delivery = {
    id: 'd1',
    subscriptionId: subscription.id,
    occurrence: '2026-11-23T09:00[Europe/Berlin]',
    dueAt: monday,
    status: 'sent',
    attempts: 1,
    looks: 0,
    channelId: 'C1',
    messageTs: '1.1',
    sentAt: monday,
    body: writeBody({ ...bodyOf({ ...before, figures: { calls: 6 } }), members, madeFor: madeFor(subscription), detail: 'by-name' }),
    createdAt: monday,
  }
  const deps: Parameters<typeof correctDigest>[2] = {
    deliveries: { history: async () => [], update: async () => undefined },
    subscriptions: { find: async () => subscription },
    poster: {
      async update({ channelId, messageTs, payload }) {
        updates.push(JSON.stringify(payload.blocks))
        return { type: 'posted', channelId, messageTs }
      },
    },
    render: renderForSlack(),
    clock: movableClock(new Date('2026-11-24T13:05:00Z')),
    log: keptLog().log,
    rebuild: (async () => builds.shift()) as CorrectionDeps['rebuild'],
    asAnswered: async (_delivery, message) => message,
    async recordSent(_subscription, _delivery, { shows }) {
      recorded.push(...shows)
    },
    timeInWords: () => 'Tue 14:05',
  }
  return { outcome: await correctDigest(delivery, when, deps), updates, recorded, buildsLeft: builds.length }
}

const newer = built(9, ['ana', 'ben'])

for (const when of ['once-a-day', 'at-once'] as const) {
  it.each([
    ['its reader lost the right', toReader, undefined, 'other-rights'],
    ['the channel was closed', inChannel, undefined, 'other-rights'],
    ['Slack cannot be asked who reads it', inChannel, 'later', 'later'],
    ['a figure is withheld there', inChannel, { ...newer, figures: {} }, 'later'],
    ['figures that came meanwhile change it further', toReader, built(10, ['ana', 'ben']), 'later'],
    ['nobody may be named there any more', inChannel, built(9, [], 'medians'), 'other-rights'],
    ['somebody leaves', inChannel, { ...newer, members: [['100', '101']] }, 'other-people'],
    ['somebody else is named', inChannel, built(9, ['ana', 'ben', 'cleo']), 'other-rights'],
  ] as const)(`${when}: nothing is changed or recorded where %s in between`, async (_what, subscription, second, outcome) => {
    const { updates, recorded, ...result } = await corrected(subscription, when, newer, second)
    expect([result.outcome, updates, recorded, result.buildsLeft]).toEqual([outcome, [], [], 0])
  })

  it(`${when}: it is corrected, and who it shows recorded, where both times the same may be shown`, async () => {
    const { outcome, updates, recorded } = await corrected(inChannel, when, newer, newer)
    expect([outcome, updates.length, recorded]).toEqual(['corrected', 1, ['ana', 'ben']])
  })
}
