// The documented contract's operations as one source.
import type { GongClient } from '../client.ts'
import type { FetchPeople } from '../people/people.ts'
import type { GongSource } from '../source.ts'
import { fetchActivity } from './activity.ts'
import { coachingFetcher } from './coaching.ts'
import { fetchDailyActivity } from './daily-activity.ts'
import { interactionFetcher } from './interaction.ts'
import { fetchScorecards } from './scorecards.ts'

export function documentedSource(client: GongClient, fetchPeople: FetchPeople): GongSource {
  return {
    contract: 'documented',
    further: [],
    fetchPeople,
    fetchInteraction: interactionFetcher(client),
    fetchActivity: (period, ask) => fetchActivity(client, period, ask),
    fetchDailyActivity: (period, ask) => fetchDailyActivity(client, period, ask),
    fetchScorecards: (period, ask) => fetchScorecards(client, period, ask),
    fetchCoaching: coachingFetcher(client),
  }
}
