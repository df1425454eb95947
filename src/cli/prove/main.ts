// `npm run prove`: asks the configured Gong once for everything the product needs, prints what it found and writes prove-report.md, fit to
// attach to an issue. Exit code 1 when something is to fix.
import { writeFileSync } from 'node:fs'
import { systemClock } from '../../clock.ts'
import { readConfig } from '../../config/config.ts'
import { createLog } from '../../log.ts'
import { gongOptions } from '../../options.ts'
import { version } from '../../version.ts'
import { withoutDatabase } from '../doctor/without-database.ts'
import { runCommand } from '../run-command.ts'
import { findStore } from '../workbench.ts'
import { prove } from './prove.ts'

const file = 'prove-report.md'

await runCommand(async () => {
  const config = readConfig()
  const { settings } = config
  const around = { clock: systemClock, log: createLog('silent') }
  const found = await findStore(config, around)
  const store = found.type === 'open' ? found.store : undefined
  // A refresh token works once: taken without the database, it would be lost, and the service could not go on.
  if (!store && config.gongCredentials.type === 'oauth') {
    console.error("Gong's OAuth tokens work once and lie in the database, which cannot be opened now. Stop the service and run this again.")
    return 1
  }
  try {
    const limits = { perSecond: settings.GONG_REQUESTS_PER_SECOND, perDay: settings.GONG_REQUESTS_PER_DAY }
    const options = gongOptions(config, store ?? withoutDatabase(limits, systemClock), around)
    const { text, report, code } = await prove(options, { clock: systemClock, version }, (step) => console.error(`Asking Gong: ${step} …`))
    writeFileSync(file, report)
    console.log(`${text}\n\nWritten to ${file}: no names, ids, figures or addresses. Read it, then attach it to an issue if you like.`)
    return code
  } finally {
    await store?.close()
  }
})
