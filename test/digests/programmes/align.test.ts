// A programme's subscriptions follow its rule as people join, move and leave; what a reader decided for themselves is left alone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { createAlignment } from '../../../src/digests/programmes/align.ts'
import { wantedOf } from '../../../src/digests/programmes/wanted.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Programme } from '../../../src/domain/programme.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { createLog } from '../../../src/log.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'

const now = new Date('2026-11-25T11:00:00Z')
const person = (id: string, managerId?: string, change: Partial<Person> = {}): Person => ({
  id,
  name: `Person ${id}`,
  emails: [`${id}@acme.test`],
  active: true,
  ...(managerId !== undefined && { managerId }),
  ...change,
})

/** 1 leads 10 and 20, which lead 11, 12 and 21. */
const company = (change: Readonly<Record<string, Person | undefined>> = {}): Person[] => {
  const usual = [person('1'), person('10', '1'), person('20', '1'), person('11', '10'), person('12', '10'), person('21', '20')]
  const kept = usual.map((one) => (Object.hasOwn(change, one.id) ? change[one.id] : one))
  const added = Object.values(change).filter((one) => one && !usual.some(({ id }) => id === one.id))
  return [...kept, ...added].filter((one) => one !== undefined)
}

let store: OpenedStore
beforeAll(async () => {
  store = await usualStore()
})
afterAll(() => store.close())

const unmatched = new Set<string>()
/** As whoever changes a programme: it is stored first. */
async function align(programme: Programme, subscriptions = store.subscriptions): Promise<void> {
  await store.subscriptions.updateProgramme(programme.id, { stage: programme.stage, status: programme.status })
  const aligned = createAlignment({
    company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
    store: { ...store, subscriptions },
    clock: movableClock(now),
    log: createLog('silent'),
    slackUserOf: async (id) => (unmatched.has(id) ? undefined : `U${id}`),
    zoneOf: async (id) => (id === 'U20' ? 'America/New_York' : 'Europe/Berlin'),
  })
  await aligned(programme)
}

/** A programme for everyone of the company as above. */
let programme: Programme
const people = (list: readonly Person[]) => store.people.replaceAll(list, { readAt: now, seenOn: '2026-11-25' })
const setUp = async (change: Partial<Programme> = {}): Promise<Programme> => {
  const made: Programme = {
    id: crypto.randomUUID(),
    kind: 'personal',
    recurrence: { weekdays: [1, 3], time: '09:00', zone: 'Europe/Berlin' },
    stage: 'everyone',
    pilotTeams: [],
    whenEmpty: 'say',
    ownerSlackId: 'UADMIN',
    status: 'active',
    createdAt: now,
    ...change,
  }
  await store.subscriptions.insertProgramme(made)
  await align(made)
  return made
}
const rows = async (of = programme) =>
  (await store.subscriptions.ofProgramme(of.id)).toSorted((a, b) => ((a.subjectId ?? '') < (b.subjectId ?? '') ? -1 : 1))
const active = async (of = programme) => (await rows(of)).filter(({ status }) => status === 'active').map(({ subjectId }) => subjectId)
const rowOf = async (subjectId: string) => {
  const found = (await rows()).find((row) => row.subjectId === subjectId)
  if (!found) throw new Error(`nothing about ${subjectId}`)
  return found
}

beforeEach(async () => {
  unmatched.clear()
  // Setting one up oneself takes a stop back.
  for (const kind of ['personal', 'team', 'manager', 'reminder'] as const)
    for (const slackUserId of await store.subscriptions.optedOut(kind))
      await store.subscriptions.insert(teamDigest({ kind }), { slackUserId, kind, isAsking: true })
  for (const { id } of await store.subscriptions.all()) await store.subscriptions.remove(id)
  await people(company())
  programme = await setUp()
})

