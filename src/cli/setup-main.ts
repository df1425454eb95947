// `npm run setup`: asks, tries, writes `.env` readable by its owner only, and ends with the doctor. `--print` writes nothing and prints
// the lines for a container; `--name staging` is for a second installation. May be run again: what is set is offered to be kept.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import { intro, outro } from '@clack/prompts'
import { systemClock } from '../clock.ts'
import { readSettings } from '../config.ts'
import { ConfigError } from '../errors.ts'
import { createLog } from '../log.ts'
import { openStore } from '../store/connect.ts'
import { examine } from './doctor.ts'
import { withValues, writeEnvFile } from './env-file.ts'
import { exitCodeOf, printFindings } from './finding.ts'
import { Cancelled, terminalPrompts } from './prompts.ts'
import { setUp } from './setup.ts'

const envFile = '.env'
const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

async function main(): Promise<void> {
  const { values: flags } = parseArgs({ options: { name: { type: 'string' }, print: { type: 'boolean', default: false } } })
  if (flags.name !== undefined && !/^[a-z][a-z0-9-]{0,11}$/.test(flags.name))
    throw new ConfigError(['--name takes up to twelve small letters and digits, for example staging'])
  const around = { clock: systemClock, log: createLog('silent') }
  intro('gong-digest: set up')
  const way = readSettings(['SLACK_API_URL', 'HTTPS_PROXY', 'NO_PROXY'])
  const known = { ...way, ...parseEnv(read(envFile)) }
  const scratch = await openStore({ ...around, dataDir: 'memory://', budget: { perSecond: 2, perDay: 4000 } })
  const values = await setUp({
    prompts: terminalPrompts,
    around,
    scratch,
    manifest: read(path.join(root, 'manifest.yml')),
    known,
    ...(flags.name !== undefined && { name: flags.name }),
  }).finally(() => scratch.close())
  if (flags.print) process.stdout.write(withValues('', values))
  else {
    writeEnvFile(envFile, read(path.join(root, '.env.example')), values)
    terminalPrompts.say(`${path.resolve(envFile)} is written; only you can read it.`)
  }
  const findings = await examine({ ...known, ...values }, around)
  terminalPrompts.say(printFindings(findings), 'The doctor')
  outro(exitCodeOf(findings) === 0 ? 'Start it with: npm start' : 'Mend what the doctor names, then: npm run doctor')
  process.exitCode = exitCodeOf(findings)
}

try {
  await main()
} catch (error) {
  if (error instanceof ConfigError) console.error(error.problems.join('\n'))
  else if (!(error instanceof Cancelled)) throw error
  process.exitCode = 1
}
