// Batches reads and writes: questions asked in the same turn of the event loop, or while the statement before them is under way, go to the
// database as one statement. Digests of one Monday ask the same few things at the same moment, and a statement costs more than its rows.
// Nothing is cached: every answer is read anew. Never use it inside a transaction, which has to see its own writes.
import { setTimeout as wait } from 'node:timers/promises'
import DataLoader from 'dataloader'
import { type SQL, sql } from 'drizzle-orm'
import { nextTurn } from '../../yielding.ts'
import { type Database, rowsOf } from './database.ts'

/** A larger burst is asked in several goes, so that no single answer keeps the process busy for long. */
const mostAtOnce = 100
/** A statement that takes longer keeps nobody else waiting. */
const longestGatheringMs = 10

const noop = (): void => undefined

/**
 * `askAll` answers each question in its place. When it throws, everybody who asked with it gets the error.
 */
export function batched<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  atOnce = mostAtOnce,
): (question: Question) => Promise<Answer> {
  /** Ends with the statement under way; undefined when there is none. */
  let underWay: Promise<unknown> | undefined
  const ask = async (questions: readonly Question[]): Promise<readonly Answered<Answer>[]> => {
    const asked = askAll(questions)
    const ended = asked.then(noop, noop).then(() => {
      if (underWay === ended) underWay = undefined
    })
    underWay = ended
    return (await asked).map((answer) => ({ answer, isOneOfMany: questions.length > 1 }))
  }
  const loader = new DataLoader<Question, Answered<Answer>>(ask, {
    cache: false,
    maxBatchSize: atOnce,
    batchScheduleFn: (send) => void gathered().then(send),
  })
  /** What waits for a turn already has it first, and may ask as well. */
  async function gathered(): Promise<void> {
    await nextTurn()
    if (!underWay) return
    await Promise.race([underWay, wait(longestGatheringMs, undefined, { ref: false })])
    await nextTurn()
  }
  return async (question) => {
    const { answer, isOneOfMany } = await loader.load(question)
    // What begins with each answer of one statement waits for its own turn.
    if (isOneOfMany) await nextTurn()
    return answer
  }
}

interface Answered<Answer> {
  readonly answer: Answer
  readonly isOneOfMany: boolean
}

/** The same for facts by key: each is read once a turn, however many ask. `findAll` leaves out what is not there. */
export function batchedByKey<Found>(
  findAll: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
): (key: string) => Promise<Found | undefined> {
  return batched(async (keys) => {
    const found = await findAll([...new Set(keys)])
    return keys.map((key) => found.get(key))
  })
}

/** The rows of a query whose columns are numbers, texts and JSON: an instant would arrive as text. `T`: as for `rowsOf`. */
export type AskRows = <T>(query: SQL) => Promise<readonly T[]>

export interface JoinedQueries {
  /** How to ask a query about so many people and periods: a small one goes with the other queries of the turn as one statement. */
  for(many: number): AskRows
}

/** The answer of a larger query is read by itself. */
const fewAtOnce = 200
const mostJoined = 8

/** Queries of one turn as one statement, which is of one moment: a statement costs more than the rows of a small answer. */
export function joinedQueries(db: Database): JoinedQueries {
  const alone: AskRows = (query) => rowsOf(db, query)
  const join = batched(async (queries: readonly SQL[]): Promise<readonly (readonly unknown[])[]> => {
    const [first] = queries
    if (first && queries.length === 1) return [await rowsOf(db, first)]
    const lists = queries.map((query, at) => sql`(SELECT json_agg(found) FROM (${query}) AS found) AS ${sql.identifier(String(at))}`)
    const [row] = await rowsOf<Readonly<Record<string, readonly unknown[] | null>>>(db, sql`SELECT ${sql.join(lists, sql`, `)}`)
    return queries.map((_, at) => row?.[at] ?? [])
  }, mostJoined)
  const joined: AskRows = async <T>(query: SQL) => (await join(query)) as readonly T[]
  return { for: (many) => (many > fewAtOnce ? alone : joined) }
}