describe('a programme of personal digests', () => {
  it('is for those who lead nobody, by direct message, from the next run on; aligned again it changes nothing', async () => {
    const first = await rows()
    expect(first.map(({ subjectId, destination }) => [subjectId, destination])).toEqual([
      ['11', { type: 'dm', slackUserId: 'U11' }],
      ['12', { type: 'dm', slackUserId: 'U12' }],
      ['21', { type: 'dm', slackUserId: 'U21' }],
    ])
    // Wednesday, 25 November, noon: the next of Monday and Wednesday 09:00 in Berlin is Monday, 08:00 UTC.
    expect(first[0]?.nextAt).toEqual(new Date('2026-11-30T08:00:00Z'))
    await align(programme)
    expect(await rows()).toEqual(first)
  })

  it('takes in who joins and who stops leading, lets go who leaves and who begins to lead', async () => {
    await people(company({ '21': person('21', '20', { active: false }), '13': person('13', '10'), '14': person('14', '12') }))
    await align(programme)
    // 12 leads 14 now; 20 leads nobody any more.
    expect(await active()).toEqual(['11', '13', '14', '20'])
    await people(company())
    await align(programme)
    expect(await active()).toEqual(['11', '12', '21'])
  })

  it('of an organization follows people who move in and out of it', async () => {
    const org = await setUp({ kind: 'team', orgOf: '10' })
    expect(await active(org)).toEqual(['10'])
    await people(company({ '20': person('20', '10') }))
    await align(org)
    expect(await active(org)).toEqual(['10', '20'])
    await people(company())
    await align(org)
    expect(await active(org)).toEqual(['10'])
    expect((await rows(org)).find(({ subjectId }) => subjectId === '20')).toMatchObject({ status: 'stopped' })
  })

  it('reaches a person without a Slack match once there is one, and follows to another Slack user', async () => {
    unmatched.add('15')
    await people(company({ '15': person('15', '10') }))
    await align(programme)
    expect(await active()).not.toContain('15')
    unmatched.clear()
    await align(programme)
    expect(await active()).toContain('15')
    await store.subscriptions.update((await rowOf('15')).id, { destination: { type: 'dm', slackUserId: 'UOLD' } })
    await align(programme)
    expect((await rowOf('15')).destination).toEqual({ type: 'dm', slackUserId: 'U15' })
  })

  it('ends where the other Slack user has stopped these', async () => {
    await store.subscriptions.update((await rowOf('11')).id, { destination: { type: 'dm', slackUserId: 'UOLD' } })
    await store.subscriptions.optOut('U11', 'personal', now)
    await align(programme)
    expect(await rowOf('11')).toMatchObject({ status: 'stopped', destination: { type: 'dm', slackUserId: 'U11' } })
  })

  it('ends where the other Slack user gets the same already', async () => {
    const toThem = { destination: { type: 'dm', slackUserId: 'U11' } } as const
    await store.subscriptions.update((await rowOf('11')).id, { destination: { type: 'dm', slackUserId: 'UOLD' } })
    await store.subscriptions.insert(teamDigest({ kind: 'personal', subjectId: '11', ...toThem }))
    await align(programme)
    expect(await rowOf('11')).toMatchObject({ status: 'stopped', ...toThem })
  })

  it('finds each of its digests, also one of another kind and a second one about the same person', async () => {
    const before = await rows()
    const turned = { ...(await rowOf('11')), subjectId: '12' }
    await store.subscriptions.update(turned.id, { subjectId: '12' })
    await store.subscriptions.update((await rowOf('21')).id, { kind: 'team', subjectId: '20' })
    await align(programme)
    expect(await store.subscriptions.find(turned.id)).toMatchObject({ status: 'stopped', destination: turned.destination })
    const reached = (await rows()).filter(({ status }) => status === 'active')
    expect(reached.map(({ kind, subjectId, destination }) => [kind, subjectId, destination])).toEqual(
      before.map(({ kind, subjectId, destination }) => [kind, subjectId, destination]),
    )
    await align({ ...programme, status: 'stopped' })
    expect(await active()).toEqual([])
  })
})

