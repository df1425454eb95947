// The ways in which the Node that npm ci brings is not the one that runs, each with its own way out. The programs are stand-ins that
// fail as real loaders do; the words of the loader are glibc's.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { whyNotThisNode } from '../../src/needed-node.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-needed-node-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const words = () => whyNotThisNode('20.19.2', root)

function installPackage(program?: string): void {
  const folder = path.join(root, 'node_modules/node')
  mkdirSync(path.join(folder, 'bin'), { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{}')
  if (program === undefined) return
  writeFileSync(path.join(folder, 'bin/node'), program)
  chmodSync(path.join(folder, 'bin/node'), 0o755)
}

const failing = (said: string) => `#!/bin/sh\necho "${said}" >&2\nexit 127\n`

describe('a Node that is too old', () => {
  it('is named with the one needed, and one new enough is not spoken of', () => {
    expect(words()).toMatch(/^gong-digest needs Node 26 or newer; this is Node 20\.19\.2\. /)
    for (const version of ['26.0.0', '26.10.0', '28.1.0']) expect(whyNotThisNode(version, root)).toBeUndefined()
    for (const version of ['9.11.2', '25.9.0']) expect(whyNotThisNode(version, root)).toContain(version)
  })

  it('before npm ci: run it', () => {
    expect(words()).toContain('Run npm ci first')
  })

  it('after npm ci --omit=dev: install Node 26', () => {
    mkdirSync(path.join(root, 'node_modules/pg'), { recursive: true })
    expect(words()).toContain('npm ci --omit=dev leaves out')
    expect(words()).toContain('Install Node 26')
  })

  it('after npm ci --ignore-scripts: install Node 26, and nothing claims that it was brought along', () => {
    installPackage()
    expect(words()).toContain('--ignore-scripts')
    expect(words()).toContain('Install Node 26')
    expect(words()).not.toContain('has brought')
  })

  it('started by hand beside the right one: start with npm', () => {
    installPackage('#!/bin/sh\necho v26.10.0\n')
    mkdirSync(path.join(root, 'node_modules/.bin'))
    writeFileSync(path.join(root, 'node_modules/.bin/node'), '')
    expect(words()).toContain('npm run demo')
  })

  it('with the right one there, but out of the way since it did not start: run npm ci again', () => {
    installPackage('#!/bin/sh\necho v26.10.0\n')
    expect(words()).toContain('Run npm ci again')
  })
})

describe('a brought Node that does not start', () => {
  it('for want of libatomic: the package to install, by system', () => {
    installPackage(
      failing('node: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory'),
    )
    expect(words()).toContain('It needs libatomic.so.1. Install it, then run npm ci again')
    expect(words()).toMatch(/Debian, Ubuntu +apt-get install libatomic1/)
    expect(words()).toMatch(/Fedora.* dnf install libatomic\n/)
  })

  it('for want of another library: that one by name', () => {
    installPackage(
      failing('node: error while loading shared libraries: libstdc++.so.6: cannot open shared object file: No such file or directory'),
    )
    expect(words()).toContain('It needs libstdc++.so.6.')
    expect(words()).not.toContain('libatomic')
  })

  it('on another C library: a Node built for that', () => {
    installPackage('#!/lib64/no-such-loader.so.2\n')
    expect(words()).toContain('Alpine has musl')
  })

  it('on an old C library: a newer system', () => {
    installPackage(failing("node: /lib/x86_64-linux-gnu/libc.so.6: version \\`GLIBC_2.28' not found (required by node)"))
    expect(words()).toContain('newer C library')
  })

  it('for a reason not known here: its own words and the equal way', () => {
    installPackage(failing('node: policy of the company'))
    expect(words()).toContain('policy of the company')
    expect(words()).toContain('Install Node 26')
  })
})
