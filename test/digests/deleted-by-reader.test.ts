// A programme's digest that its reader deletes ends, and the programme sets up no other one: both are stored, or neither is.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { digestsWorld } from './digests-world.ts'

const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const recurrence = { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' } as const

let store: OpenedStore | undefined
afterEach(() => store?.close())

async function programmesDigest() {
  const opened = await digestsWorld(movableClock(new Date('2026-11-24T10:00:00Z')))
  store = opened.store
  const { subscriptions, people } = opened.store
  const { digests } = opened.world
  const { id } = await digests.createProgramme(admin, { kind: 'personal', recurrence, whenEmpty: 'say', stage: 'everyone', pilotTeams: [] })
  const [digest] = await subscriptions.ofProgramme(id)
  if (digest?.destination.type !== 'dm') throw new Error('the programme set up nothing')
  const { slackUserId } = digest.destination
  const person = (await people.chart()).people.get(digest.subjectId ?? '')
  const reader: Viewer = { slackUserId, standing: 'member', isAdmin: false, grants: [], ...(person && { person }) }
  return {
    remove: () => digests.remove(reader, digest.id),
    ask: (statement: string) => opened.store.queue.executeSql(statement),
    now: async () => ({
      status: (await subscriptions.find(digest.id))?.status,
      isOptedOut: (await subscriptions.optedOut('personal')).has(slackUserId),
    }),
  }
}

it.each([
  ['the stop', 'INSERT', 'opt_outs'],
  ['the end of the digest', 'UPDATE', 'subscriptions'],
])('goes on whole where %s cannot be stored', async (_what, event, table) => {
  const { remove, ask, now } = await programmesDigest()
  await ask(`CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more room'; END $$`)
  await ask(`CREATE TRIGGER fails BEFORE ${event} ON ${table} EXECUTE FUNCTION fails()`)
  await expect(remove()).rejects.toThrow()
  expect(await now()).toEqual({ status: 'active', isOptedOut: false })
  await ask(`DROP TRIGGER fails ON ${table}`)
  await remove()
  expect(await now()).toEqual({ status: 'stopped', isOptedOut: true })
})
