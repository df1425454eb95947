// `npm run prove`: asks the configured Gong once for everything the product needs, tries Slack in one place, prints what it found and writes
// prove-report.md, fit to attach to an issue. Exit code 1 when something is to fix.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../../clock.ts'
import { readConfig } from '../../config/config.ts'
import { ConfigError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { version } from '../../version.ts'
import { argument } from '../argument.ts'
import { terminalPrompts } from '../prompts.ts'
import { runCommand } from '../run-command.ts'
import { findStore } from '../workbench.ts'
import { runProve } from './run.ts'

const reportFile = 'prove-report.md'
/** In a clone of the project its tests find it there; elsewhere it lies beside the report. */
const fixtureFolder = existsSync('test/fixtures') ? 'test/fixtures/tenants' : '.'

await runCommand(async () => {
  const { values } = parseArgs({ options: { channel: { type: 'string' }, shapes: { type: 'boolean', default: false } } })
  const config = readConfig()
  const around = { clock: systemClock, log: createLog('silent') }
  const found = await findStore(config, around)
  const store = found.type === 'open' ? found.store : undefined
  // A refresh token works once: taken without the database, it would be lost, and the service could not go on.
  if (!store && config.gongCredentials.type === 'oauth') {
    if (found.type === 'closed') throw new ConfigError(found.problems)
    console.error("Gong's OAuth tokens work once and lie in the database, which cannot be opened now. Stop the service and run this again.")
    return 1
  }
  try {
    const { text, report, fixture, code } = await runProve(
      {
        config,
        store,
        around,
        prompts: process.stdin.isTTY ? terminalPrompts(process.stderr) : undefined,
        version,
        onStep: (step) => console.error(`${step} …`),
      },
      { place: argument('--channel', values.channel), shapes: values.shapes },
    )
    writeFileSync(reportFile, report)
    console.log(
      `${text}\n\nWritten to ${reportFile}: no names, ids, figures or addresses. Read it, then attach it to an issue if you like.`,
    )
    if (fixture) {
      mkdirSync(fixtureFolder, { recursive: true })
      const file = path.join(fixtureFolder, fixture.name)
      writeFileSync(file, fixture.text)
      console.log(`Shapes are in ${file}: names of fields and types. Read it too, then open a pull request with it if you like.`)
    }
    return code
  } finally {
    await store?.close()
  }
})
