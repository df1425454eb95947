// Plain JavaScript, so that an old Node can read it and say so in words. Turns on the compile cache, loads `.env` and hands
// over to the part that was asked for; without a word that is the service itself.
import { existsSync } from 'node:fs'
import module from 'node:module'

const parts = {
  start: './main.ts',
  demo: './sandbox/demo-main.ts',
  doctor: './cli/doctor-main.ts',
  preview: './cli/preview-main.ts',
  setup: './cli/setup-main.ts',
  forget: './cli/forget-main.ts',
  'gong-login': './cli/gong-login-main.ts',
  'move-to-postgres': './cli/move-to-postgres-main.ts',
}

const needed = 26
const major = Number(process.versions.node.split('.')[0])
if (major < needed) {
  console.error(
    `gong-digest needs Node ${needed} or newer; this is ${process.versions.node}. Start it with npm (npm start, npm run demo): npm ci has brought the right one along.`,
  )
  process.exit(1)
}

const [name = 'start', ...rest] = process.argv.slice(2)
const part = parts[name]
if (!part) {
  console.error(`gong-digest has no part named ${name}. It has: ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}

module.enableCompileCache()
if (name !== 'demo' && existsSync('.env')) process.loadEnvFile('.env')
process.argv.splice(2, process.argv.length, ...rest)
await import(part)
