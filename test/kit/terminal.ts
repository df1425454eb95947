// The commands as an operator starts them: a process of its own in an empty folder, words on the terminal, an exit code.
import { spawn } from 'node:child_process'
import path from 'node:path'

const start = path.resolve(import.meta.dirname, '../../src/start.mjs')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `node src/start.mjs …args` in `cwd` with nothing of this process's environment but the PATH; killed after five minutes. */
export function runCommand(args: readonly string[], cwd: string, env: Readonly<Record<string, string | undefined>> = {}): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
  // As the tests' own processes: an embedded database made from nothing takes a fifth less processor time.
  const child = spawn(process.execPath, ['--liftoff-only', start, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...given },
    timeout: 300_000,
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.on('close', (code) => resolve({ code, out, err }))
  return promise
}
