// The projects of the tests: every file is in exactly one, by what it imports, and a unit test cannot leave its process.
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusedAttempts } from './kit/refused.ts'
import { projects, sortTests } from './projects.ts'

describe('projects', () => {
  const sorted = sortTests()

  it('hold every test file once', () => {
    const files = globSync('test/**/*.test.ts', { cwd: path.resolve(import.meta.dirname, '..') })
    expect([...sorted.values()].flat().sort()).toEqual(files.map((file) => file.replaceAll(path.sep, '/')).sort())
  })

  it.each([
    ['heavy', 'test/kill/kill.test.ts'],
    ['heavy', 'test/browser/demo.test.ts'],
    ['journeys', 'test/journeys/main-job.test.ts'],
    ['store', 'test/store/windows.test.ts'],
    ['edges', 'test/slack/bolt.test.ts'],
    ['unit', 'test/stats/arithmetic.test.ts'],
    ['unit', 'test/projects.test.ts'],
  ] as const)('%s has %s', (name, file) => {
    expect(sorted.get(name)).toContain(file)
  })

  it('are each reached by something to run: none is empty', () => {
    expect(projects.filter(({ name }) => (sorted.get(name) ?? []).length === 0)).toEqual([])
  })
})

describe('a unit test', () => {
  // Not imported, because an import would make this a heavy test.
  const net = process.getBuiltinModule('node:net')
  const http = process.getBuiltinModule('node:http')
  const child = process.getBuiltinModule('node:child_process')
  const database = path.join(import.meta.dirname, '../node_modules/@electric-sql/pglite/dist/pglite.wasm')

  it.each([
    ['open a socket', async () => once(net.connect(81, '127.0.0.1'), 'connect')],
    ['open a socket', async () => once(net.connect('/tmp/none'), 'connect')],
    ['open a socket', async () => fetch('http://127.0.0.1:81')],
    ['look up a name', async () => once(http.get('http://localhost:81'), 'response')],
    ['listen on a port', async () => once(http.createServer().listen(0, '127.0.0.1'), 'listening')],
    ['start a process', async () => child.spawn('true')],
    ['start a process', async () => child.execFile('true')],
    ['start a process', async () => child.fork('true')],
    ['start a process', async () => child.spawnSync('true')],
    ['start a process', async () => child.execFileSync('true')],
    ['open the embedded database', async () => WebAssembly.compile(readFileSync(database))],
  ])('cannot %s: %s', async (what, attempt) => {
    await expect(attempt()).rejects.toThrow()
    expect(new Set(refusedAttempts())).toEqual(new Set([what]))
  })
})
