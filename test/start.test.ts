// The process from outside: what a wrong environment looks like to the person who starts it.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const start = path.resolve(import.meta.dirname, '../src/start.mjs')
const run = (args: readonly string[], env: Record<string, string>) =>
  spawnSync(process.execPath, [start, ...args], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
    timeout: 15_000,
  })

describe('npm start', () => {
  it('names every missing variable, no values, and ends with exit code 1', () => {
    const { status, stderr } = run([], { MINIMUM_GROUP: 'hush-one', SLACK_BOT_TOKEN: 'hush-two' })
    expect(status).toBe(1)
    expect(stderr).toContain('4 things are to be mended')
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'MINIMUM_GROUP', 'GONG_ACCESS_KEY']) expect(stderr).toContain(name)
    expect(stderr).not.toContain('hush')
  })

  it('names the parts it has when asked for one it has not', () => {
    const { status, stderr } = run(['dmeo'], {})
    expect(status).toBe(1)
    expect(stderr).toContain('demo')
  })
})
