// `npm run prove` as a process of its own, where nobody can be asked: what it writes, what it leaves out, and its exit code.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { runCommand } from '../kit/terminal.ts'
import { startSimulators } from './simulators.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
const folder = mkdtempSync(path.join(tmpdir(), 'prove-'))
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  await layEmptyStore(path.join(folder, 'data'))
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true })
})

it('writes a report and the shapes, and ends with 1 where the key lacks a scope', async () => {
  const environment = { ...world.environment, DATA_DIR: path.join(folder, 'data') }
  world.gong.faults.add({ type: 'refused', status: 403, error: 'no' }, { path: '/coaching/metrics' })
  const { code, out, err } = await runCommand(['prove', '--shapes'], folder, environment)
  expect([code, out]).toEqual([1, expect.stringContaining('Reading coaching: Gong refused with 403')])
  expect(err).toMatch(/^(Asking Gong: [^\n]+ …\n)+$/)
  const report = readFileSync(path.join(folder, 'prove-report.md'), 'utf8')
  expect(report).toContain('* no: Reading coaching: Gong refused with 403')
  expect(report).toContain('* note: Slack was not tried.')
  const shapes = readdirSync(folder).filter((name) => /^[0-9a-f]{12}\.json$/.test(name))
  expect(shapes).toHaveLength(1)
  expect(out).toContain(`Shapes are in ${shapes[0]}`)
})
