// The contract of one statistic: what it is called and means under each of Gong's contracts, and which field carries it. One
// file each under measures/, joined by the list there.
import type { ActivityCounters, GongContract, InteractionFigures } from '../../domain/gong-figures.ts'
import type { MeasureDefinition, MeasureId } from '../figures/results.ts'

/** Words and unit under one contract. Undefined where that contract does not give the statistic. */
export type Wording = Pick<MeasureDefinition, 'label' | 'unit' | 'definition'>

interface Common {
  readonly id: MeasureId
  readonly ofTeam: MeasureDefinition['ofTeam']
  readonly words: Readonly<Record<GongContract, Wording | undefined>>
}

/** A mean over a person's calls in the period, as Gong gives it. Team figure: median over people with enough calls. */
export interface ConversationMeasure extends Common {
  readonly group: 'conversation'
  readonly read: (row: InteractionFigures) => number | undefined
}

/** A count of a person's calls in the period, as Gong gives it. */
export interface ActivityMeasure extends Common {
  readonly group: 'activity'
  readonly read: (row: ActivityCounters) => number | undefined
}

export type Measure = ConversationMeasure | ActivityMeasure

/** The measure told for the contract at hand; undefined where the contract does not give it. */
export function definitionOf(measure: Measure, contract: GongContract): MeasureDefinition | undefined {
  const words = measure.words[contract]
  return words && { id: measure.id, ...words, group: measure.group, ofTeam: measure.ofTeam }
}
