// The app of the soak: a process of its own whose log is kept, which can be killed and started again, and whose beats may fail as the real
// heartbeat's may. Knows no fault.
import { setTimeout as wait } from 'node:timers/promises'
import type { MovableClock } from '../../src/clock.ts'
import { type MovedApp, moveClock } from '../../src/sandbox/demo-stage.ts'
import { type DrivenApp, driveApp } from '../bench/drive.ts'
import type { Done } from '../bench/driven-app.ts'
import { memoryOf } from '../bench/process-figures.ts'

/** A line of the log at `error` or above. */
export interface ErrorLine {
  readonly level: number
  readonly msg: string
  /** The whole line. */
  readonly text: string
}

export interface SoakedApp {
  /** To an instant, stopping at everything due. Beats that fail are left to the next one. */
  moveTo(at: Date): Promise<void>
  /** One beat. Also waits until what it began is done, or has failed. */
  beat(): Promise<void>
  /** The same by a clock of its own that is wrong. */
  beatAt(at: Date): Promise<void>
  /** Has everything read from Gong that is due. */
  refresh(): Promise<void>
  readyz(): Promise<{ readonly isReady: boolean; readonly text: string }>
  /** Real milliseconds until it is ready, a minute at most. */
  msUntilReady(): Promise<number>
  /** Ends the process at once, or asks it to stop, and starts the next one. */
  restart(how: 'killed' | 'asked'): Promise<void>
  /** Lines since the last call. */
  takeErrors(): readonly ErrorLine[]
  memory(): Promise<{ readonly heapMb: number; readonly residentMb: number }>
  stop(): Promise<void>
}

const minuteMs = 60_000

export async function soakedApp(clock: MovableClock, environment: Readonly<Record<string, string>>): Promise<SoakedApp> {
  let lines: ErrorLine[] = []
  const start = (): Promise<DrivenApp> =>
    driveApp({ now: clock.now().toISOString(), requestsPerSecond: 5000, inAHurry: true }, { ...environment, HEALTH_PORT: '0' }, (text) => {
      const line = readLine(text)
      lines.push({ ...line, text })
    })
  let app = await start()

  /** What the heartbeat would log and leave to its next beat. */
  const unlessItFails = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined)
  const beat = async (at: Date): Promise<void> => {
    await unlessItFails(app.tell({ type: 'tick', now: at.toISOString() }))
    await unlessItFails(app.tell({ type: 'idle' }))
  }
  const moved: MovedApp = {
    tick: async () => void (await unlessItFails(app.tell({ type: 'tick', now: clock.now().toISOString() }))),
    idle: async () => void (await unlessItFails(app.tell({ type: 'idle' }))),
    async nextDueAfter(now) {
      const answer = await unlessItFails<Done>(app.tell({ type: 'next', now: now.toISOString() }))
      return answer?.nextDueAt === undefined ? undefined : new Date(answer.nextDueAt)
    },
  }
  const readyz: SoakedApp['readyz'] = async () => {
    const { healthPort } = await app.tell({ type: 'collect' })
    const answer = await fetch(`http://127.0.0.1:${healthPort}/readyz`)
    return { isReady: answer.ok, text: await answer.text() }
  }

  return {
    moveTo: (at) => moveClock(clock, moved, at),
    beat: () => beat(clock.now()),
    beatAt: beat,
    refresh: async () => void (await app.tell({ type: 'refresh' })),
    readyz,
    async msUntilReady() {
      const startedAt = performance.now()
      while (!(await readyz()).isReady && performance.now() - startedAt < minuteMs) await wait(100)
      return performance.now() - startedAt
    },
    async restart(how) {
      await (how === 'killed' ? app.kill() : app.stop())
      app = await start()
    },
    takeErrors() {
      const taken = lines
      lines = []
      return taken
    },
    async memory() {
      const { heapMb = Number.NaN } = await app.tell({ type: 'collect' })
      return { heapMb, residentMb: memoryOf(app.pid).residentMb }
    },
    stop: () => app.stop(),
  }
}

/** What is no line of the log was written by something that should not write. */
function readLine(text: string): Pick<ErrorLine, 'level' | 'msg'> {
  try {
    const { level, msg } = JSON.parse(text) as { level: number; msg: string }
    return { level, msg }
  } catch {
    return { level: 60, msg: 'no line of the log' }
  }
}
