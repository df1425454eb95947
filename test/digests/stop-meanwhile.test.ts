// A reader's stop that comes while somebody changes, creates or moves a digest, right before it is written, stands; who pressed is told.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { changeDigest } from '../../src/digests/change-digest.ts'
import { stopStands } from '../../src/digests/check-draft.ts'
import { createDigest } from '../../src/digests/create-digest.ts'
import type { DigestServiceDeps } from '../../src/digests/deps.ts'
import { pauseDigest, resumeDigest } from '../../src/digests/pause-digest.ts'
import { stopDigest } from '../../src/digests/remove-digest.ts'
import { postAgain, takeOverDigest } from '../../src/digests/send-digest.ts'
import type { DigestDraft } from '../../src/digests/service.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, smallCompany } from '../kit/delivery-world.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const now = new Date('2026-11-23T12:00:00Z')
const company = smallCompany()
const viewerOf = (id: string, isAdmin = false): Viewer => ({
  slackUserId: `U${id}`,
  person: company.people.find((one) => one.id === id),
  standing: 'member',
  isAdmin,
  grants: [],
})
const owner = viewerOf('100')
const reader = viewerOf('101')
const toReader = { type: 'dm', slackUserId: reader.slackUserId } as const

let store: OpenedStore | undefined
afterEach(() => store?.close())

/** Right before the first write of a digest, its reader stops it. */
async function stoppedMeanwhile(change: Parameters<typeof teamDigest>[0], stops = true) {
  const clock = movableClock(now)
  const opened = await usualStore({ clock })
  store = opened
  await fillCompany(opened, now, company)
  const digest = teamDigest({ ownerSlackId: owner.slackUserId, destination: toReader, ...change })
  const delivery = { id: 'row', subscriptionId: digest.id, occurrence: '2026-11-23T09:00[Europe/Berlin]', dueAt: now, createdAt: now }
  await opened.subscriptions.insert(digest)
  await opened.deliveries.reserve(delivery, {})
  await opened.deliveries.update(delivery.id, { status: 'held' })
  const deps = {
    store: opened,
    clock,
    company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
    nameOf: async (id: string) => id,
    viewerOf: async (id: string) => viewerOf(id.slice(1)),
    wake: async () => undefined,
    nudge: () => undefined,
  } as unknown as DigestServiceDeps
  let left = stops ? 1 : 0
  const subscriptions = new Proxy(opened.subscriptions, {
    get: (target, name) => {
      const method = Reflect.get(target, name)
      if (typeof name !== 'string' || !/^(update|insert|start)/.test(name)) return method
      return async (...given: unknown[]) => {
        if (left-- > 0) await stopDigest(reader, digest.id, deps)
        return method(...given)
      }
    },
  })
  const recorded: OpenedStore['recorded'] = async (...given) => {
    if (left-- > 0) await stopDigest(reader, digest.id, deps)
    return opened.recorded(...given)
  }
  return { digest, store: opened, deps: { ...deps, store: { ...opened, subscriptions, recorded } } as unknown as DigestServiceDeps }
}

const atTen = (): DigestDraft => {
  const { kind, subjectId, whenEmpty, skipDates, showNames, recurrence } = teamDigest()
  return { kind, subjectId, whenEmpty, skipDates, showNames, destination: toReader, recurrence: { ...recurrence, time: '10:00' } }
}

const presses = [
  ['a pause until a day', {}, (id, deps) => pauseDigest(owner, id, '2026-12-01', deps)],
  ['a pause until somebody resumes it', {}, (id, deps) => pauseDigest(owner, id, undefined, deps)],
  ['a change', {}, (id, deps) => changeDigest(owner, id, atTen(), deps)],
  ['resuming', { status: 'paused' }, (id, deps) => resumeDigest(owner, id, deps)],
  ['posting again what paused it', { status: 'paused', pausedWhy: 'user_not_found' }, (_, deps) => postAgain(owner, 'row', deps)],
  ['taking it over', { ownerSlackId: 'UOWNER' }, (_, deps) => takeOverDigest(viewerOf('100', true), 'row', deps)],
] satisfies readonly (readonly [string, Partial<Subscription>, (id: string, deps: DigestServiceDeps) => Promise<unknown>])[]

