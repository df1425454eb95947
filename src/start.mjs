// Plain JavaScript, so that an old Node can read it and say so in words. Turns on the compile cache, loads `.env` and hands over to
// the command that was asked for; without a word that is the service itself.
import { existsSync, readFileSync, statSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { whyNotThisNode } from './needed-node.mjs'

/**
 * @typedef {{ file: string, usage: string, does: string, hasHelp?: boolean }} Command `hasHelp`: it explains its options itself
 * @type {Readonly<Record<string, Command>>}
 */
const commands = {
  start: { file: './main.ts', usage: 'npm start', does: 'Runs the service.' },
  demo: {
    file: './sandbox/demo-main.ts',
    usage: 'npm run demo',
    does: 'Runs the whole bot in a browser, with a simulated Gong and Slack.',
    hasHelp: true,
  },
  setup: { file: './cli/setup/main.ts', usage: 'npm run setup', does: 'Asks for the settings, tries each one and writes .env.' },
  doctor: {
    file: './cli/doctor/main.ts',
    usage: 'npm run doctor [-- --clear-pause]',
    does: 'Checks settings, Slack, database and Gong, and says what to fix; can end a pause of Gong requests.',
  },
  prove: {
    file: './cli/prove/main.ts',
    usage: 'npm run prove [-- --channel C012345 --shapes]',
    does: 'Asks your Gong once for everything, tries Slack in one place, and writes prove-report.md, fit to attach to an issue.',
  },
  preview: {
    file: './cli/preview/main.ts',
    usage: 'npm run preview -- team [who]',
    does: 'Prints a message without posting it.',
    hasHelp: true,
  },
  'gong-login': { file: './cli/gong-login/main.ts', usage: 'npm run gong-login', does: 'Connects to Gong with OAuth.' },
  forget: {
    file: './cli/forget/main.ts',
    usage: 'npm run forget -- person@company.example',
    does: "Deletes a person's data; takes a Gong or Slack id too. After a Slack id, --slack-only says that it is nobody in Gong.",
  },
  backup: {
    file: './cli/backup/main.ts',
    usage: 'npm run backup -- file.tar.gz',
    does: 'Copies the embedded database into one file, also while the service runs.',
  },
  restore: {
    file: './cli/restore/main.ts',
    usage: 'npm run restore -- file.tar.gz',
    does: 'Makes the embedded database out of a backup, where there is none yet.',
  },
  'move-to-postgres': {
    file: './cli/move-to-postgres/main.ts',
    usage: 'npm run move-to-postgres',
    does: 'Copies the embedded database into an empty Postgres.',
  },
}

const helpWords = ['help', '--help', '-h']

/**
 * One line for each command.
 * @param {readonly Command[]} listed
 */
const helpOf = (listed) => {
  const width = Math.max(...listed.map(({ usage }) => usage.length))
  return listed.map(({ usage, does }) => `  ${usage.padEnd(width)}  ${does}`).join('\n')
}

/**
 * What to say when a package is not installed, or the sandbox is left out; undefined for any other error.
 * @param {unknown} error
 * @param {string} root
 */
function whatIsMissing(error, root) {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) return undefined
  if (!existsSync(path.join(root, 'src', 'sandbox')) && /[\\/]src[\\/]sandbox[\\/]/.test(error.message))
    return 'The simulated Gong and Slack are not part of the container image. Run this in a clone of the repository, after npm ci.'
  const name = /^Cannot find package '([^']+)'/.exec(error.message)?.[1]
  if (name === undefined) return undefined
  if (!existsSync(path.join(root, 'node_modules'))) return 'The packages are not installed. Run npm ci first.'
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  return name in devDependencies
    ? `The package ${name} is not installed: npm ci --omit=dev leaves it out. Run npm ci without --omit=dev, then try again.`
    : `The package ${name} is not installed. Run npm ci, then try again.`
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const [name = 'start', ...rest] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined

if (helpWords.includes(name)) {
  console.log(`gong-digest answers from Gong's call statistics in Slack and posts weekly digests.\n\n${helpOf(Object.values(commands))}`)
  process.exit(0)
}
const tooOld = whyNotThisNode(process.versions.node, root)
if (tooOld) {
  console.error(tooOld)
  process.exit(1)
}
if (!command) {
  const { nearest } = await import('./domain/nearest.ts')
  const meant = nearest(name, [...Object.keys(commands), 'help', '--help'])
  console.error(
    `gong-digest has no command ${name}.${meant ? ` Did you mean ${meant}?` : ''} It has:\n\n${helpOf(Object.values(commands))}`,
  )
  process.exit(1)
}
if (!command.hasHelp && rest.some((word) => helpWords.slice(1).includes(word))) {
  console.log(helpOf([command]))
  process.exit(0)
}

// React draws the demo four times as slowly otherwise, and Express answers errors with their stack.
process.env.NODE_ENV ??= 'production'
module.enableCompileCache()
await import('./quick-packages.mjs')
if (name !== 'demo' && existsSync('.env')) {
  if (statSync('.env').size > 1024 * 1024) {
    console.error('.env is longer than 1 MB, so it holds something else than settings.')
    process.exit(1)
  }
  process.loadEnvFile('.env')
}
process.argv.splice(2, process.argv.length, ...rest)
try {
  await import(command.file)
} catch (error) {
  const missing = whatIsMissing(error, root)
  if (!missing) throw error
  console.error(missing)
  process.exit(1)
}
