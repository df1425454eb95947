// The policy of digests, cell by cell: who may order a digest about whom, into a channel, to oneself or to somebody else, and who may
// change it afterwards. Held against the same table as the commands.
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { type CheckDeps, checkDraft } from '../../src/digests/check-draft.ts'
import { mayChange, mayRead } from '../../src/digests/rights.ts'
import type { DigestDraft } from '../../src/digests/service.ts'
import type { Subject, Viewer } from '../../src/domain/policy.ts'
import type { Destination, Subscription } from '../../src/domain/subscription.ts'
import { chart, viewers } from '../bot/commands/company.ts'
import { cells } from '../bot/commands/policy-table.ts'

const today = '2026-11-23'
const channel: Destination = { type: 'channel', channelId: 'C1' }
const toUser = (slackUserId: string): Destination => ({ type: 'dm', slackUserId })

/** A digest is about a person, a team or the company; an org has none of its own. */
const about = (subject: Subject): Pick<DigestDraft, 'kind' | 'subjectId'> | undefined => {
  if (subject.type === 'person') return { kind: 'personal', subjectId: subject.personId }
  if (subject.type === 'team') return { kind: 'team', subjectId: subject.managerId }
  return subject.type === 'company' ? { kind: 'company' } : undefined
}

const draftOf = (subject: Subject, destination: Destination): DigestDraft | undefined => {
  const of = about(subject)
  return (
    of && {
      ...of,
      destination,
      recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
      whenEmpty: 'say',
      skipDates: [],
      showNames: false,
    }
  )
}

const outcome = async (by: Viewer, draft: DigestDraft): Promise<string> => {
  const verdict = await checkDraft(by, draft, {
    store: {
      people: { chart: async () => chart },
      subscriptions: { optedOut: async () => new Set<string>() },
    } as unknown as CheckDeps['store'],
    clock: movableClock(new Date(`${today}T08:00:00Z`)),
    company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
    gate: { check: async () => ({ type: 'open', channelName: 'sales', isPrivate: false, people: [] }) },
    namesInChannels: 'ask',
    botName: 'gong-digest',
    viewerOf: async (slackUserId) => Object.values(viewers).find((known) => known.slackUserId === slackUserId) ?? viewers.outsider,
  })
  return verdict.ok ? 'ok' : verdict.field
}

const digests = cells.filter(({ subject }) => about(subject) !== undefined)
const verdictOfRep = new Map(digests.filter(({ role }) => role === 'rep').map(({ typed, verdict }) => [typed, verdict]))

it('has a cell for every role and every subject of a digest', () => {
  // 14 roles; 7 people, 3 teams and the company.
  expect(digests).toHaveLength(14 * 11)
})

describe.each(digests)('$role orders a digest about $typed: $verdict', ({ by, verdict, typed, subject }) => {
  it('to themselves: as they may see it', async () => {
    const draft = draftOf(subject, toUser(by.slackUserId))
    expect(draft && (await outcome(by, draft))).toBe(verdict === '-' ? 'about' : 'ok')
  })

  it('to a rep: only what the rep may see too', async () => {
    const draft = draftOf(subject, toUser(viewers.rep.slackUserId))
    const expected = verdict === '-' ? 'about' : verdictOfRep.get(typed) === '-' ? 'where' : 'ok'
    expect(draft && (await outcome(by, draft))).toBe(expected)
  })

  it('to a channel: no person, and a group only by who may see it by name', async () => {
    const draft = draftOf(subject, channel)
    const expected = verdict === '-' ? 'about' : subject.type !== 'person' && verdict === 'N' ? 'ok' : 'where'
    expect(draft && (await outcome(by, draft))).toBe(expected)
  })

  it('and changes it while they may see it: their own, or one that reaches them; an admin any', () => {
    const draft = draftOf(subject, channel)
    if (!draft) throw new Error('no digest about that')
    const subscription = (ownerSlackId: string, destination: Destination): Subscription => ({
      ...draft,
      destination,
      id: 'one',
      ownerSlackId,
      status: 'active',
      createdAt: new Date('2026-11-01T09:00:00Z'),
    })
    const sees = verdict !== '-'
    const may = (of: Subscription) => mayChange(by, of, chart, today)
    expect(may(subscription(by.slackUserId, channel))).toBe(sees)
    expect(may(subscription('U50', toUser(by.slackUserId)))).toBe(sees)
    expect(may(subscription('U50', channel))).toBe(by.isAdmin)
    expect(mayRead(by, subscription('U50', channel), chart, today)).toBe(by.isAdmin)
  })
})
