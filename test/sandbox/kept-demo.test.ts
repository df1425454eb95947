// What is said about a kept demo that cannot be read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readKeptDemo } from '../../src/sandbox/kept-demo.ts'

it('names a file that was cut short, and the way out', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kept-demo-'))
  writeFileSync(path.join(folder, 'demo.json'), '{"now":"2026-11-23T09:00:00Z","peo')
  expect(() => readKeptDemo(folder, { people: 14, seed: 3, contract: 'documented' })).toThrow(
    `${path.join(folder, 'demo.json')} cannot be read. Start with another folder, or delete this one.`,
  )
  rmSync(folder, { recursive: true })
})
