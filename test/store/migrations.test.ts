// The list of migrations beside their files: one that is not listed would never run, and so would one that is dated before another.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../src/store/migrations')
const { entries } = JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8')) as {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[]
}
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.slice(0, -'.sql'.length))
  .toSorted()

it('lists every file once, in the order of the numbers', () => {
  expect(entries.map(({ tag }) => tag)).toEqual(files)
  expect(entries.map(({ idx, tag }) => `${String(idx).padStart(4, '0')}${tag.slice(4)}`)).toEqual(files)
})

it('dates each later than the one before, because a database takes only what is newer than its last', () => {
  const dates = entries.map(({ when }) => when)
  expect(dates).toEqual([...new Set(dates)].toSorted((a, b) => a - b))
})
