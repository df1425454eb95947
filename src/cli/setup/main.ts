// `npm run setup`: asks, tries, writes `.env` readable by its owner only, and ends with the doctor. `--print` writes no file and prints the
// lines for a container (the questions go to standard error); `--name staging` is for a second installation.
import { parseArgs } from 'node:util'
import { systemClock } from '../../clock.ts'
import { createLog } from '../../log.ts'
import { needTerminal, terminalPrompts } from '../prompts.ts'
import { runCommand } from '../run-command.ts'
import { runSetup } from './run.ts'

await runCommand(async () => {
  const { values: flags } = parseArgs({ options: { name: { type: 'string' }, print: { type: 'boolean', default: false } } })
  needTerminal('npm run setup')
  return runSetup({
    name: flags.name,
    print: flags.print,
    prompts: terminalPrompts(flags.print ? process.stderr : process.stdout),
    around: { clock: systemClock, log: createLog('silent') },
    folder: process.cwd(),
    write: (text) => void process.stdout.write(text),
  })
})
