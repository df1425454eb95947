// When upkeep starts: by its interval, once for all replicas, and not at the mercy of a clock that had gone wrong.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Job } from '../../src/schedule/job.ts'
import { startUpkeep } from '../../src/schedule/upkeep.ts'

const noon = new Date('2026-11-25T12:00:00Z')
const hourly: Job = { name: 'hourly', concurrency: 1, expireSeconds: 60, everyMinutes: 60, run: async () => undefined }

async function startsAfter(last: string | undefined): Promise<boolean> {
  const kept = new Map(last === undefined ? [] : [['upkeep:hourly', last]])
  let started = false
  await startUpkeep([hourly], {
    tenant: { setting: async (key) => kept.get(key), saveSetting: async (key, value) => void kept.set(key, value) },
    clock: movableClock(noon),
    start: async () => {
      started = true
    },
  })
  if (started) expect(kept.get('upkeep:hourly')).toBe(noon.toISOString())
  return started
}

it.each([
  ['it never ran', undefined, true],
  ['59 minutes ago', '2026-11-25T11:01:00Z', false],
  ['an hour ago', '2026-11-25T11:00:00Z', true],
  ['ten minutes ahead, as another replica has it', '2026-11-25T12:10:00Z', false],
  ['a year ahead, as a wrong clock had it', '2027-11-25T12:00:00Z', true],
])('an hourly job whose last start was %s', async (_when, last, starts) => {
  expect(await startsAfter(last)).toBe(starts)
})
