// Every tool Slackbot may call, in the order it lists them. To add one: a file beside this and a line here; the suites in test/mcp
// run over the list.
import { coachingCoverage } from './coaching-coverage.ts'
import { myNumbers } from './my-numbers.ts'
import { personNumbers } from './person-numbers.ts'
import { prepareOneOnOne } from './prepare-one-on-one.ts'
import { scorecards } from './scorecards.ts'
import { teamNumbers } from './team-numbers.ts'
import type { Tool } from './tool.ts'
import { whatDoesItMean } from './what-does-it-mean.ts'
import { whoSawMyNumbers } from './who-saw-my-numbers.ts'
import { whoToLookAt } from './who-to-look-at.ts'

export const tools: readonly Tool[] = [
  myNumbers,
  teamNumbers,
  personNumbers,
  scorecards,
  coachingCoverage,
  prepareOneOnOne,
  whoToLookAt,
  whatDoesItMean,
  whoSawMyNumbers,
]
