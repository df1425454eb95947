// Decides the unit of the documented `talkRatio` ("percentage", a float) once per tenant: when the median of a whole answer is above 1
// it is percent. The verdict is remembered and can be overridden; a later answer that contradicts it is rejected.
import { GongSurprise } from '../errors.ts'
import type { GongClient, TalkRatioUnit } from './client.ts'

/** People with a ratio an answer must have before its median is believed for good. */
const enough = 5

const median = (sorted: Float64Array): number => {
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/**
 * The unit of this answer's ratios. Remembered when the answer covers everybody, or at least 5 people; before that, a small
 * scoped answer is read by its own median.
 * @throws GongSurprise when percent was settled and a whole answer now looks like fractions.
 */
export async function talkRatioUnitOf(
  client: Pick<GongClient, 'memory' | 'talkRatioUnit' | 'log'>,
  ratios: readonly number[],
  answer: { readonly coversEverybody: boolean; readonly endpoint: string; readonly requestId: string | undefined },
): Promise<TalkRatioUnit | undefined> {
  const positive = Float64Array.from(ratios.filter((ratio) => ratio > 0)).sort()
  const looksLike = positive.length === 0 ? undefined : median(positive) > 1 ? 'percent' : 'fraction'
  const settled = client.talkRatioUnit ?? (await rememberedUnit(client))
  if (settled) {
    if (settled === 'percent' && looksLike === 'fraction' && positive.length >= enough)
      throw new GongSurprise({ ...answer, what: 'talk ratios look like fractions, but percent was settled', paths: ['talkRatio'] })
    return settled
  }
  if (looksLike && (answer.coversEverybody || positive.length >= enough)) {
    await client.memory.set('talk-ratio-unit', looksLike)
    client.log.info({ unit: looksLike, people: positive.length }, 'Talk-ratio unit settled')
  }
  return looksLike
}

export async function rememberedUnit({ memory }: Pick<GongClient, 'memory'>): Promise<TalkRatioUnit | undefined> {
  const value = await memory.get('talk-ratio-unit')
  return value === 'percent' || value === 'fraction' ? value : undefined
}
