// The contract of one statistic: what it is called and means under each of Gong's contracts, which field carries it, and where
// messages show it. Knows no figure. One file each beside this one, joined by the list in index.ts.
import type { ActivityCounters, GongContract, InteractionFigures } from '../../domain/gong-figures.ts'
import type { Unit } from '../../domain/unit.ts'

/** `score` and `none` have no unit people know. `count` is a whole number of calls or acts. */
export type MeasureUnit = Unit

/** What a statistic is called and means under one contract. */
export interface MeasureWords {
  /** `Talk ratio`. */
  readonly label: string
  /** Of counts: the label of a single one, in mid-sentence: `call hosted`. */
  readonly one?: string
  readonly unit: MeasureUnit
  /** Of scores whose scale Gong publishes: its upper end; the lower is 0. */
  readonly scaleEnd?: number
  /** One sentence with Gong's definition under this contract, for *Definitions*. */
  readonly definition: string
}

/** Where messages show a statistic. Sections decide by these properties, never by a statistic's id. */
export interface MeasurePlaces {
  /** `message`: of a person, in the message itself. `details`: under *Details*. */
  readonly shownIn: 'message' | 'details'
  /** Its columns in the table of people, if any. */
  readonly column?: 'figure' | 'figure-and-change' | undefined
  /** What people did whose figure rose or fell, as the end of a sentence: `talked less`. */
  readonly moved?: { readonly up: string; readonly down: string } | undefined
}

interface Common<Id extends string> extends MeasurePlaces {
  readonly id: Id
  /** How a team's figure is made: median over people with enough calls, or sum. `none`: no team figure, it would count calls twice. */
  readonly ofTeam: 'median' | 'sum' | 'none'
  /** It counts the person's calls themselves, so it has no rate per call. */
  readonly countsCalls?: true
  /** A range Gong has published, with its source: what a person's figure is held against unless TARGETS says otherwise. */
  readonly published?: { readonly low?: number; readonly high?: number; readonly source: string }
  /** Undefined where that contract does not give the statistic. */
  readonly words: Readonly<Record<GongContract, MeasureWords | undefined>>
}

/** Read from a person's conversation figures in a period: means over their calls, as Gong gives them. */
export interface ConversationMeasure<Id extends string = string> extends Common<Id> {
  readonly group: 'conversation'
  readonly read: (row: InteractionFigures) => number | undefined
}

/** Read from a person's activity in a period, as Gong gives it. */
export interface ActivityMeasure<Id extends string = string> extends Common<Id> {
  readonly group: 'activity'
  readonly read: (row: ActivityCounters) => number | undefined
}

export type Measure<Id extends string = string> = ConversationMeasure<Id> | ActivityMeasure<Id>

/** Declares a statistic of Gong's conversation figures. */
export const conversationMeasure = <const Id extends string>(measure: Omit<ConversationMeasure<Id>, 'group'>): ConversationMeasure<Id> => ({
  group: 'conversation',
  ...measure,
})

/** Declares a statistic of Gong's activity counters. */
export const activityMeasure = <const Id extends string>(measure: Omit<ActivityMeasure<Id>, 'group'>): ActivityMeasure<Id> => ({
  group: 'activity',
  ...measure,
})

/** A statistic in the words of the contract at hand, for whoever shows it. */
export interface DefinitionOf<Id extends string> extends MeasureWords, MeasurePlaces {
  readonly id: Id
  readonly group: Measure['group']
  readonly ofTeam: Measure['ofTeam']
}

/** Undefined where the contract does not give the statistic. */
export function definitionOf<Id extends string>(measure: Measure<Id>, contract: GongContract): DefinitionOf<Id> | undefined {
  const { id, group, ofTeam, shownIn, column, moved } = measure
  const words = measure.words[contract]
  return words && { id, ...words, group, ofTeam, shownIn, column, moved }
}

/** The unit under a contract; `none` where the contract does not give the statistic. */
export const unitOf = (measure: Measure, contract: GongContract): MeasureUnit => measure.words[contract]?.unit ?? 'none'
