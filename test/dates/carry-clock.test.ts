// In a run of test:dates every process lives on the run's day, those with an environment of their own too.
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { underClock } from './clock-shift.ts'

const child = 'console.log(process.env.FAKETIME, process.env.TZ)'
const script = `
  import { spawn, spawnSync } from 'node:child_process'
  const given = { env: { PATH: process.env.PATH }, stdio: ['ignore', 'inherit', 'inherit'] }
  spawnSync(process.execPath, ['-e', ${JSON.stringify(child)}], given)
  spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { ...given, env: { ...given.env, TZ: 'America/New_York' } })`

it('a child with an environment of its own gets the clock and the zone of the run, or the zone it was given', () => {
  const env = underClock({ ...process.env, FAKETIME: '+60s', TZ: 'Asia/Kathmandu' })
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' })
  expect(stdout).toBe('+60s Asia/Kathmandu\n+60s America/New_York\n')
})
