// Finding files in Node's place: the same files are found, and of one that is not there Node says so.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'

const quick = ['--import', './src/quick-packages.mjs']
const root = path.resolve(import.meta.dirname, '..')

/** Loads what opens a database in a process of its own: every name that was looked up there, by whom, and what it meant. */
function filesFound(flags: readonly string[]): readonly string[] {
  const script = `
    import { registerHooks } from 'node:module'
    const files = []
    registerHooks({
      resolve(name, context, next) {
        const { url, format } = next(name, context)
        if (url.startsWith('file:')) files.push([context.parentURL, name, url, format].join(' '))
        return { url, format, shortCircuit: true }
      },
    })
    await Promise.all(['connect', 'embedded', 'postgres'].map((name) => import('./src/store/database/' + name + '.ts')))
    console.log(JSON.stringify(files.sort()))`
  return JSON.parse(run(flags, script))
}

function run(flags: readonly string[], script: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
}

it('finds the same files as Node, ours and those of packages', () => {
  const byNode = filesFound([])
  expect(byNode.filter((file) => file.includes('/drizzle-orm/')).length).toBeGreaterThan(200)
  expect(byNode.filter((file) => !file.includes('/node_modules/')).length).toBeGreaterThan(100)
  expect(filesFound(quick)).toEqual(byNode)
})

it('leaves a file that is not there to Node: a command that is not part of the image is known by that', () => {
  const missing = "await import('./src/sandbox/not-there.ts').catch(({ code }) => console.log(code))"
  expect(run(quick, missing)).toBe(run([], missing))
  expect(run(quick, missing)).toBe('ERR_MODULE_NOT_FOUND\n')
})
