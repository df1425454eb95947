// A shifted clock for a program and all it starts, with Debian's `faketime`. The shift is an offset, so that every process reads the
// same time and it advances as it should; monotonic clocks stay as they are, since timers and waits run on those.
import { spawnSync } from 'node:child_process'

export const isThere = (): boolean => spawnSync('faketime', ['--version']).error === undefined

/** The words before a command that make its clock start at `at`. */
export function clockShift(at: Date): string[] {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000)
  return ['faketime', '-m', '--exclude-monotonic', '-f', `${seconds < 0 ? '' : '+'}${seconds}s`]
}

/** An environment in which every process, and whatever it starts, keeps the clock and the zone of this one. */
export const underClock = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...environment,
  NODE_OPTIONS: `${environment.NODE_OPTIONS ?? ''} --import ${new URL('carry-clock.ts', import.meta.url).href}`.trim(),
})

const looks = `const at = () => [Date.now(), performance.now()]
const before = at(); setTimeout(() => console.log(JSON.stringify([before, at()])), 300)`

/** @throws Error in words when a process under the shift does not read `at`, or its clocks do not advance. */
export function checkClock([program = '', ...words]: readonly string[], at: Date): void {
  const { stdout, stderr } = spawnSync(program, [...words, process.execPath, '-e', looks], { encoding: 'utf8' })
  if (!stdout) throw new Error(`faketime did not start Node: ${stderr}`)
  const [[wall = 0, timer = 0], [wallAfter = 0, timerAfter = 0]] = JSON.parse(stdout) as [number[], number[]]
  const advanced = [wallAfter - wall, timerAfter - timer]
  if (Math.abs(wall - at.getTime()) > 60_000 || advanced.some((ms) => ms < 250 || ms > 30_000))
    throw new Error(`faketime shows ${new Date(wall).toISOString()} and advances by ${advanced.join(' and ')} ms in 300 ms`)
}
