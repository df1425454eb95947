// `npm run bench [-- --only <name>] [--quick]`: measures everything in one run and prints one table.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../kit/postgres.ts'
import { measurements } from './index.ts'
import { type Row, tableOf } from './table.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const chosen = measurements.filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) throw new Error(`--only is one of ${measurements.map(({ name }) => name).join(', ')}`)
const folders: string[] = []
const postgres = await startPostgres()
const rows: Row[] = []
let failed = 0
try {
  for (const { name, run } of chosen) {
    process.stderr.write(`${name} …\n`)
    try {
      const measured = await run({
        postgres,
        quick: values.quick,
        folder() {
          const made = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-bench-'))
          folders.push(made)
          return made
        },
      })
      rows.push(...measured)
      // A run of everything takes most of an hour: what is measured is shown at once, and kept when the run is broken off.
      process.stderr.write(`${tableOf(measured)}\n`)
    } catch (error) {
      failed += 1
      console.error(`${name} was not measured:`, error)
    }
  }
} finally {
  await postgres.stop()
  for (const made of folders) rmSync(made, { recursive: true, force: true })
}
const load = os.loadavg()[0] ?? 0
console.log(
  `${os.availableParallelism()} cores, load ${load.toFixed(1)} at the end, Node ${process.versions.node}${values.quick ? ', --quick' : ''}\n`,
)
console.log(tableOf(rows))
process.exitCode = failed > 0 ? 1 : 0
