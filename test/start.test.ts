// The process from outside: what a wrong environment looks like to the person who starts it.
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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

  it('says in words that Gong refuses the key at the first start', async () => {
    const gong = createServer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"requestId":"r1","errors":["Invalid access key"]}')
    })
    await new Promise<void>((resolve) => gong.listen(0, '127.0.0.1', resolve))
    const child = spawn(process.execPath, [start], {
      cwd: import.meta.dirname,
      env: {
        PATH: process.env.PATH ?? '',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_APP_TOKEN: 'xapp-1',
        GONG_ACCESS_KEY: 'k',
        GONG_ACCESS_KEY_SECRET: 's',
        GONG_BASE_URL: `http://127.0.0.1:${(gong.address() as AddressInfo).port}/v2`,
        DATA_DIR: 'memory://',
      },
    })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
    expect(said).toContain('Gong refused')
    expect(said).toContain('npm run doctor tells what to do')
    expect(said).not.toContain('a bug ended')
    gong.closeAllConnections()
    await new Promise((resolve) => gong.close(resolve))
  }, 30_000)

  it('names the parts it has when asked for one it has not', () => {
    const { status, stderr } = run(['dmeo'], {})
    expect(status).toBe(1)
    expect(stderr).toContain('demo')
  })
})
