// A PEOPLE_FILE that was changed while the service was stopped counts at the next start, by the version that is stored with the people.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { withPeopleFile } from '../../src/gong/people/with-people-file.ts'
import type { GongSource } from '../../src/gong/source.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { arePeopleDue, refreshPeople } from '../../src/sync/people.ts'
import { fakeLog } from '../gong/fakes.ts'
import { usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-25T11:00:00Z'))
const people = ['1', '2', '3'].map((id) => ({ id, name: `Rep ${id}`, emails: [], active: true }))
let folder: string
let store: OpenedStore
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'people-'))
  store = await usualStore({ clock })
})
afterEach(async () => {
  await store?.close()
  rmSync(folder, { recursive: true })
})

const file = () => path.join(folder, 'people.csv')
/** The second person is this Slack user, as the file says. */
const written = (slackUserId: string) => writeFileSync(file(), `gong_user_id,slack_user_id\n2,${slackUserId}\n`)

/** A process: reads the file at its start. */
async function started(withFile = true) {
  const answer = async () => ({ records: people, quarantined: [], requests: 1 })
  const deps = { log: fakeLog().log, clock, memory: store.tenant, arePeopleStored: async () => true }
  const given = withFile ? await withPeopleFile(file(), answer, deps) : { fetchPeople: answer }
  const all = { source: given as unknown as GongSource, store, clock, zone: 'Europe/Berlin' }
  return {
    isDue: () => arePeopleDue(all),
    refresh: () => refreshPeople(all, { purpose: 'background' }),
    /** What one hour's look makes of it. */
    async hour() {
      if (await arePeopleDue(all)) await refreshPeople(all, { purpose: 'background' })
      return (await store.people.chart()).people.get('2')?.slackUserId
    },
  }
}

it('changed between two processes, it counts with the first look of the second', async () => {
  written('U1WRONG')
  expect(await (await started()).hour()).toBe('U1WRONG')
  expect(await (await started()).isDue()).toBe(false)
  written('U2RIGHT')
  const again = await started()
  expect(await again.isDue()).toBe(true)
  expect(await again.hour()).toBe('U2RIGHT')
  expect(await again.isDue()).toBe(false)
})

it('newly set or taken away, it counts as changed', async () => {
  expect(await (await started(false)).hour()).toBeUndefined()
  expect(await (await started(false)).isDue()).toBe(false)
  written('U1NEW')
  expect(await (await started()).hour()).toBe('U1NEW')
  expect(await (await started(false)).hour()).toBeUndefined()
})

it('put right while the service is stopped, after it was broken in between', async () => {
  written('U1WRONG')
  const first = await started()
  expect(await first.hour()).toBe('U1WRONG')
  writeFileSync(file(), 'gong_user_id\nx\n')
  expect(await first.hour()).toBe('U1WRONG')
  expect(await (await started()).isDue()).toBe(false)
  written('U2RIGHT')
  expect(await (await started()).hour()).toBe('U2RIGHT')
})

it('what could not be stored is fetched again, and another replica sees what was', async () => {
  written('U1NEW')
  const replicas = [await started(), await started()]
  await replicas[0]?.hour()
  written('U2NEW')
  await store.queue.executeSql(`CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more room'; END $$`)
  await store.queue.executeSql('CREATE TRIGGER fails BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION fails()')
  await replicas[0]?.refresh().catch(() => undefined)
  await store.queue.executeSql('DROP TRIGGER fails ON people')
  expect(await replicas[0]?.isDue()).toBe(true)
  expect(await replicas[1]?.hour()).toBe('U2NEW')
  expect(await replicas[0]?.isDue()).toBe(false)
})
