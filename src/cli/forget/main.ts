// `npm run forget -- <e-mail>`: deletes a person's data. Refuses while the running service holds the embedded database.
import { systemClock } from '../../clock.ts'
import { readConfig } from '../../config/config.ts'
import { AskError, ConfigError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { findStore } from '../workbench.ts'
import { forget, forgettingInWords } from './forget.ts'

async function main(email: string | undefined): Promise<void> {
  if (!email) throw new AskError('Say whom: npm run forget -- person@company.example')
  const found = await findStore(readConfig(), { clock: systemClock, log: createLog('silent') })
  if (found.type === 'held') throw new AskError('The running service holds the database. Stop it, run this again, then start it.')
  if (found.type === 'closed') throw new ConfigError(found.problems)
  try {
    console.log(forgettingInWords(await forget(email, found.store)))
  } finally {
    await found.store.close()
  }
}

try {
  await main(process.argv[2])
} catch (error) {
  if (!(error instanceof AskError || error instanceof ConfigError)) throw error
  console.error(error instanceof ConfigError ? error.problems.join('\n') : error.message)
  process.exitCode = 1
}
