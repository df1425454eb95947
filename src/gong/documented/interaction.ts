// POST /stats/interaction: a person's means over the period. `callsCount` is their n; without calls the figures are unknown.
import { z } from 'zod'
import type { InteractionFigures } from '../../domain/gong-figures.ts'
import type { Period } from '../../domain/period.ts'
import { oneAtATime } from '../../one-at-a-time.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { talkRatioUnitOf } from '../talk-ratio-unit.ts'
import { anyNumber, count, given, id, idOf, measure } from '../wire/fields.ts'
import { fetchPages } from '../wire/pages.ts'
import { Impossible, translateAll } from '../wire/records.ts'
import { documentedList } from './filter.ts'

const interactionPath = '/stats/interaction'
const interactionKey = 'usersInteractionStats'

const record = z.object({
  userId: id,
  callsCount: count,
  talkRatio: anyNumber,
  longestMonologue: measure,
  interactivity: measure,
  patience: measure,
  questionRate: measure,
})

export function interactionFetcher(client: GongClient): (period: Period, ask: AskGong) => Promise<GongAnswer<InteractionFigures>> {
  // Of several first answers at once the first to be whole decides the unit for all.
  const settle = oneAtATime()
  return (period, ask) => fetchInteraction(client, period, ask, settle)
}

async function fetchInteraction(
  client: GongClient,
  period: Period,
  ask: AskGong,
  settle: ReturnType<typeof oneAtATime>,
): Promise<GongAnswer<InteractionFigures>> {
  const identify = (row: Readonly<Record<string, unknown>>) => idOf(row.userId)
  const list = await fetchPages(
    client.request,
    documentedList({ path: interactionPath, listKey: interactionKey, period, zone: client.zone, ask, identify }),
    ask,
  )
  const endpoint = `POST ${interactionPath}`
  const ratios = list.rows.flatMap((row) => {
    const ratio = row?.talkRatio
    return typeof ratio === 'number' && row?.callsCount !== 0 && ratio <= 100 ? [ratio] : []
  })
  const answer = { coversEverybody: ask.personIds === undefined, endpoint, requestId: list.requestId }
  const unit = await settle(() => talkRatioUnitOf(client, ratios, answer))
  return translateAll(list, {
    endpoint,
    schema: record,
    personField: 'userId',
    translate({ userId, callsCount, talkRatio, longestMonologue, interactivity, patience, questionRate }) {
      if (callsCount === 0) return [{ personId: userId, callsCount }]
      const talkShare = talkRatio === undefined ? undefined : unit === 'percent' ? talkRatio / 100 : talkRatio
      if (talkShare !== undefined && (talkShare < 0 || talkShare > 1)) return new Impossible('talkRatio')
      return [
        given({
          personId: userId,
          callsCount,
          talkShare,
          longestMonologueSeconds: longestMonologue,
          interactivity,
          patience,
          questionRate,
        }),
      ]
    },
  })
}
