// `npm run doctor`: prints what works and what does not, in words with remedies; exit code 1 when there is a problem to fix.
import { systemClock } from '../../clock.ts'
import { createLog } from '../../log.ts'
import { runCommand } from '../run-command.ts'
import { examine } from './doctor.ts'
import { exitCodeOf, printFindings } from './finding.ts'

await runCommand(async () => {
  const findings = await examine(undefined, { clock: systemClock, log: createLog('silent') })
  console.log(printFindings(findings))
  return exitCodeOf(findings)
})
