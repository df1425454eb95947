// A form whose process died over it, after it had its effect and before that was written down: submitted again it changes nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import { submittedOnce } from '../../src/slack/receive/once.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../kit/delivery-world.ts'
import { digestsWorld } from './digests-world.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
let realTime: ReturnType<typeof movableClock>
beforeEach(async () => {
  realTime = movableClock(new Date('2026-11-25T09:00:00Z'))
  ;({ store, world } = await digestsWorld(clock, { storeOptions: { realTime } }))
})
afterEach(() => store.close())

const [person] = smallCompany().people
const manager = { slackUserId: 'U100', isAdmin: true, grants: [], zone, standing: 'member', ...(person && { person }) } as Viewer
const every = { weekdays: [1 as const], time: '09:00', zone }
const press = { slackUserId: 'U100', viewId: 'V1', viewHash: 'h1' }

/** Carried out by a process that then dies: the form stays claimed, and half a minute later anybody may claim it. */
async function diesAfter(effect: (submission: string) => Promise<unknown>, facts = press): Promise<void> {
  const key = `${facts.slackUserId} ${facts.viewId} ${facts.viewHash}`
  expect(await store.submissions.claim(key)).toBe('mine')
  await effect(key)
  realTime.moveTo(new Date(realTime.now().getTime() + 31_000))
}
const submit = (effect: (submission: string) => Promise<unknown>, facts = press) =>
  submittedOnce(facts, store.submissions, async () => {
    await effect(`${facts.slackUserId} ${facts.viewId} ${facts.viewHash}`)
    return { type: 'done' }
  })

describe('a new digest', () => {
  const draft = {
    kind: 'personal' as const,
    subjectId: '100',
    destination: { type: 'dm' as const, slackUserId: 'U100' },
    recurrence: every,
    whenEmpty: 'say' as const,
    skipDates: [],
    showNames: false,
  }
  const create = (submission: string) => world.digests.create(manager, draft, submission)

  it('is set up once', async () => {
    await diesAfter(create)
    expect(await submit(create)).toEqual({ type: 'done' })
    expect(await store.subscriptions.all()).toHaveLength(1)
  })

  it('whose process died before it did anything is not lost', async () => {
    await diesAfter(async () => undefined)
    await submit(create)
    expect(await store.subscriptions.all()).toHaveLength(1)
  })

  it('is no second one to the form that has set it up, and is to any other', async () => {
    const key = `${press.slackUserId} ${press.viewId} ${press.viewHash}`
    await diesAfter(create)
    expect(await world.digests.duplicateOf(manager, draft, { submission: key })).toBeUndefined()
    expect(await world.digests.duplicateOf(manager, draft, { submission: 'another form' })).toMatchObject({ mayChange: true })
  })

  it('that somebody asks for in another form is another digest', async () => {
    const extra = (submission: string) => world.digests.create(manager, { ...draft, isExtra: true }, submission)
    await submit(create)
    await submit(extra, { ...press, viewId: 'V2' })
    expect(await store.subscriptions.all()).toHaveLength(2)
  })
})

it('one form sets up a programme of each kind that was ticked', async () => {
  const draft = { recurrence: every, whenEmpty: 'say' as const, stage: 'everyone' as const, pilotTeams: [] }
  await submit(async (submission) => {
    for (const kind of ['manager', 'personal', 'reminder'] as const)
      await world.digests.createProgramme(manager, { ...draft, kind }, submission)
  })
  expect((await store.subscriptions.programmes()).map(({ kind }) => kind).toSorted()).toEqual(['manager', 'personal', 'reminder'])
})

it('a new programme is switched on once, and what the first process left undone is done', async () => {
  const draft = { kind: 'team' as const, recurrence: every, whenEmpty: 'say' as const, stage: 'everyone' as const, pilotTeams: [] }
  const create = (submission: string) => world.digests.createProgramme(manager, draft, submission)
  await diesAfter(create)
  const set = await store.subscriptions.all()
  await store.subscriptions.remove(set[0]?.id ?? '')
  await submit(create)
  expect(await store.subscriptions.programmes()).toHaveLength(1)
  expect(await store.subscriptions.all()).toHaveLength(set.length)
})
