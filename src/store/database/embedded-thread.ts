// The thread the embedded database works in: a statement and its sync to the disk hold this thread, never the one that answers Slack.
// Serves embedded-client.ts, one message for each statement.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import { DurableFolder, type Sync } from './durable-folder.ts'
import {
  type EmbeddedRequest,
  type Failure,
  type RequestMessage,
  type ResponseMessage,
  type RowOptions,
  readyId,
  type ThreadData,
} from './embedded-protocol.ts'

interface OpenTransaction {
  readonly statements: Pick<Transaction, 'query' | 'exec'>
  end(commit: boolean): Promise<void>
}

const asWritten = (value: string): string => value

const optionsOf = ({ rowMode, textTypes }: RowOptions) => ({
  ...(rowMode !== undefined && { rowMode }),
  ...(textTypes !== undefined && { parsers: Object.fromEntries(textTypes.map((type) => [type, asWritten])) }),
})

/** Only what can be cloned goes along: numbers, texts and flags, among them the code that says what happened. */
function failureOf(thrown: unknown): Failure {
  const plain = Object.entries(Object(thrown) as Record<string, unknown>).filter(([, value]) => value !== Object(value))
  return { ...Object.fromEntries(plain), message: thrown instanceof Error ? thrown.message : String(Object(thrown).name ?? thrown) }
}

/** PGlite's own transaction, kept open until its end is asked for: it alone knows who may speak meanwhile. */
function begin(client: PGlite): Promise<OpenTransaction> {
  const { promise, resolve, reject } = Promise.withResolvers<OpenTransaction>()
  const ending = Promise.withResolvers<boolean>()
  const work = client.transaction(async (statements) => {
    resolve({
      statements,
      end(commit) {
        ending.resolve(commit)
        return work
      },
    })
    if (!(await ending.promise)) await statements.rollback()
  })
  work.catch(reject)
  return promise
}

function serve(client: PGlite) {
  const transactions = new Map<number, OpenTransaction>()
  const statementsOf = (transaction: number | undefined): Pick<Transaction, 'query' | 'exec'> => {
    if (transaction === undefined) return client
    const open = transactions.get(transaction)
    if (!open) throw new Error('Transaction is closed')
    return open.statements
  }
  const handlers = {
    query: ({ text, params, rows, transaction }) => statementsOf(transaction).query(text, params, optionsOf(rows)),
    exec: ({ text, rows, transaction }) => statementsOf(transaction).exec(text, optionsOf(rows)),
    /** Named by the id of the message that began it. */
    async begin(_request, id) {
      transactions.set(id, await begin(client))
      return id
    },
    async end({ transaction, commit }) {
      const open = transactions.get(transaction)
      transactions.delete(transaction)
      await open?.end(commit)
    },
    dump: () => client.dumpDataDir('none'),
    close: () => client.close(),
  } satisfies { readonly [T in EmbeddedRequest['type']]: (request: Extract<EmbeddedRequest, { type: T }>, id: number) => Promise<unknown> }
  return (request: EmbeddedRequest, id: number): Promise<unknown> =>
    (handlers[request.type] as (request: EmbeddedRequest, id: number) => Promise<unknown>)(request, id)
}

const { folder, startParams, syncModule } = workerData as ThreadData
const port = parentPort
if (!port) throw new Error('embedded-thread.ts runs as a worker thread')
try {
  const sync = syncModule === undefined ? undefined : ((await import(syncModule)) as { readonly sync: Sync }).sync
  const obey = serve(await PGlite.create({ fs: new DurableFolder(folder, sync), startParams }))
  port.on('message', async ({ id, request }: RequestMessage) => {
    try {
      port.postMessage({ id, result: await obey(request, id) } satisfies ResponseMessage)
    } catch (thrown) {
      port.postMessage({ id, failure: failureOf(thrown) } satisfies ResponseMessage)
      // A fault within WebAssembly leaves a database that answers nothing from here on.
      if (thrown instanceof WebAssembly.RuntimeError) process.exit(1)
    }
  })
  port.postMessage({ id: readyId, result: undefined } satisfies ResponseMessage)
} catch (thrown) {
  port.postMessage({ id: readyId, failure: failureOf(thrown) } satisfies ResponseMessage)
}
