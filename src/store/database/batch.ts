// Batches reads: questions asked in the same turn of the event loop go to the database as one statement. Digests of one Monday ask the
// same few things at the same moment, and a statement costs more than its rows. Nothing is cached: every answer is read anew. Never
// use it inside a transaction, which has to see its own writes.
import DataLoader from 'dataloader'

/** A larger burst is asked in several goes, so that no single answer keeps the process busy for long. */
const mostAtOnce = 100

/**
 * `askAll` answers each question in its place. When it throws, everybody who asked with it gets the error.
 */
export function batched<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  const loader = new DataLoader<Question, Answer>(askAll, {
    cache: false,
    maxBatchSize: mostAtOnce,
    batchScheduleFn: (ask) => void setImmediate(ask),
  })
  return (question) => loader.load(question)
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
