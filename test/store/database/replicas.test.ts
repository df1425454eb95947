// Processes on one database know how many they are, and a dead one is forgotten.
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { joinReplicas } from '../../../src/store/database/replicas.ts'
import { migratedDatabase } from '../../kit/database.ts'
import { openOn } from '../../kit/store.ts'

it('counts those that serve, each from when it joins, and neither those that left nor those that died', async () => {
  const store = await openOn(await migratedDatabase())
  const first = await joinReplicas(store.database)
  expect(first.count()).toBe(1)
  const second = await joinReplicas(store.database)
  expect(second.count()).toBe(2)
  await store.database.execute(sql`INSERT INTO work_locks VALUES ('replica dead', '', clock_timestamp() - interval '1 second')`)
  await store.database.execute(sql`INSERT INTO work_locks VALUES ('some work', 'somebody', clock_timestamp() + interval '1 minute')`)
  expect((await joinReplicas(store.database)).count()).toBe(3)
  await first.leave()
  await second.leave()
  expect((await store.joinReplicas()).count()).toBe(2)
  await store.close()
})
