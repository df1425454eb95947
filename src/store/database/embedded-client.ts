// The embedded database as its driver and its queue know it, while it works in a thread of its own (embedded-thread.ts).
import { Worker } from 'node:worker_threads'
import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite'
import { nextTurn } from '../../yielding.ts'
import {
  type EmbeddedRequest,
  type Failure,
  type RequestMessage,
  type ResponseMessage,
  type RowOptions,
  readyId,
  type ThreadData,
} from './embedded-protocol.ts'

/** What drizzle, pg-boss and the backup use of PGlite. */
export type EmbeddedClient = Pick<PGlite, 'query' | 'exec' | 'close' | 'dumpDataDir'> & {
  transaction<T>(work: (transaction: Pick<Transaction, 'query' | 'exec'>) => Promise<T>): Promise<T>
}

/** Functions cannot be handed over: a parser given for a type always means "as Postgres writes it" (drizzle reads dates itself). */
const rowsOf = (options: QueryOptions | undefined): RowOptions => ({
  rowMode: options?.rowMode,
  textTypes: options?.parsers && Object.keys(options.parsers).map(Number),
})

const errorOf = ({ message, ...details }: Failure): Error => Object.assign(new Error(message), details)

/** @throws what opening the folder threw, with its code */
export async function startEmbedded(data: ThreadData): Promise<EmbeddedClient> {
  const { ask, stop } = await startThread(data)
  const statements = (transaction: number | undefined): Pick<EmbeddedClient, 'query' | 'exec'> => ({
    query: <T>(text: string, params?: unknown[], options?: QueryOptions) =>
      ask({ type: 'query', text, params, rows: rowsOf(options), transaction }) as Promise<Results<T>>,
    exec: (text, options) => ask({ type: 'exec', text, rows: rowsOf(options), transaction }) as Promise<Results[]>,
  })
  const alone = statements(undefined)
  return {
    // All answers that are there arrive in one turn of the event loop; what begins with each waits for its own.
    query: <T>(...asked: Parameters<EmbeddedClient['query']>) => alone.query<T>(...asked).finally(nextTurn),
    exec: (...asked) => alone.exec(...asked).finally(nextTurn),
    async transaction(work) {
      const transaction = (await ask({ type: 'begin' })) as number
      try {
        const result = await work(statements(transaction))
        await ask({ type: 'end', transaction, commit: true })
        return result
      } catch (error) {
        // A transaction whose commit failed has ended already; then this does nothing.
        await ask({ type: 'end', transaction, commit: false })
        throw error
      }
    },
    dumpDataDir: () => ask({ type: 'dump' }) as Promise<Blob>,
    async close() {
      await ask({ type: 'close' })
      await stop()
    },
  }
}

interface Thread {
  readonly ask: (request: EmbeddedRequest) => Promise<unknown>
  /** Ends the thread, which gives its memory back. */
  readonly stop: () => Promise<void>
}

/** By a lack of memory or a fault of the database's own code. What was committed is on the disk. */
class EmbeddedDatabaseEnded extends Error {
  override readonly name = 'EmbeddedDatabaseEnded'
  constructor() {
    super('the thread of the embedded database has ended')
  }
}

/** Of what the thread's statements leave behind; more would only lie there. */
const resourceLimits = { maxYoungGenerationSizeMb: 6 }

/** The thread keeps the process alive only while somebody waits for an answer. */
async function startThread(data: ThreadData): Promise<Thread> {
  const worker = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData: data, resourceLimits })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  let ended: Error | undefined
  const wait = (id: number): Promise<unknown> => {
    const pending = Promise.withResolvers<unknown>()
    waiting.set(id, pending)
    worker.ref()
    return pending.promise
  }
  const end = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.on('message', (response: ResponseMessage) => {
    const pending = waiting.get(response.id)
    waiting.delete(response.id)
    if (waiting.size === 0) worker.unref()
    if ('failure' in response) pending?.reject(errorOf(response.failure))
    else pending?.resolve(response.result)
  })
  worker.on('error', (error) => end(error as Error))
  worker.on('exit', () => end(new EmbeddedDatabaseEnded()))

  const stop = async (): Promise<void> => {
    worker.removeAllListeners('exit')
    await worker.terminate()
    end(new EmbeddedDatabaseEnded())
  }
  try {
    await wait(readyId)
  } catch (error) {
    await stop()
    throw error
  }
  // Nothing is answered any more, and a new thread would not know what was under way: whatever started the process starts it again.
  worker.on('exit', () => {
    throw ended
  })
  return {
    stop,
    async ask(request) {
      if (ended) throw ended
      lastId += 1
      const answer = wait(lastId)
      worker.postMessage({ id: lastId, request } satisfies RequestMessage)
      return await answer
    },
  }
}
