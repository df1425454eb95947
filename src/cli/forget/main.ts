// `npm run forget -- <e-mail or id>`: deletes a person's data. Refuses while the running service holds the embedded database.
import { systemClock } from '../../clock.ts'
import { readConfig } from '../../config/config.ts'
import { AskError, ConfigError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { argument } from '../argument.ts'
import { runCommand } from '../run-command.ts'
import { findStore } from '../workbench.ts'
import { forget, forgettingInWords } from './forget.ts'

await runCommand(async () => {
  const whom = argument('The e-mail address or id', process.argv[2])
  if (!whom) throw new AskError('Say whom: npm run forget -- person@company.example')
  const found = await findStore(readConfig(), { clock: systemClock, log: createLog('silent') })
  if (found.type === 'held') throw new AskError('The running service holds the database. Stop it, run this again, then start it.')
  if (found.type === 'closed') throw new ConfigError(found.problems)
  try {
    console.log(forgettingInWords(await forget(whom, found.store)))
  } finally {
    await found.store.close()
  }
})
