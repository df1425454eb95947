// The live contract's operations as one source.
import type { GongClient } from '../client.ts'
import type { FetchPeople } from '../people/people.ts'
import type { GongSource } from '../source.ts'
import { fetchActivity } from './activity.ts'
import { coachingFetcher } from './coaching.ts'
import { fetchDailyActivity } from './daily-activity.ts'
import { fetchInteraction } from './interaction.ts'
import { fetchSettings } from './scorecard-settings.ts'
import { scorecardFetcher } from './scorecards.ts'
import { fetchWorkspaces } from './workspaces.ts'

export function liveSource(client: GongClient, fetchPeople: FetchPeople): GongSource {
  return {
    contract: 'live',
    further: [
      { operation: 'scorecard questions', fetchCount: async (ask) => (await fetchSettings(client, ask)).settings.cards.size },
      { operation: 'workspaces', fetchCount: async (ask) => (await fetchWorkspaces(client, ask)).ids.length },
    ],
    fetchPeople,
    fetchInteraction: (period, ask) => fetchInteraction(client, period, ask),
    fetchActivity: (period, ask) => fetchActivity(client, period, ask),
    fetchDailyActivity: (period, ask) => fetchDailyActivity(client, period, ask),
    fetchScorecards: scorecardFetcher(client),
    fetchCoaching: coachingFetcher(client),
  }
}
