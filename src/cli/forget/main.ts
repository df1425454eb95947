// `npm run forget -- <e-mail or id> [--slack-only]`: deletes a person's data. Refuses while the running service holds the embedded database.
import { parseArgs } from 'node:util'
import { systemClock } from '../../clock.ts'
import { readConfig } from '../../config/config.ts'
import { AskError, ConfigError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { argument } from '../argument.ts'
import { runCommand } from '../run-command.ts'
import { findStore } from '../workbench.ts'
import { forget, forgettingInWords } from './forget.ts'

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'slack-only': { type: 'boolean', default: false } } })
  const whom = argument('The e-mail address or id', positionals[0])
  if (!whom) throw new AskError('Say whom: npm run forget -- person@company.example')
  const found = await findStore(readConfig(), { clock: systemClock, log: createLog('silent') })
  if (found.type === 'held') throw new AskError('The running service holds the database. Stop it, run this again, then start it.')
  if (found.type === 'closed') throw new ConfigError(found.problems)
  try {
    console.log(forgettingInWords(await forget(whom, found.store, { slackOnly: values['slack-only'] })))
  } finally {
    await found.store.close()
  }
})
