// `npm run doctor`: prints what works and what does not, in words with remedies; exit code 1 when something is to be mended.
import { systemClock } from '../../clock.ts'
import { createLog } from '../../log.ts'
import { examine } from './doctor.ts'
import { exitCodeOf, printFindings } from './finding.ts'

const findings = await examine(undefined, { clock: systemClock, log: createLog('silent') })
console.log(printFindings(findings))
process.exitCode = exitCodeOf(findings)
