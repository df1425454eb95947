// One run of the setup around its questions: what is set already is offered to be kept, `.env` is written (or, for a container, its lines
// are printed and no file is touched), and the doctor has the last word. Knows no terminal.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { readGiven, readSettings } from '../../config/config.ts'
import { variables } from '../../config/variables.ts'
import { ConfigError } from '../../errors.ts'
import { storeVariables } from '../../options.ts'
import { openStore } from '../../store/database/connect.ts'
import type { Store } from '../../store/store.ts'
import { examine } from '../doctor/doctor.ts'
import { exitCodeOf, printFindings } from '../doctor/finding.ts'
import type { Prompts } from '../prompts.ts'
import { findStore, type Surroundings } from '../workbench.ts'
import { linesBeside, movedInWords, withValues, writeSettings } from './env-file.ts'
import { setUp } from './setup.ts'
import type { Values } from './setup-deps.ts'

export interface SetupRun {
  /** Of a second installation in the same workspace, for example `staging`; what `COMMAND_SUFFIX` says when missing. */
  readonly name?: string | undefined
  /** Print the lines for a container instead of writing `.env`. */
  readonly print: boolean
  readonly prompts: Prompts
  readonly around: Surroundings
  /** Where `.env` lies. */
  readonly folder: string
  /** The process's environment unless a test hands in another. */
  readonly environment?: Readonly<Values>
  /** Standard output. */
  write(text: string): void
}

const root = path.resolve(import.meta.dirname, '../../..')
const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/**
 * The doctor's exit code.
 * @throws ConfigError for a name Slack would not take. Cancelled when the person leaves.
 */
export async function runSetup({ prompts, folder, write, ...run }: SetupRun): Promise<0 | 1> {
  if (run.name !== undefined && !/^[a-z][a-z0-9-]{0,11}$/.test(run.name))
    throw new ConfigError(['--name takes up to twelve small letters, digits and dashes, for example staging'])
  const envFile = path.join(folder, '.env')
  const written = parseEnv(read(envFile))
  const settings = readGiven(run.environment && { ...run.environment, ...written })
  const { texts, fromFiles } = settings
  const name = run.name ?? texts.COMMAND_SUFFIX
  prompts.begin('gong-digest: set up')
  const tokens = texts.GONG_REFRESH_TOKEN === undefined ? undefined : await openTokens(texts, run.print, run.around)
  const around = tokens ? { ...run.around, secrets: tokens.tenant } : run.around
  const scratch = await openStore({
    ...around,
    realTime: 'database',
    dataDir: 'memory://',
    budget: { perSecond: 2, perDay: 4000 },
    ...around.storeChanges,
  })
  const answers = await setUp({
    prompts,
    around,
    scratch,
    manifest: read(path.join(root, 'manifest.yml')),
    known: texts,
    name,
  }).finally(async () => {
    await scratch.close()
    await tokens?.close()
  })
  if (run.print) {
    write(withValues('', { ...onlyInEnvironment(texts, fromFiles), ...written, ...linesBeside(answers, settings) }))
    prompts.say(whereToPutLines)
  } else {
    const moved = writeSettings(envFile, read(path.join(root, '.env.example')), answers, settings)
    prompts.say(`${path.resolve(envFile)} is written; only you can read it.`)
    for (const name of moved) prompts.say(movedInWords(name, '.env'))
  }
  // The doctor would open, and so create, the folder of a database that the container has elsewhere.
  const elsewhere = run.print && texts.DATABASE_URL === undefined ? { DATA_DIR: 'memory://' } : {}
  const findings = await examine({ ...texts, ...answers, ...elsewhere }, run.around)
  prompts.say(printFindings(findings), 'The doctor')
  const code = exitCodeOf(findings)
  prompts.end(code === 0 ? 'Start it with: npm start' : 'Fix what the doctor names, then run: npm run doctor')
  return code
}

/** What this process was given beside `.env`: without it the container would lack it. Its folder is another one there. */
const onlyInEnvironment = (texts: Readonly<Values>, fromFiles: ReadonlyMap<string, string>): Values =>
  Object.fromEntries(
    Object.keys(variables)
      .filter((name) => name !== 'DATA_DIR' && !fromFiles.has(name) && (texts[name] ?? '') !== '')
      .map((name) => [name, texts[name]]),
  )

const whereToPutLines =
  'The lines hold secrets. Put them into a file that only you can read: (umask 077; npm run --silent setup -- --print > gong-digest.env). .gitignore and .dockerignore cover gong-digest.env.'

/** The service's own store, for OAuth tokens alone: one refreshed here must be found there. @throws ConfigError when it cannot be opened. */
async function openTokens(texts: Readonly<Values>, isForContainer: boolean, around: Surroundings): Promise<Store> {
  const settings = readSettings(storeVariables, texts)
  if (isForContainer && settings.DATABASE_URL === undefined)
    throw new ConfigError([
      "Gong's OAuth tokens work once: one tried here could not be used in the container. Set DATABASE_URL to the database the container uses, or leave GONG_REFRESH_TOKEN out and use an access key",
    ])
  const found = await findStore({ settings }, around)
  if (found.type === 'open') return found.store
  if (found.type === 'closed') throw new ConfigError(found.problems)
  throw new ConfigError(['The running service holds the OAuth tokens of Gong, which work once. Stop it before the setup'])
}
