// People, corrections, the directory, and forgetting.
import { expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { anyCard } from './any-card.ts'
import { noon, onBothBackends } from './backends.ts'

const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: `P${id}`,
  emails: [`p${id}@acme.example`],
  active: true,
  ...more,
})
const read = { readAt: noon, seenOn: '2026-11-25' }
const week = { from: '2026-11-16', to: '2026-11-23' }

onBothBackends((backend) => {
  it('keeps people as Gong gives them; who is missing from a whole reading becomes inactive', async () => {
    const store = await backend.open()
    const boss = person('1', { title: 'VP', since: '2024-01-02' })
    await store.people.replaceAll([boss, person('2', { managerId: '1' })], read)
    expect((await store.people.chart()).people.get('1')).toEqual(boss)
    await store.people.replaceAll([boss], read)
    const chart = await store.people.chart()
    expect(chart.people.get('2')?.active).toBe(false)
    expect(chart.team('1')).toEqual([])
    expect(await store.people.readAt()).toEqual(noon)
  })

  it('dates newcomers, but nobody on the very first reading', async () => {
    const store = await backend.open()
    await store.people.replaceAll([person('1')], { ...read, seenOn: '2026-11-01' })
    await store.people.replaceAll([person('1'), person('2'), person('3', { since: '2026-11-20' })], read)
    const { people } = await store.people.chart()
    expect(['1', '2', '3'].map((id) => people.get(id)?.since)).toEqual([undefined, '2026-11-25', '2026-11-20'])
  })

  it('lays corrections over what Gong says, through refreshes, until they are taken back', async () => {
    const store = await backend.open()
    const everybody = [person('1'), person('2'), person('3', { managerId: '1', slackUserId: 'UFILE' })]
    await store.people.replaceAll(everybody, read)
    await store.people.move('3', '2')
    await store.people.link('3', 'UADMIN')
    await store.people.replaceAll(everybody, read)
    expect((await store.people.chart()).people.get('3')).toMatchObject({ managerId: '2', slackUserId: 'UADMIN' })
    await store.people.move('3', null)
    await store.people.link('3', null)
    expect((await store.people.chart()).people.get('3')).toMatchObject(everybody[2] ?? {})
  })

  it('links a Slack user to one person: the link made last ends the others, whoever made them', async () => {
    const store = await backend.open()
    await store.people.replaceAll([person('1'), person('2'), person('3', { slackUserId: 'U1' }), person('4', { slackUserId: 'U4' })], read)
    const linked = async () => [...(await store.people.chart()).people.values()].map(({ id, slackUserId }) => `${id} ${slackUserId ?? '-'}`)
    // The people's file says 3; an admin knows better, first wrongly.
    expect(await store.people.link('1', 'U1')).toEqual({ ended: ['3'], again: [] })
    expect(await linked()).toEqual(['1 U1', '2 -', '3 -', '4 U4'])
    await store.people.move('1', '4')
    expect(await store.people.link('2', 'U1')).toEqual({ ended: ['1'], again: [] })
    expect(await store.people.link('2', 'U1')).toEqual({ ended: [], again: [] })
    expect(await linked()).toEqual(['1 -', '2 U1', '3 -', '4 U4'])
    expect((await store.people.chart()).people.get('1')?.managerId).toBe('4')
    expect(await store.people.links()).toEqual(new Map([['2', 'U1']]))
    // Somebody with a Slack user in the file gets another one, which says nothing of the first.
    expect(await store.people.link('4', 'U5')).toEqual({ ended: [], again: [] })
    expect(await store.people.link('4', null)).toEqual({ ended: [], again: [{ personId: '4', slackUserId: 'U4' }] })
    expect(await store.people.link('2', null)).toEqual({ ended: [], again: [{ personId: '3', slackUserId: 'U1' }] })
    expect(await linked()).toEqual(['1 -', '2 -', '3 U1', '4 U4'])
    expect(await store.people.links()).toEqual(new Map())
    // An admin linked 3 to another one: what the file says of 3 does not end. Once that one is somebody else's, it holds again.
    await store.people.link('3', 'U9')
    expect(await store.people.link('2', 'U1')).toEqual({ ended: [], again: [] })
    expect(await store.people.link('2', 'U9')).toEqual({ ended: ['3'], again: [{ personId: '3', slackUserId: 'U1' }] })
    expect(await linked()).toEqual(['1 -', '2 U9', '3 U1', '4 U4'])
  })

  it('keeps where people were for the weeks before they moved, left or came', async () => {
    const store = await backend.open()
    const three = [person('1'), person('2'), person('3', { managerId: '1' }), person('4', { managerId: '1' })]
    await store.people.replaceAll(three, { ...read, seenOn: '2026-11-01' })
    // 3 moves to 2's team on the 10th, 4 leaves on the 17th, 5 comes to 1's team on the 24th.
    const moved = [person('1'), person('2'), person('3', { managerId: '2' })]
    await store.people.replaceAll([...moved, person('4', { managerId: '1' })], { ...read, seenOn: '2026-11-10' })
    await store.people.replaceAll(moved, { ...read, seenOn: '2026-11-17' })
    await store.people.replaceAll([...moved, person('5', { managerId: '1' })], { ...read, seenOn: '2026-11-24' })
    const chart = await store.people.chart()
    const teams = (date: string) =>
      ['1', '2'].map((id) =>
        chart
          .asOf(date)
          .team(id)
          .map((member) => member.id),
      )
    expect(teams('2026-11-09')).toEqual([['3', '4'], []])
    // A week that had ended on the day of the change was shown with those of before.
    expect(teams('2026-11-10')).toEqual([['3', '4'], []])
    expect(teams('2026-11-16')).toEqual([['4'], ['3']])
    expect(teams('2026-11-23')).toEqual([[], ['3']])
    expect(teams('2026-11-30')).toEqual([['5'], ['3']])
    expect(chart.asOf('2026-11-30')).toBe(chart)
    // Of two moves on one day the first place counts.
    await store.people.move('3', '1')
    await store.people.move('3', null)
    await store.people.move('3', '1')
    const after = await store.people.chart()
    expect(
      after
        .asOf('2026-11-25')
        .team('2')
        .map(({ id }) => id),
    ).toEqual(['3'])
    expect(after.team('1').map(({ id }) => id)).toEqual(['3', '5'])
    // The leads between are kept too, each once: they saw figures.
    const places = after.people.get('3')?.pastPlaces?.map(({ managerId }) => managerId)
    expect(places).toEqual(['1', '2', '1'])
    expect((await store.people.forget('3', 'a key')).rows).toMatchObject({ people: 1, past_places: 3 })
  })

  it('builds the chart once until people change', async () => {
    const store = await backend.open()
    await store.people.replaceAll([person('1')], read)
    const first = await store.people.chart()
    expect(await store.reads.chart()).toBe(first)
    await store.people.link('1', 'U1')
    expect(await store.people.chart()).not.toBe(first)
  })

  it('forgets a person everywhere, and no later reading brings them back', async () => {
    const store = await backend.open()
    const everybody = [person('1'), person('2', { managerId: '1' })]
    const answer = { quarantinedIds: ['2'], quarantined: 1, readAt: noon, final: false }
    const range = { period: week, scope: 'all' as const, readAt: noon, final: false, quarantined: 0, quarantinedIds: [] }
    const fill = async () => {
      await store.people.replaceAll(everybody, read)
      const rows = [{ personId: '2' }, { personId: '1' }]
      await store.windows.replace('interaction', week, { ...answer, rows })
      await store.windows.replaceFor('activity', week, ['2'], { ...answer, rows })
      await store.windows.replace('coaching', week, { ...answer, rows: [{ managerId: '1', reportId: '2', callsListenedTo: 1 }] })
      await store.records.keepDailyActivity(range, [{ personId: '2', date: '2026-11-17', callsAsHost: 1 }])
      await store.records.keepScorecards(range, [anyCard('k/2', '2', '1'), anyCard('k/1/2', '1', '2')])
    }
    await fill()
    await store.access.record([{ at: noon, what: 'view', bySlackId: 'U1', personId: '2', detail: '/gong-stats' }])
    const { rows: counts } = await store.people.forget('2', 'a key')
    expect(counts).toMatchObject({ people: 1, interaction_rows: 1, coaching_rows: 1, daily_activity: 1, access_log: 1 })
    const traces = async () => ({
      person: (await store.people.chart()).people.has('2'),
      interaction: (await store.reads.interaction(week, ['2'])).rows.size,
      activity: (await store.reads.activity(week, ['2'])).rows.size,
      quarantined: (await store.reads.interaction(week, ['2'])).quarantinedPeople.size,
      coaching: (await store.reads.coaching(week, ['1'])).rows.size,
      days: (await store.reads.dailyActivity(week, ['2'])).records.length,
      reviewed: (await store.reads.scorecards(week, { reviewedIds: ['2'] })).records.length,
      reviewing: (await store.reads.scorecards(week, { reviewerIds: ['2'] })).records.length,
      seen: (await store.access.seenBy(['2'], { limit: 10 })).total,
    })
    const nothing = { person: false, interaction: 0, activity: 0, quarantined: 0, coaching: 0, days: 0, reviewed: 0, reviewing: 0, seen: 0 }
    expect(await traces()).toEqual(nothing)
    await fill()
    expect(await traces()).toEqual(nothing)
    // The card they answered stays with the colleague it is about.
    expect((await store.reads.scorecards(week, { reviewedIds: ['1'] })).records).toHaveLength(1)
    expect((await store.reads.interaction(week, ['1'])).rows.size).toBe(1)
  })

  it('finds a Slack member by id and by e-mail, and neither of two with one address', async () => {
    const store = await backend.open()
    const member = {
      slackUserId: 'U1',
      name: 'Ada',
      email: 'Ada@Acme.example',
      isBot: false,
      isGuest: false,
      isOutside: false,
      isSlackAdmin: true,
      deleted: false,
    }
    const twin = { ...member, slackUserId: 'U2', email: 'twin@acme.example' }
    await store.directory.replaceAll([member, twin, { ...twin, slackUserId: 'U3' }], noon)
    expect(await store.directory.find('U1')).toEqual({ ...member, email: 'ada@acme.example', learnedAtMs: noon.getTime() })
    expect((await store.directory.findByEmail('ADA@acme.example'))?.slackUserId).toBe('U1')
    expect(await store.directory.findByEmail('twin@acme.example')).toBeUndefined()
    expect([...(await store.directory.findMany(['U3', 'U9'])).keys()]).toEqual(['U3'])
    expect(await store.directory.readAt()).toEqual(noon)
    await store.directory.upsert({ ...twin, deleted: true })
    expect((await store.directory.findByEmail('twin@acme.example'))?.slackUserId).toBe('U3')
    await store.directory.replaceAll([member], noon)
    expect(await store.directory.all()).toHaveLength(1)
  })
})
