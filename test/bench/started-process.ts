// Starts a program as somebody would and waits for the line that says it is ready. Stops it by its own id.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface StartedProcess {
  readonly pid: number
  readonly readyAfterMs: number
  /** The line that said so. */
  readonly readyLine: string
  stop(): Promise<void>
}

/** @throws Error with what it said when it ends first */
export async function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  readyWords: string,
): Promise<StartedProcess> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  let said = ''
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const hear = (words: Buffer): void => {
    said = `${said}${words}`.slice(-8000)
    const line = said.split('\n').find((one) => one.includes(readyWords))
    if (line !== undefined) resolve(line)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  void ended.then(() => reject(new Error(`${args.join(' ')} ended: ${said}`)))
  const readyLine = await promise
  const readyAfterMs = performance.now() - startedAt
  return {
    pid: child.pid ?? 0,
    readyAfterMs,
    readyLine,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
