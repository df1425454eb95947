// `npm run doctor`: prints what works and what does not, in words with remedies; exit code 1 when there is a problem to fix. With
// `-- --clear-pause` it first ends a pause of Gong requests.
import { parseArgs } from 'node:util'
import { systemClock } from '../../clock.ts'
import { createLog } from '../../log.ts'
import { runCommand } from '../run-command.ts'
import { examine } from './doctor.ts'
import { exitCodeOf, printFindings } from './finding.ts'

await runCommand(async () => {
  const { values } = parseArgs({ options: { 'clear-pause': { type: 'boolean', default: false } } })
  const around = { clock: systemClock, log: createLog('silent') }
  const findings = await examine(undefined, around, {
    clearPause: values['clear-pause'],
    // On the other stream, so that findings can be piped without it.
    onStep: (step) => console.error(`Asking Gong: ${step} …`),
  })
  console.log(printFindings(findings))
  return exitCodeOf(findings)
})
