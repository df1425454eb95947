// One row the database refuses never stops the others. The rows come here unclean on purpose, past the edge that cleans them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { memoryStore } from '../kit/store.ts'

const readAt = new Date('2026-11-25T10:00:00Z')
const period = { from: '2026-11-16', to: '2026-11-23' }
const nul = 'Bea\0trix'

let store: OpenedStore
beforeAll(async () => {
  store = await memoryStore()
})
afterAll(() => store.close())

const person = (id: number, name: string): Person => ({ id: String(id), name, emails: [], active: true })

describe('a record the store refuses', () => {
  it('is set aside and named while 599 other people are replaced', async () => {
    const people = Array.from({ length: 600 }, (_, at) => person(at + 1, `Person ${at + 1}`))
    expect(await store.people.replaceAll(people, { readAt, seenOn: '2026-11-24' })).toEqual([])

    const renamed = people.map(({ id }) => person(Number(id), id === '417' ? nul : `New ${id}`))
    expect(await store.people.replaceAll(renamed, { readAt, seenOn: '2026-11-25' })).toEqual(['417'])

    const chart = await store.people.chart()
    expect(chart.active).toHaveLength(600)
    // The one at fault keeps what was known of them; nobody counts as having left.
    expect(chart.people.get('417')).toMatchObject({ name: 'Person 417', active: true })
    expect(chart.people.get('418')?.name).toBe('New 418')
  })

  it('keeps the last row of a Slack member, and drops who is no longer listed', async () => {
    const member = (slackUserId: string, name: string): SlackMember => ({
      slackUserId,
      name,
      isBot: false,
      isGuest: false,
      isOutside: false,
      isSlackAdmin: false,
      deleted: false,
    })
    await store.directory.replaceAll([member('U1', 'Ana'), member('U2', 'Ben'), member('U3', 'Cem')], readAt)
    expect(await store.directory.replaceAll([member('U1', 'Ana Ruiz'), member('U2', nul)], readAt)).toEqual(['U2'])
    const names = (await store.directory.all()).map(({ name }) => name).toSorted()
    expect(names).toEqual(['Ana Ruiz', 'Ben'])
  })

  it('is counted in the answer as set aside, for the person it is about', async () => {
    const answer = { quarantined: 0, quarantinedIds: [], readAt, final: false }
    const rows = [
      { personId: '1', talkShare: 0.5 },
      { personId: '2', talkShare: 'much' as unknown as number },
    ]
    expect(await store.windows.replace('interaction', period, { ...answer, rows })).toEqual(['2'])
    const read = await store.windows.read('interaction', period, ['1', '2'])
    expect([...read.rows]).toEqual([['1', rows[0]]])
    expect([...read.quarantinedPeople]).toEqual(['2'])
    expect((await store.windows.state('interaction', period, 'all'))?.rows).toBe(1)
  })

  it('does not stop the other scorecards of a range', async () => {
    const card = (id: string, reviewedId: string, name: string) => ({
      id,
      callId: '1',
      scorecardId: '2',
      scorecardName: name,
      reviewedId,
      answeredAt: new Date('2026-11-17T10:00:00Z'),
      method: 'human' as const,
      visibility: 'public' as const,
      questions: [],
    })
    const range = { period, scope: 'all' as const, readAt, final: false, quarantined: 0, quarantinedIds: [] }
    expect(await store.records.keepScorecards(range, [card('a', '11', 'Demo'), card('b', '12', nul), card('c', '13', 'Demo')])).toEqual([
      '12',
    ])
    const read = await store.records.readScorecards(period, { reviewedIds: ['11', '12', '13'] })
    expect(read.records.map(({ id }) => id)).toEqual(['a', 'c'])
    expect([...read.quarantinedPeople]).toEqual(['12'])
    expect(read.quarantined).toBe(1)
  })
})
