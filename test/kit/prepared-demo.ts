// A demo that need not begin from nothing: one of its company, day and contract is started once in a run, and what it left, its database
// and its conversations, is where the others go on. It takes a second instead of ten.
import { inject } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { KeptDemo } from '../../src/sandbox/kept-demo.ts'
import { type RunningDemo, type StartDemoOptions, startDemo } from '../../src/sandbox/start-demo.ts'
import { copyOf } from './database.ts'

const usual: StartDemoOptions = {
  host: '127.0.0.1',
  port: 0,
  people: 43,
  seed: 1,
  contract: 'documented',
  dataDir: 'memory://',
  today: new Date('2026-11-24T08:00:00Z'),
  realClock: systemClock,
}

/** `change.dataDir` or `change.databaseUrl`: of the test's own, where the demo begins with an empty database. */
export async function startPreparedDemo(change: Partial<StartDemoOptions> = {}): Promise<RunningDemo> {
  const options = { ...usual, ...change }
  if (options.databaseUrl !== undefined || options.dataDir !== usual.dataDir || inject('usualDatabase') === 'embedded')
    return startDemo(options)
  const { people, seed, contract, today, news = false } = options
  const name = `demo_${contract}_${people}_${seed}_${today.toISOString().slice(0, 10).replaceAll('-', '')}${news ? '_news' : ''}`
  const { databaseUrl, note } = await copyOf(name, async (making) => {
    const demo = await startDemo({ ...usual, people, seed, contract, today, news, databaseUrl: making })
    const kept = JSON.stringify(demo.kept())
    await demo.stop()
    return kept
  })
  return startDemo({ ...options, databaseUrl, kept: JSON.parse(note) as KeptDemo })
}
