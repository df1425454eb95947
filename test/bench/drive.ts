// The other end of driven-app.ts: starts it and waits for what it was ordered to do.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Done, DrivenOptions, Order } from './driven-app.ts'

export interface DrivenApp {
  readonly pid: number
  /** @throws Error when the app could not do it */
  tell(order: Order): Promise<Done>
  stop(): Promise<void>
  /** At once, whatever it is doing. */
  kill(): Promise<void>
}

/** As `npm start` has it. */
export const productionFlags = ['--max-semi-space-size=16', '--expose-gc'] as const

const quickPackages = new URL('../../src/quick-packages.mjs', import.meta.url).href

/** `onLine`: gets each line of its log; without it they are shown. */
export async function driveApp(
  options: DrivenOptions,
  environment: Readonly<Record<string, string>>,
  onLine?: (line: string) => void,
): Promise<DrivenApp> {
  const child = fork(path.join(import.meta.dirname, 'driven-app.ts'), [JSON.stringify(options)], {
    env: { PATH: process.env.PATH, ...environment },
    execArgv: [...productionFlags, '--import', quickPackages],
    stdio: ['ignore', 'ignore', onLine ? 'pipe' : 'inherit', 'ipc'],
  })
  if (onLine && child.stderr) createInterface({ input: child.stderr }).on('line', onLine)
  const ended = once(child, 'exit')
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      ended.then(([code]) => {
        throw new Error(`the driven app ended with ${code}`)
      }),
    ])
    return message
  }
  await answer()
  const tell = async (order: Order): Promise<Done> => {
    const answered = answer()
    child.send(order)
    const done = (await answered) as Done
    if (done.error !== undefined) throw new Error(`${order.type}: ${done.error}`)
    return done
  }
  return {
    pid: child.pid ?? 0,
    tell,
    async stop() {
      await tell({ type: 'stop' })
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
