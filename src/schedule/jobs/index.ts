// Every job, in the order the tick starts upkeep: fresh people and figures first.
import type { Job } from '../job.ts'
import { alignProgrammes } from './align-programmes.ts'
import { completeDigests } from './complete-digests.ts'
import { correctDigests } from './correct-digests.ts'
import { deliverDigest } from './deliver-digest.ts'
import { firstContact } from './first-contact.ts'
import { notifyDataProblems } from './notify-data-problems.ts'
import { notifyEndedRoles } from './notify-ended-roles.ts'
import { pruneAccessLog } from './prune-access-log.ts'
import { pruneFigures } from './prune-figures.ts'
import { refreshDirectory } from './refresh-directory.ts'
import { refreshGong } from './refresh-gong.ts'

export const jobs: readonly Job[] = [
  refreshDirectory,
  refreshGong,
  firstContact,
  notifyDataProblems,
  notifyEndedRoles,
  alignProgrammes,
  deliverDigest,
  completeDigests,
  correctDigests,
  pruneAccessLog,
  pruneFigures,
]
