// *Stop these* ends every digest of that kind for its reader: those of a programme and those they set up themselves; others' and other kinds
// stay. Over the real service and plain rows.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { DigestServiceDeps } from '../../src/digests/deps.ts'
import { stopDigest } from '../../src/digests/remove-digest.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { viewers } from '../bot/commands/company.ts'
import { teamDigest } from '../kit/team-digest.ts'

const now = new Date('2026-11-23T08:00:00Z')
const reader = viewers.rep.slackUserId
const toRep = { destination: { type: 'dm', slackUserId: reader } } as const

function serviceWith(rows: readonly Subscription[]) {
  const kept = new Map(rows.map((row) => [row.id, row]))
  const optOuts: string[] = []
  const changes: string[] = []
  const deps = {
    clock: movableClock(now),
    store: {
      subscriptions: {
        find: async (id: string) => kept.get(id),
        optOut: async (slackUserId: string, kind: string) => void optOuts.push(`${slackUserId} ${kind}`),
        receivedBy: async (slackUserId: string) =>
          [...kept.values()].filter(({ destination }) => destination.type === 'dm' && destination.slackUserId === slackUserId),
        update: async (id: string, change: Partial<Subscription>) => void kept.set(id, { ...kept.get(id), ...change } as Subscription),
      },
      access: { record: async (entries: readonly { detail: string }[]) => void changes.push(...entries.map(({ detail }) => detail)) },
    },
  } as unknown as DigestServiceDeps
  return { deps, optOuts, changes, statuses: () => Object.fromEntries([...kept.values()].map(({ id, status }) => [id, status])) }
}

const rows = [
  teamDigest({ id: 'of a programme', kind: 'personal', subjectId: '3', programmeId: 'p1', ...toRep }),
  teamDigest({ id: 'own', kind: 'personal', subjectId: '3', ownerSlackId: reader, ...toRep }),
  teamDigest({ id: 'own, paused', kind: 'personal', subjectId: '3', ownerSlackId: reader, status: 'paused', ...toRep }),
  teamDigest({ id: 'another kind', kind: 'team', subjectId: '2', ...toRep }),
  teamDigest({ id: 'in a channel', kind: 'team', subjectId: '2', ownerSlackId: reader }),
  teamDigest({ id: "a colleague's", kind: 'personal', subjectId: '4', destination: { type: 'dm', slackUserId: 'U4' } }),
]

it('ends all of the kind that come to the reader, their own and paused ones included, and nothing else', async () => {
  for (const pressed of ['of a programme', 'own']) {
    const { deps, optOuts, changes, statuses } = serviceWith(rows)
    await stopDigest(viewers.rep, pressed, deps)
    expect(statuses()).toEqual({
      'of a programme': 'stopped',
      own: 'stopped',
      'own, paused': 'stopped',
      'another kind': 'active',
      'in a channel': 'active',
      "a colleague's": 'active',
    })
    expect(optOuts).toEqual([`${reader} personal`])
    expect(changes).toEqual(['digest personal stopped by its reader'])
  }
})

it('is for the reader alone: a colleague, the owner and an admin cannot press it for somebody else', async () => {
  const { deps, statuses } = serviceWith(rows)
  for (const by of [viewers.manager, viewers.admin, viewers.coach]) await expect(stopDigest(by, 'own', deps)).rejects.toThrow()
  await expect(stopDigest(viewers.rep, 'in a channel', deps)).rejects.toThrow()
  await expect(stopDigest(viewers.rep, 'no such id', deps)).rejects.toThrow()
  expect(statuses().own).toBe('active')
})
