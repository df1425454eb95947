// One reading: facts that many parts of an answer ask for (who is in which team, what is configured) are read once for all of it. It is over
// when the answer is, when somebody waits for Gong or writes such a fact, and in any case after a second: from then on every question is
// asked anew. What was made of earlier answers is not: whoever shows it asks whether there was a wait. Knows no fact.
import { AsyncLocalStorage } from 'node:async_hooks'

interface Reading {
  readonly beganAt: number
  /** Answers by whoever asks them, and by key. */
  readonly answers: Map<object, Map<string, Promise<unknown>>>
  isOver: boolean
  hasWaited: boolean
}

const readings = new AsyncLocalStorage<Reading>()

/** An answer of the store takes milliseconds; whatever lasts longer waits for something else. */
const longestMs = 1000

/** Does `work` as one reading; within another one it is part of that. */
export async function asOneReading<T>(work: () => Promise<T>): Promise<T> {
  if (readingNow()) return work()
  const around = readings.getStore()
  const reading: Reading = { beganAt: performance.now(), answers: new Map(), isOver: false, hasWaited: false }
  try {
    return await readings.run(reading, work)
  } finally {
    reading.isOver = true
    if (around && reading.hasWaited) around.hasWaited = true
  }
}

/** Ends the reading at hand, if there is one: what is asked from here on is asked anew. */
export function readAnew(): void {
  const reading = readings.getStore()
  if (reading) reading.isOver = true
}

/** The same after a wait for somebody else, however short: what they may see who are answered can be something else by now. */
export function waited(): void {
  readAnew()
  const reading = readings.getStore()
  if (reading) reading.hasWaited = true
}

/** Whether there was such a wait since the reading began, or it has lasted long. Every answer to somebody is one reading. */
export function hasWaited(): boolean {
  const reading = readings.getStore()
  return reading !== undefined && (reading.hasWaited || hasLasted(reading))
}

/** Asks once a reading for each key. A question that failed is asked again. */
export function onceAReading<Answer>(ask: (key: string) => Promise<Answer>): (key: string) => Promise<Answer> {
  return (key) => {
    const reading = readingNow()
    if (!reading) return ask(key)
    const own = reading.answers.get(ask) ?? new Map<string, Promise<unknown>>()
    reading.answers.set(ask, own)
    const known = own.get(key) as Promise<Answer> | undefined
    if (known) return known
    const asked = ask(key)
    own.set(key, asked)
    asked.catch(() => own.delete(key))
    return asked
  }
}

function readingNow(): Reading | undefined {
  const reading = readings.getStore()
  return reading && !reading.isOver && !hasLasted(reading) ? reading : undefined
}

const hasLasted = ({ beganAt }: Reading): boolean => performance.now() - beganAt >= longestMs
