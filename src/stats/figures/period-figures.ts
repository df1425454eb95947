// What Gong said of people in one period, and a person's figures taken from it. Each missing figure keeps its reason. Knows
// nothing of comparison or of who may see it.
import type { ActivityCounters, GongContract, InteractionFigures } from '../../domain/gong-figures.ts'
import { known, type Measured, measuredOr, noData } from '../../domain/measured.ts'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Reads, TenantFacts, WindowAnswer } from '../../domain/reads.ts'
import { type Measure, unitOf } from '../measures/measure.ts'
import type { CallCount } from './results.ts'

export interface PeriodFigures {
  readonly period: Period
  readonly contract: GongContract
  readonly interaction: WindowAnswer<InteractionFigures>
  readonly activity: WindowAnswer<ActivityCounters>
  /** The key may not read how many calls anybody had, and Gong says it nowhere else: whoever has figures is taken to have enough. */
  readonly callsClosed?: true | undefined
  /** Somebody's newer figures are not among them: without names they wait until those of so many people of one team changed. */
  readonly heldBack?: number | undefined
}

/** Two reads, however many people. */
export async function readPeriod(
  reads: Reads,
  { contract, gaps = [] }: Pick<TenantFacts, 'contract' | 'gaps'>,
  period: Period,
  personIds: readonly PersonId[],
): Promise<PeriodFigures> {
  const [interaction, activity] = await Promise.all([reads.interaction(period, personIds), reads.activity(period, personIds)])
  const isClosed =
    contract === 'live' && activity.readAt === undefined && gaps.some(({ kind, why }) => kind === 'activity' && why === 'scope')
  return { period, contract, interaction, activity, ...(isClosed && { callsClosed: true }) }
}

/** A person's row, or why there is none: `not-read`, `quarantined`, or `no-calls` when Gong was asked and reports nothing. */
function rowOf<T>(answer: WindowAnswer<T>, personId: PersonId): Measured<T> {
  if (answer.quarantinedPeople.has(personId)) return noData('quarantined')
  const row = answer.rows.get(personId)
  if (row !== undefined) return known(row)
  return noData(answer.neverRead.has(personId) ? 'not-read' : 'no-calls')
}

/**
 * n of a person's conversation figures. Documented: Gong's `callsCount`. Live has none: hosted + attended of the same window
 * (there attended leaves hosted calls out), because Gong's figures are means over all calls a person was in, whoever hosted them
 * (Gong's help, "Analyze team performance"). 0 when Gong was asked and reports nothing.
 */
export function callCountOf(figures: PeriodFigures, personId: PersonId): CallCount {
  if (figures.contract === 'documented') {
    const row = rowOf(figures.interaction, personId)
    return { calls: row.known ? measuredOr(row.value.callsCount, 'not-given') : zeroIfQuiet(row), basis: 'exact' }
  }
  const row = rowOf(figures.activity, personId)
  if (!row.known) return { calls: zeroIfQuiet(row), basis: 'in-period' }
  const { callsAsHost, callsAttended } = row.value
  const both = callsAsHost === undefined || callsAttended === undefined ? undefined : callsAsHost + callsAttended
  return { calls: measuredOr(both, 'not-given'), basis: 'in-period' }
}

const zeroIfQuiet = (row: Measured<unknown>): Measured => (row.known || row.why === 'no-calls' ? known(0) : noData(row.why))

/** A person's figure as Gong gives it. `callsCount` 0 means the conversation figures are unknown, whatever they say. */
export function figureOf(measure: Measure, figures: PeriodFigures, personId: PersonId): Measured {
  if (measure.group === 'activity') {
    const row = rowOf(figures.activity, personId)
    return row.known ? measuredOr(measure.read(row.value), 'not-given') : row
  }
  const row = rowOf(figures.interaction, personId)
  if (!row.known) return row
  return row.value.callsCount === 0 ? noData('no-calls') : measuredOr(measure.read(row.value), 'not-given')
}

/** Whether the figures rest on enough calls to enter medians and comparisons. */
export const hasEnoughCalls = (figures: PeriodFigures, personId: PersonId, minimumCalls: number): boolean =>
  isEnough(figures, personId, callCountOf(figures, personId), minimumCalls)

/** An unknown n is not enough, unless nobody's can be known: then whoever has figures has. */
export const isEnough = (figures: PeriodFigures, personId: PersonId, { calls }: CallCount, minimumCalls: number): boolean =>
  figures.callsClosed
    ? figures.interaction.rows.has(personId) && !figures.interaction.quarantinedPeople.has(personId)
    : calls.known && calls.value >= minimumCalls

/** A figure that may be compared: `too-few-calls` unless it rests on enough calls. Counts are as they are. */
export function comparableOf(measure: Measure, figures: PeriodFigures, personId: PersonId, minimumCalls: number): Measured {
  const value = figureOf(measure, figures, personId)
  return asComparable(value, unitOf(measure, figures.contract) === 'count', value.known && hasEnoughCalls(figures, personId, minimumCalls))
}

export const asComparable = (value: Measured, isCount: boolean, enoughCalls: boolean): Measured =>
  !value.known || isCount || enoughCalls ? value : noData('too-few-calls')
