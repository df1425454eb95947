// The documented contract's operations as one source.
import type { GongClient } from '../client.ts'
import type { ReadPeople } from '../people/people.ts'
import type { GongSource } from '../source.ts'
import { readActivity } from './activity.ts'
import { coachingReader } from './coaching.ts'
import { readDailyActivity } from './daily-activity.ts'
import { interactionReader } from './interaction.ts'
import { readScorecards } from './scorecards.ts'

export function documentedSource(client: GongClient, readPeople: ReadPeople): GongSource {
  return {
    contract: 'documented',
    readPeople,
    readInteraction: interactionReader(client),
    readActivity: (period, ask) => readActivity(client, period, ask),
    readDailyActivity: (period, ask) => readDailyActivity(client, period, ask),
    readScorecards: (period, ask) => readScorecards(client, period, ask),
    readCoaching: coachingReader(client),
  }
}
