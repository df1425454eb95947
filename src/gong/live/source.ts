// The live contract's operations as one source.
import type { GongClient } from '../client.ts'
import type { ReadPeople } from '../people/people.ts'
import type { GongSource } from '../source.ts'
import { readActivity } from './activity.ts'
import { coachingReader } from './coaching.ts'
import { readDailyActivity } from './daily-activity.ts'
import { readInteraction } from './interaction.ts'
import { scorecardReader } from './scorecards.ts'

export function liveSource(client: GongClient, readPeople: ReadPeople): GongSource {
  return {
    contract: 'live',
    readPeople,
    readInteraction: (period, ask) => readInteraction(client, period, ask),
    readActivity: (period, ask) => readActivity(client, period, ask),
    readDailyActivity: (period, ask) => readDailyActivity(client, period, ask),
    readScorecards: scorecardReader(client),
    readCoaching: coachingReader(client),
  }
}
