// `npm start` on a terminal of its own, and into a pipe: the same lines, to be read by a person and by a program.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startSimulators } from '../cli/simulators.ts'
import { runCommand } from '../kit/terminal.ts'

const start = path.resolve(import.meta.dirname, '../../src/start.mjs')
const folder = mkdtempSync(path.join(tmpdir(), 'log-on-terminal-'))
let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Nobody listens there: two lines of the log, one with an error in it, then the end. */
const environment = (): Record<string, string> => ({
  ...world.environment,
  DATABASE_URL: 'postgres://hidden:hush@127.0.0.1:9/d',
  PATH: process.env.PATH ?? '',
})

/** What `script` of util-linux or BSD shows of a terminal that it makes. */
function onTerminal(): Promise<string> {
  const command = [process.execPath, start]
  const args = process.platform === 'linux' ? ['-qec', command.join(' '), '/dev/null'] : ['-q', '/dev/null', ...command]
  const child = spawn('script', args, { cwd: folder, env: { ...environment(), NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let shown = ''
  child.stdout.on('data', (chunk) => {
    shown += chunk
  })
  const { promise, resolve } = Promise.withResolvers<string>()
  child.on('close', () => resolve(shown.replaceAll('\r', '')))
  return promise
}

describe.skipIf(process.platform === 'win32')('the log of a start', () => {
  it('is text on a terminal, with the error reduced as everywhere', async () => {
    const shown = await onTerminal()
    expect(shown).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] INFO: gong-digest starts$/m)
    expect(shown).toMatch(/\] ERROR: The database could not be opened\n(?: {4}.*\n)* {4}err: \{/)
    expect(shown).toContain('DATABASE_URL: the database could not be opened (ECONNREFUSED)')
    expect(shown).not.toMatch(/hush|hidden|^\{/m)
  })

  it('is one JSON object a line in a pipe', async () => {
    const { out } = await runCommand(['start'], folder, environment())
    const lines = out.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['gong-digest starts', 'The database could not be opened'])
  })
})
