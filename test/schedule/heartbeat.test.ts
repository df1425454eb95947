// The first beat comes with the start, so that the first reading does not wait for the next full minute; stopping waits for it.
import { expect, it } from 'vitest'
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