describe("a reader's own decision", () => {
  it('to stop stands, also through leaving and coming back', async () => {
    await store.subscriptions.optOut('U11', 'personal', now)
    await store.subscriptions.update((await rowOf('11')).id, { status: 'stopped', nextAt: null })
    await people(company({ '11': person('11', '10', { active: false }) }))
    await align(programme)
    await people(company())
    await align(programme)
    expect(await active()).toEqual(['12', '21'])
    expect(await active(await setUp())).toEqual([])
  })

  it('to pause it until it is resumed stands through leaving and coming back, whichever way, and more than once', async () => {
    const pausedRow = async () => {
      const { status, nextAt, pausedWhy } = await rowOf('11')
      return { status, nextAt, pausedWhy }
    }
    await store.subscriptions.update((await rowOf('11')).id, { status: 'paused', nextAt: null })
    const paused = { status: 'paused', nextAt: undefined, pausedWhy: undefined }
    for (const out of [
      { ...programme, stage: 'preview' },
      { ...programme, status: 'stopped' },
    ] as const) {
      await align(out)
      await align(out)
      expect(await pausedRow()).toMatchObject({ status: 'stopped', nextAt: undefined })
      await align(programme)
      expect(await pausedRow()).toEqual(paused)
      expect(await active()).toEqual(['12', '21'])
    }
    await people(company({ '11': person('11', '10', { active: false }) }))
    await align(programme)
    await people(company())
    await align(programme)
    expect(await pausedRow()).toEqual(paused)
  })

  it('to stop stands also where it comes while the programme takes them in, or back', async () => {
    const stopping: typeof store.subscriptions = {
      ...store.subscriptions,
      // Asked for at the start: the stops are right behind it.
      async optedOut(kind) {
        const before = await store.subscriptions.optedOut(kind)
        for (const id of ['U11', 'U13']) await store.subscriptions.optOut(id, kind, now)
        return before
      },
    }
    await align({ ...programme, stage: 'preview' })
    await people(company({ '13': person('13', '10') }))
    await align(programme, stopping)
    expect(await rowOf('11')).toMatchObject({ status: 'stopped' })
    expect(await active()).toEqual(['12', '21'])
    await align(programme)
    expect(await active()).toEqual(['12', '21'])
  })

  it('to pause or to stop it stands also where it comes while the programme lets them go', async () => {
    const [one, other] = [await rowOf('11'), await rowOf('12')]
    const deciding: typeof store.subscriptions = {
      ...store.subscriptions,
      async ofProgramme(id) {
        const before = await store.subscriptions.ofProgramme(id)
        await store.subscriptions.update(one.id, { status: 'paused', nextAt: null })
        await store.subscriptions.update(other.id, { status: 'stopped', nextAt: null })
        return before
      },
    }
    await align({ ...programme, stage: 'preview' }, deciding)
    await align(programme)
    expect([(await rowOf('11')).status, (await rowOf('12')).status, (await rowOf('21')).status]).toEqual(['paused', 'stopped', 'active'])
  })

  it('to pause, to move it to a channel, or to another time stands', async () => {
    const [paused, moved, later] = await rows()
    if (!paused || !moved || !later) throw new Error('three are expected')
    const recurrence = { weekdays: [5], time: '15:00', zone: 'Europe/Berlin' } as const
    await store.subscriptions.update(paused.id, { status: 'paused', nextAt: null })
    await store.subscriptions.update(moved.id, { destination: { type: 'channel', channelId: 'C1' } })
    await store.subscriptions.update(later.id, { recurrence, isOwnTime: true })
    const decided = await rows()
    await align(programme)
    expect(await rows()).toEqual(decided)
  })

  it('to have set up the same oneself leaves nothing to add', async () => {
    await store.subscriptions.remove((await rowOf('12')).id)
    await store.subscriptions.insert({
      id: crypto.randomUUID(),
      kind: 'personal',
      subjectId: '12',
      destination: { type: 'dm', slackUserId: 'U12' },
      recurrence: programme.recurrence,
      whenEmpty: 'say',
      skipDates: [],
      showNames: false,
      ownerSlackId: 'U12',
      status: 'active',
      createdAt: now,
    })
    await align(programme)
    expect(await active()).toEqual(['11', '21'])
  })
})

describe('the stage of a programme', () => {
  it('reaches nobody as a preview, the chosen teams as a pilot, and nobody once it is stopped', async () => {
    expect(await rows(await setUp({ kind: 'team', stage: 'preview' }))).toEqual([])
    const pilot = await setUp({ kind: 'team', stage: 'pilot', pilotTeams: ['20'] })
    expect(await active(pilot)).toEqual(['20'])
    await align({ ...pilot, stage: 'everyone' })
    expect(await active(pilot)).toEqual(['1', '10', '20'])
    await align({ ...pilot, status: 'stopped' })
    expect(await active(pilot)).toEqual([])
  })

  it('of reminders gives each manager the first weekday, in their own zone', async () => {
    const reminders = await setUp({ kind: 'reminder' })
    expect(
      (await rows(reminders)).map(({ subjectId, recurrence, whenEmpty }) => [subjectId, recurrence.weekdays, recurrence.zone, whenEmpty]),
    ).toEqual([
      ['1', [1], 'Europe/Berlin', 'skip'],
      ['10', [1], 'Europe/Berlin', 'skip'],
      ['20', [1], 'America/New_York', 'skip'],
    ])
  })
})

describe('every leader of managers', () => {
  it('gets the org digest: whoever leads somebody who leads, and nobody else', () => {
    const rule = { kind: 'org', stage: 'everyone', pilotTeams: [] } as const
    // 10 and 20 lead, and report to 1.
    expect(wantedOf(rule, orgChart(company()))).toEqual([{ subjectId: '1', readerId: '1' }])
    const without = company({ '11': undefined, '12': undefined, '21': undefined })
    expect(wantedOf(rule, orgChart(without))).toEqual([])
    expect(wantedOf({ ...rule, orgOf: '10' }, orgChart(company()))).toEqual([])
  })
})
