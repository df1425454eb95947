// Live POST /stats/interaction: named values. Talk ratio is a fraction; there is no number of calls; only calls recorded with
// Whisper count, so a missing value is unknown, never zero.
import { z } from 'zod'
import type { InteractionFigures } from '../../domain/gong-figures.ts'
import type { Period } from '../../domain/period.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { given, id, idOf, measure } from '../wire/fields.ts'
import { Impossible, translateAll } from '../wire/records.ts'
import { fetchDated, onlyThese } from './dated-list.ts'

export const interactionPath = '/stats/interaction'
const interactionKey = 'peopleInteractionStats'

const record = z.object({
  userId: id,
  personInteractionStats: z.array(z.object({ name: z.string(), value: measure })).nullish(),
})

export async function fetchInteraction(client: GongClient, period: Period, ask: AskGong): Promise<GongAnswer<InteractionFigures>> {
  const list = await fetchDated(client, period, ask, {
    path: interactionPath,
    listKey: interactionKey,
    dateFields: ['fromDate', 'toDate'],
    filter: onlyThese('userIds', ask.personIds),
    identify: (row) => idOf(row.userId),
  })
  return translateAll(list, {
    endpoint: `POST ${interactionPath}`,
    schema: record,
    personField: 'userId',
    translate({ userId, personInteractionStats }) {
      const values = new Map((personInteractionStats ?? []).map(({ name, value }) => [name.trim().toLowerCase(), value]))
      const ratio = values.get('talk ratio')
      // A fraction, unless the operator says that this tenant answers in percent.
      const talkShare = ratio !== undefined && client.talkRatioUnit === 'percent' ? ratio / 100 : ratio
      if (talkShare !== undefined && talkShare > 1) return new Impossible('personInteractionStats.Talk Ratio')
      return [
        given({
          personId: userId,
          talkShare,
          longestMonologueSeconds: values.get('longest monologue'),
          longestCustomerStorySeconds: values.get('longest customer story'),
          interactivity: values.get('interactivity'),
          patience: values.get('patience'),
          questionRate: values.get('question rate'),
        }),
      ]
    },
  })
}
