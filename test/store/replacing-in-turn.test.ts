// Several lists of a large company end at one moment, and each replaces figures under one lock of the database. They wait for each other
// here: waiting there they would give up.
import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Database } from '../../src/store/database/database.ts'
import { replacingInTurn } from '../../src/store/figures/as-shown.ts'

/** Counts transactions that are open beside each other. */
function countingDatabase() {
  const open = { now: 0, most: 0 }
  const transaction = async <T>(work: (tx: Database) => Promise<T>): Promise<T> => {
    open.now += 1
    open.most = Math.max(open.most, open.now)
    try {
      return await work({} as Database)
    } finally {
      open.now -= 1
    }
  }
  return { db: { transaction } as unknown as Database, open }
}

it('replaces figures of one answer at a time, in the order they came, whatever became of the one before', async () => {
  const { db, open } = countingDatabase()
  const replacing = replacingInTurn(db)
  const done: number[] = []
  const all = await Promise.allSettled(
    [1, 2, 3].map((answer) =>
      replacing(async () => {
        await turn()
        done.push(answer)
        if (answer === 2) throw new Error('the connection was lost')
      }),
    ),
  )
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(done).toEqual([1, 2, 3])
  expect(open).toEqual({ now: 0, most: 1 })
})