it.each(presses)('stands over %s, which says so', async (_, change, press) => {
  const { digest, store, deps } = await stoppedMeanwhile(change)
  await expect(press(digest.id, deps)).rejects.toThrow(stopStands)
  const after = await store.subscriptions.find(digest.id)
  expect(after).toMatchObject({ status: 'stopped', ownerSlackId: digest.ownerSlackId, recurrence: digest.recurrence })
  expect(after?.nextAt).toBeUndefined()
  expect([...(await store.subscriptions.optedOut('team'))]).toEqual([reader.slackUserId])
})

it.each(presses)('without a stop, %s is written', async (_, change, press) => {
  const { digest, store, deps } = await stoppedMeanwhile(change, false)
  await press(digest.id, deps)
  expect(await store.subscriptions.find(digest.id)).not.toEqual(digest)
})

it('is taken back by its reader alone, who resumes it', async () => {
  const { digest, store, deps } = await stoppedMeanwhile({})
  await expect(pauseDigest(owner, digest.id, undefined, deps)).rejects.toThrow(stopStands)
  await expect(resumeDigest(owner, digest.id, deps)).rejects.toThrow(stopStands)
  await resumeDigest(reader, digest.id, deps)
  expect(await store.subscriptions.find(digest.id)).toMatchObject({ status: 'active' })
  expect((await store.subscriptions.optedOut('team')).size).toBe(0)
})

it('is not taken back by its reader where what was stopped cannot go out any more', async () => {
  const { digest, store, deps } = await stoppedMeanwhile({ subjectId: reader.person?.id ?? '' })
  await stopDigest(reader, digest.id, deps)
  await expect(resumeDigest(reader, digest.id, deps)).rejects.toThrow('Nobody reports to that person')
  expect([...(await store.subscriptions.optedOut('team'))]).toEqual([reader.slackUserId])
})

/** Another team digest, of `owner` and no reader, that the press sends to the reader. */
const moved = teamDigest({ ownerSlackId: owner.slackUserId, destination: { type: 'dm', slackUserId: owner.slackUserId } })
const makings = [
  ['set up for them', (deps) => createDigest(owner, { ...atTen(), isExtra: true }, undefined, deps)],
  ['moved to them', (deps) => changeDigest(owner, moved.id, atTen(), deps)],
] satisfies readonly (readonly [string, (deps: DigestServiceDeps) => Promise<unknown>])[]

it.each(makings)('stands over a digest that is %s at that moment, which says so', async (_, press) => {
  const { store, deps } = await stoppedMeanwhile({})
  await store.subscriptions.insert(moved)
  await expect(press(deps)).rejects.toThrow(stopStands)
  expect((await store.subscriptions.receivedBy(reader.slackUserId)).map(({ status }) => status)).toEqual(['stopped'])
  expect(await store.subscriptions.find(moved.id)).toEqual(moved)
})

it('stands over a stopped one that is moved to them at that moment', async () => {
  const { store, deps } = await stoppedMeanwhile({})
  await store.subscriptions.insert({ ...moved, status: 'stopped' })
  await expect(changeDigest(owner, moved.id, atTen(), deps)).rejects.toThrow(stopStands)
  expect(await store.subscriptions.find(moved.id)).toEqual({ ...moved, status: 'stopped' })
})

it.each(makings)('without a stop, one that is %s comes to them', async (_, press) => {
  const { store, deps } = await stoppedMeanwhile({}, false)
  await store.subscriptions.insert(moved)
  await press(deps)
  expect((await store.subscriptions.receivedBy(reader.slackUserId)).map(({ status }) => status)).toEqual(['active', 'active'])
})

it('is taken back by a digest its reader sets up, and again stands where it comes after that', async () => {
  const { digest, store, deps } = await stoppedMeanwhile({})
  const own: DigestDraft = { ...atTen(), subjectId: '101', kind: 'personal', isExtra: true }
  await store.subscriptions.optOut(reader.slackUserId, 'personal', now)
  const { subscription } = await createDigest(reader, own, 'form', deps)
  expect((await store.subscriptions.optedOut('personal')).size).toBe(0)
  await stopDigest(reader, subscription.id, deps)
  // The same form once more: what it set up is there, and was stopped since.
  await createDigest(reader, own, 'form', deps)
  expect(await store.subscriptions.find(subscription.id)).toMatchObject({ status: 'stopped' })
  expect([...(await store.subscriptions.optedOut('personal'))]).toEqual([reader.slackUserId])
  expect(digest.kind).toBe('team')
})
