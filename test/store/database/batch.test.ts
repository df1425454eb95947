// What is asked in one turn is asked once; each asker gets their own answer, or everybody the error.
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { batched, batchedByKey, joinedQueries } from '../../../src/store/database/batch.ts'
import { nextTurn } from '../../../src/yielding.ts'
import { busyMs } from '../../kit/turns-of-loop.ts'

describe('questions of one turn', () => {
  it('go as one, answered each in its place, though they are asked in different steps of the turn', async () => {
    const asked: (readonly number[])[] = []
    const double = batched(async (numbers: readonly number[]) => {
      asked.push(numbers)
      return numbers.map((number) => number * 2)
    })
    const later = Promise.resolve().then(() => double(3))
    expect(await Promise.all([double(1), double(2), later])).toEqual([2, 4, 6])
    await nextTurn()
    expect(await double(1)).toBe(2)
    expect(asked).toEqual([[1, 2, 3], [1]])
  })

  it('get the same error when they cannot be asked, and the next turn asks anew', async () => {
    let isDown = true
    const ask = batched(async (keys: readonly string[]) => {
      if (isDown) throw new Error('down')
      return keys
    })
    expect((await Promise.allSettled([ask('a'), ask('b')])).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    isDown = false
    expect(await ask('a')).toBe('a')
  })

  it('of more than a hundred go in several goes', async () => {
    const sizes: number[] = []
    const ask = batched(async (numbers: readonly number[]) => {
      sizes.push(numbers.length)
      return numbers
    })
    await Promise.all(Array.from({ length: 250 }, (_, index) => ask(index)))
    expect(sizes).toEqual([100, 100, 50])
  })

  it('wait for the statement before them, and go together once it is answered', async () => {
    const asked: (readonly number[])[] = []
    const answers = Promise.withResolvers<void>()
    const ask = batched(async (numbers: readonly number[]) => {
      asked.push(numbers)
      if (asked.length === 1) await answers.promise
      return numbers
    })
    const first = ask(1)
    await nextTurn()
    const second = ask(2)
    await nextTurn()
    const third = ask(3)
    await nextTurn()
    answers.resolve()
    expect(await Promise.all([first, second, third])).toEqual([1, 2, 3])
    expect(asked).toEqual([[1], [2, 3]])
  })

  it('go as one when each comes at the end of a piece that had a turn of its own', async () => {
    const asked: (readonly number[])[] = []
    const ask = batched(async (numbers: readonly number[]) => {
      asked.push(numbers)
      return numbers
    })
    const work = async (number: number): Promise<number> => {
      await nextTurn()
      busyMs(1)
      return ask(number)
    }
    expect(await Promise.all([work(1), work(2), work(3)])).toEqual([1, 2, 3])
    expect(asked).toEqual([[1, 2, 3]])
  })

  it('do not wait for a statement that hangs', async () => {
    const ask = batched((numbers: readonly number[]) =>
      numbers.includes(1) ? new Promise<never>(() => undefined) : Promise.resolve(numbers),
    )
    void ask(1)
    await nextTurn()
    expect(await ask(2)).toBe(2)
  })

  it('about one key are one question, and what is not there is undefined', async () => {
    const asked: (readonly string[])[] = []
    const find = batchedByKey(async (keys) => {
      asked.push(keys)
      return new Map([['a', 1]])
    })
    expect(await Promise.all([find('a'), find('b'), find('a')])).toEqual([1, undefined, 1])
    expect(asked).toEqual([['a', 'b']])
  })
})

describe('queries of one turn', () => {
  /** Answers every column with the text of what was asked. */
  function database() {
    const statements: string[] = []
    const execute = async (query: SQL) => {
      const { sql: text } = new PgDialect().sqlToQuery(query)
      statements.push(text)
      const columns = [...text.matchAll(/AS "(\d)"/g)].map(([, at = '']) => at)
      return { rows: columns.length === 0 ? [{ of: text }] : [Object.fromEntries(columns.map((at) => [at, [{ of: at }]]))] }
    }
    return { statements, db: { execute } as never }
  }

  it('go as one statement, each answered with its own rows', async () => {
    const { statements, db } = database()
    const ask = joinedQueries(db).for(10)
    expect(await Promise.all([ask(sql`SELECT ${1} AS of`), ask(sql`SELECT ${2} AS of`)])).toEqual([[{ of: '0' }], [{ of: '1' }]])
    expect(statements).toEqual([
      'SELECT (SELECT json_agg(found) FROM (SELECT $1 AS of) AS found) AS "0", (SELECT json_agg(found) FROM (SELECT $2 AS of) AS found) AS "1"',
    ])
  })

  it('go as they are when they are alone or large', async () => {
    const { statements, db } = database()
    await joinedQueries(db).for(10)(sql`SELECT 1`)
    const large = joinedQueries(db).for(1000)
    await Promise.all([large(sql`SELECT 2`), large(sql`SELECT 3`)])
    expect(statements).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 3'])
  })
})
