// The measurements, in the order of the table.
import { acknowledgement } from './acknowledgement.ts'
import { burst } from './burst.ts'
import { largeCompanyEmbedded, largeCompanyOnPostgres } from './large-company.ts'
import { loopDelay } from './loop-delay.ts'
import type { Measurement } from './measure.ts'
import { minuteEmbedded, minuteOnPostgres, minuteOnReplicas } from './one-minute.ts'
import { renderTeam } from './render-team.ts'
import { startAndMemory } from './start-and-memory.ts'

export const measurements: readonly Measurement[] = [
  acknowledgement,
  burst,
  largeCompanyOnPostgres,
  largeCompanyEmbedded,
  minuteOnPostgres,
  minuteEmbedded,
  minuteOnReplicas,
  renderTeam,
  loopDelay,
  startAndMemory,
]
