// The step of `npm run prove` that says how this Gong answers where its documents leave it open.
import type { CheckFailure } from '../../gong/check/failure.ts'
import type { EmptyAnswer, EndAnswer, GongHabits } from '../../gong/check/habits.ts'
import type { FindingOfArea } from '../doctor/finding.ts'

export function habitFindings(seen: GongHabits | CheckFailure): readonly FindingOfArea[] {
  if ('says' in seen) return [{ state: 'to fix', says: `This could not be looked at: ${seen.says}.`, remedy: 'Run this again later.' }]
  const { empty, ends, refresh } = seen
  return [...empty.map(ofEmpty), ...ends.map(ofEnd), ...(refresh ? [ofRefresh(refresh)] : [])]
}

function ofEmpty({ operation, status, texts, failure }: EmptyAnswer): FindingOfArea {
  const how = status === undefined ? 'not at all' : `with ${status}${texts.length > 0 ? ` and${quoted(texts)}` : ''}`
  if (!failure) return { state: 'good', says: `An empty list of ${operation} is answered ${how}, and understood.` }
  if (failure.missingScope || failure.status === 403)
    return { state: 'worth knowing', says: `How an empty list of ${operation} is answered cannot be seen without its scope.` }
  if (failure.type === 'unavailable' || failure.type === 'rate-limited')
    return { state: 'worth knowing', says: `How an empty list of ${operation} is answered could not be seen: ${failure.says}.` }
  return {
    state: 'to fix',
    says: `An empty list of ${operation} is answered ${how}, and taken for a failure.`,
    remedy: 'A quiet week would look like an outage: attach this report to an issue.',
  }
}

const endNames = { today: 'ends as today begins', tomorrow: 'ends as tomorrow begins' } as const

/** The product never needs the second kind of calls' figures; either answer is fine. */
const ofEnd = ({ end, isTaken, texts }: EndAnswer): FindingOfArea => ({
  state: isTaken || end === 'tomorrow' ? 'good' : 'worth knowing',
  says: isTaken
    ? `A range that ${endNames[end]} is taken.`
    : `A range that ${endNames[end]} is refused${texts.length > 0 ? ` with${quoted(texts)}` : ''}.${end === 'today' ? ' Figures are then asked for with one day less.' : ''}`,
})

function ofRefresh(refresh: NonNullable<GongHabits['refresh']>): FindingOfArea {
  if (!refresh.ok)
    return {
      state: 'to fix',
      says: `The token could not be renewed: ${refresh.failure.says}.`,
      remedy: 'Connect again: npm run gong-login.',
    }
  const host = refresh.namesHost ? " It names the tenant's own host." : ''
  return {
    state: 'good',
    says: refresh.isRotated
      ? `Renewing the token gave a new refresh token, which is stored: each is used once. Whether the old one still works was not tried.${host}`
      : `Renewing the token gave no new refresh token: the one there is goes on being used.${host}`,
  }
}

/** Gong's own words, cut. */
const quoted = (texts: readonly string[]): string => (texts[0] === undefined ? '' : ` the words "${texts[0].slice(0, 120)}"`)
