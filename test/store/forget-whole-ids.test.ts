// Ids may begin or end alike. Forgetting somebody changes what has their id as a whole, wherever it stands, and leaves what has a longer one.
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { bodyOf, writeBody } from '../../src/reports/delivery-body.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { member } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { noon, onBothBackends } from './backends.ts'

const gone = { id: '123', name: 'Pat Rahman', emails: ['pat@acme.test'], active: true, slackUserId: 'U0AB' }
const others = ['1234', '9123', '5'].map((id) => ({ id, name: `Person ${id}`, emails: [], active: true }))

onBothBackends((backend) => {
  async function open() {
    const store = await backend.open()
    await store.people.replaceAll([gone, ...others], { readAt: noon, seenOn: '2026-01-05' })
    await store.directory.replaceAll([member('U0AB', 'Pat Rahman'), member('U0ABC', 'Ana Diaz')], noon)
    return store
  }

  it('names nobody forgotten in the audit where it names somebody else', async () => {
    const store = await open()
    const details = [
      'to manager 1234',
      'to manager 9123',
      'to manager 123',
      'coach for U0ABC',
      'coach for U0AB',
      'cards that count: A (123), B (1234)',
    ]
    await store.access.record(details.map((detail) => ({ at: noon, what: 'change' as const, bySlackId: 'U0BOSS', personId: '5', detail })))
    await store.people.forget(gone.id, '')
    const nobody = 'a forgotten person'
    expect((await store.access.changes(9)).map(({ detail }) => detail).toSorted()).toEqual(
      [
        'to manager 1234',
        'to manager 9123',
        `to manager ${nobody}`,
        'coach for U0ABC',
        `coach for ${nobody}`,
        `cards that count: A (${nobody}), B (1234)`,
      ].toSorted(),
    )
  })

  it('clears bodies, names of digests, notices and work of theirs alone', async () => {
    const store = await open()
    const bodies: readonly (readonly [summary: string, mentions: readonly string[], isKept: boolean])[] = [
      ['6 of 6', ['1234', 'U0ABC'], true],
      ['6 of 6', ['9123'], true],
      ['6 of 6', ['5', '123'], false],
      ['Longest without:\n123', [], false],
      ['Longest\twithout:\tU0AB\n', [], false],
      ['team:123,5', [], false],
    ]
    const row = { dueAt: noon, createdAt: noon, subscriptionId: 'people' }
    for (const [at, [summary, mentions]] of bodies.entries()) {
      const body = writeBody(bodyOf({ message: { summary, parts: [] }, shows: [], mentions, figures: {} }))
      await store.deliveries.reserve({ ...row, id: `d${at}`, occurrence: `o${at}`, body }, {})
    }
    for (const id of ['U0AB', 'U0ABC']) {
      await store.deliveries.reserve({ ...row, id, occurrence: `notice:role:1:${id}` }, {})
      await store.database.execute(sql`INSERT INTO work_locks (name, holder, held_until) VALUES (${`reminder of ${id}`}, 'killed', now())`)
    }
    const names = ['Team 1234', 'team 123', 'Hers, u0ab', 'U0abc']
    for (const name of names) await store.subscriptions.insert(teamDigest({ id: name, name, subjectId: '5' }))
    await store.people.forget(gone.id, '')
    for (const [at, [, , isKept]] of bodies.entries())
      expect([at, (await store.deliveries.find(`d${at}`))?.body !== undefined]).toEqual([at, isKept])
    expect(await store.deliveries.find('U0AB')).toBeUndefined()
    expect(await store.deliveries.find('U0ABC')).toBeDefined()
    expect(await rowsOf(store.database, sql`SELECT name FROM work_locks WHERE name LIKE 'reminder of %'`)).toEqual([
      { name: 'reminder of U0ABC' },
    ])
    expect(await Promise.all(names.map(async (id) => (await store.subscriptions.find(id))?.name))).toEqual([
      'Team 1234',
      undefined,
      undefined,
      'U0abc',
    ])
  })
})
