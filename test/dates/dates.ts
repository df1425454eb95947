// `npm run test:dates [-- --setting leap-day] [-- --project unit] [-- test/store]`: the tests under other clocks, zones and loads, one
// setting after the other. Without --setting all of them; --date 2030-02-28T23:58:00Z, with --zone or without, is a setting of one's own;
// --project and file names choose the tests, as with vitest.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checkClock, clockShift, isThere, underClock } from './clock-shift.ts'
import { type Setting, settings } from './settings.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    setting: { type: 'string', multiple: true },
    date: { type: 'string' },
    zone: { type: 'string' },
    project: { type: 'string', multiple: true, default: [] },
  },
})
if (values.date !== undefined && Number.isNaN(Date.parse(values.date))) {
  console.error(`--date takes an instant with its offset, for example 2030-02-28T23:58:00+01:00; ${values.date} is none.`)
  process.exit(1)
}
if (values.zone !== undefined && values.date === undefined) {
  console.error('--zone belongs to --date; the settings have zones of their own.')
  process.exit(1)
}
const unknown = values.setting?.filter((name) => !settings.some((setting) => setting.name === name)) ?? []
if (unknown.length > 0) {
  console.error(`There is no setting ${unknown.join(', ')}. There are:\n`)
  for (const { name, what } of settings) console.error(`  ${name.padEnd(16)}  ${what}`)
  process.exit(1)
}
const own: readonly Setting[] =
  values.date === undefined
    ? []
    : [{ name: values.date, what: values.zone ?? "the machine's zone", startsAt: values.date, ...(values.zone && { zone: values.zone }) }]
const named = settings.filter(({ name }) => values.setting?.includes(name) ?? values.date === undefined)
const chosen = [...named, ...own]
if (chosen.some(({ startsAt }) => startsAt !== undefined) && !isThere()) {
  console.error(`test:dates shifts the clock with the program faketime, which is not installed.
Debian, Ubuntu: apt-get install faketime. Fedora: dnf install libfaketime.
Without it: --setting kathmandu --setting busy`)
  process.exit(1)
}

const root = path.resolve(import.meta.dirname, '../..')
const vitest = path.join(path.dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs')
const tests = [vitest, 'run', '--config', 'test/vitest.config.ts', ...values.project.flatMap((name) => ['--project', name]), ...positionals]

const results: { readonly name: string; readonly passed: boolean }[] = []
for (const setting of chosen) {
  console.log(`\n=== ${setting.name}: ${setting.what} ===`)
  results.push({ name: setting.name, passed: await runUnder(setting) })
}
console.log(`\n${results.map(({ name, passed }) => `${passed ? 'passed' : 'FAILED'}  ${name}`).join('\n')}`)
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1

async function runUnder({ startsAt, zone, busyLoops = 0 }: Setting): Promise<boolean> {
  const shift = startsAt === undefined ? [] : clockShift(new Date(startsAt))
  if (startsAt !== undefined) checkClock(shift, new Date(startsAt))
  const beside = Array.from({ length: busyLoops }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  try {
    const [program = '', ...words] = [...shift, process.execPath, ...tests]
    const environment = underClock({ ...process.env, ...(zone !== undefined && { TZ: zone }) })
    return await passes(spawn(program, words, { cwd: root, stdio: 'inherit', env: environment }))
  } finally {
    for (const loop of beside) loop.kill()
  }
}

function passes(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
}
