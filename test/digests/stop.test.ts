// *Stop these* ends every digest of that kind for its reader: those of a programme and those they set up themselves; others' and other kinds
// stay.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { DigestServiceDeps } from '../../src/digests/deps.ts'
import { stopDigest } from '../../src/digests/remove-digest.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { viewers } from '../bot/commands/company.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const now = new Date('2026-11-23T08:00:00Z')
const reader = viewers.rep.slackUserId
const toRep = { destination: { type: 'dm', slackUserId: reader } } as const

let store: OpenedStore | undefined
afterEach(() => store?.close())

async function serviceWith(rows: readonly Subscription[]) {
  const opened = await usualStore()
  store = opened
  const { subscriptions } = opened
  for (const row of rows) await subscriptions.insert(row)
  const deps = { clock: movableClock(now), store: opened } as unknown as DigestServiceDeps
  const changes = async () => (await opened.access.changes(10)).map(({ detail }) => detail)
  const statuses = async () => Object.fromEntries((await subscriptions.all()).map(({ id, status }) => [id, status]))
  return { deps, changes, statuses, optedOut: async () => [...(await subscriptions.optedOut('personal'))] }
}

const rows = [
  teamDigest({ id: 'of a programme', kind: 'personal', subjectId: '3', programmeId: 'p1', ...toRep }),
  teamDigest({ id: 'own', kind: 'personal', subjectId: '3', ownerSlackId: reader, ...toRep }),
  teamDigest({ id: 'own, paused', kind: 'personal', subjectId: '3', ownerSlackId: reader, status: 'paused', ...toRep }),
  teamDigest({ id: 'another kind', kind: 'team', subjectId: '2', ...toRep }),
  teamDigest({ id: 'in a channel', kind: 'team', subjectId: '2', ownerSlackId: reader }),
  teamDigest({ id: "a colleague's", kind: 'personal', subjectId: '4', destination: { type: 'dm', slackUserId: 'U4' } }),
]

it.each(['of a programme', 'own'])(
  'pressed at the one %s ends all of the kind that come to the reader, paused ones included, and nothing else',
  async (pressed) => {
    const { deps, optedOut, changes, statuses } = await serviceWith(rows)
    await stopDigest(viewers.rep, pressed, deps)
    expect(await statuses()).toEqual({
      'of a programme': 'stopped',
      own: 'stopped',
      'own, paused': 'stopped',
      'another kind': 'active',
      'in a channel': 'active',
      "a colleague's": 'active',
    })
    expect(await optedOut()).toEqual([reader])
    expect(await changes()).toEqual(['digest personal stopped by its reader'])
  },
)

it('is for the reader alone: a colleague, the owner and an admin cannot press it for somebody else', async () => {
  const { deps, statuses } = await serviceWith(rows)
  for (const by of [viewers.manager, viewers.admin, viewers.coach]) await expect(stopDigest(by, 'own', deps)).rejects.toThrow()
  await expect(stopDigest(viewers.rep, 'in a channel', deps)).rejects.toThrow()
  await expect(stopDigest(viewers.rep, 'no such id', deps)).rejects.toThrow()
  expect((await statuses()).own).toBe('active')
})
