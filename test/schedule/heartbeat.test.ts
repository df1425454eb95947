// The first beat comes with the start, so that the first reading does not wait for the next full minute; stopping waits for it.
import { expect, it, vi } from 'vitest'
import { startHeartbeat } from '../../src/schedule/heartbeat.ts'
import { keptLog } from '../kit/quiet-log.ts'

it('beats at once, and stops only when that beat is done', async () => {
  const beats: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const heartbeat = startHeartbeat(
    {
      async tick() {
        beats.push('begun')
        await promise
        beats.push('done')
      },
      wakeOpen: async () => undefined,
    },
    keptLog().log,
  )
  expect(beats).toEqual(['begun'])
  const stopped = heartbeat.stop().then(() => beats.push('stopped'))
  resolve()
  await stopped
  expect(beats).toEqual(['begun', 'done', 'stopped'])
})

it('a first beat that fails is logged, and the next one tries again', async () => {
  const { log, lines } = keptLog()
  const heartbeat = startHeartbeat({ tick: () => Promise.reject(new Error('no database')), wakeOpen: async () => undefined }, log)
  await heartbeat.stop()
  expect(JSON.stringify(lines)).toContain('A heartbeat failed; the next one tries again')
})

it("writes the library's lines to the log alone: a missed beat as a warning, one still at work for whoever looks for it", async () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T09:00:00Z') })
  const consoles = (['error', 'warn', 'info', 'log', 'debug'] as const).map((name) => vi.spyOn(console, name))
  const { log, lines } = keptLog()
  const { promise, resolve } = Promise.withResolvers<void>()
  const heartbeat = startHeartbeat({ tick: async () => undefined, wakeOpen: () => promise }, log)
  try {
    await vi.advanceTimersByTimeAsync(40_000)
    // The machine slept over the next beats.
    vi.setSystemTime(new Date('2026-11-23T09:05:30Z'))
    await vi.advanceTimersByTimeAsync(60_000)
    const kept = lines.map((line) => JSON.parse(line) as { level: number; msg: string })
    expect(kept.filter(({ msg }) => msg === 'the heartbeat library warned').map(({ level }) => level)).toContain(40)
    const overlaps = kept.filter(({ msg }) => msg === 'a beat was still at work when the next one came')
    expect(overlaps.length).toBeGreaterThan(0)
    expect(overlaps.every(({ level }) => level === 20)).toBe(true)
    expect(consoles.flatMap(({ mock }) => mock.calls)).toEqual([])
  } finally {
    resolve()
    await heartbeat.stop()
    vi.restoreAllMocks()
    vi.useRealTimers()
  }
})
