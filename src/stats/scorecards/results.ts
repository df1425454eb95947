// What is answered about scorecards: averages with n and scale, cards by question, and the single cards somebody may see.
import type { AnsweredScorecard, ScoreRange } from '../../domain/gong-figures.ts'
import type { Measured } from '../../domain/measured.ts'
import type { Period } from '../../domain/period.ts'
import type { Subject } from '../../domain/policy.ts'
import type { DataState } from '../data-state.ts'
import type { Contributors } from '../figures/results.ts'

/** Whose cards are in a figure, and in the one before; by name only. */
export interface ReviewedOf {
  readonly value: Contributors
  readonly before: Contributors
}

export interface ScoreAverage {
  /** Mean on the card's own scale, human and automatic apart. */
  readonly value: Measured
  readonly before: Measured
  readonly change: Measured
  /** Cards (or answers) it rests on. */
  readonly n: number
  /** The scale, when known: only then may "/5" be shown. */
  readonly range?: ScoreRange | undefined
  /** The value's place on its scale, 0–1, when the scale is known: the only way to hold scores of two scales beside each other. */
  readonly share?: number | undefined
  readonly of?: ReviewedOf
}

export interface CardSummary {
  readonly scorecardId: string
  readonly name: string
  readonly method: 'human' | 'automatic'
  readonly average: ScoreAverage
  /** Answered cards, private ones included (they count as coaching done). */
  readonly answered: number
  /** Missing where it may not be shown. */
  readonly answeredBefore?: number
  /** Of those counts. */
  readonly of?: ReviewedOf
  /** In the card's own order; N/A left out of averages. */
  readonly questions: readonly {
    readonly questionId: string
    readonly text?: string
    readonly average: ScoreAverage
    /** Missing where it may not be shown. */
    readonly notApplicable?: number
    /** Whose answers those are; by name only. */
    readonly notApplicableOf?: Contributors
  }[]
}

export interface ScorecardReport {
  readonly subject: Subject
  readonly period: Period
  readonly before: Period
  /** Cards answered by a person or machine for the subject's people; of a group without names, those that enough people have. */
  readonly answered: number
  /** Missing where it may not be shown. */
  readonly answeredBefore?: number
  /** Of those counts. */
  readonly of?: ReviewedOf
  /** Without names only those that enough people were given openly; others are in `answered` alone. */
  readonly cards: readonly CardSummary[]
  /** Over all cards with an overall score, one per method and scale; cards whose scale is unknown are in none of them. */
  readonly overall?: readonly { readonly method: 'human' | 'automatic'; readonly average: ScoreAverage }[]
  /** Set in a group view that may not be shown: counts are 0 and lists empty because of that. */
  readonly tooFewPeople?: true
  /**
   * Why nothing is shown, beside `tooFewPeople`: a period that is no ended whole week, cards deleted since, somebody not read yet, which
   * scores count having been changed since, or a week of which not everything is kept.
   */
  readonly withheld?: 'not-whole' | 'deleted' | 'not-read' | 'other-setting' | 'not-kept'
  /** The single cards, newest first, cut down to what the viewer may see (policy applied); empty for group views. */
  readonly single: readonly AnsweredScorecard[]
  /** People with at least one card in the period. */
  readonly peopleReviewed: number
  readonly minimumPeople: number
  /** The reader of a group without names sees some of it by name: those are not among the `minimumPeople`. */
  readonly seesSome?: true
  /** The same of whoever asked and filled some of its scorecards. */
  readonly filledSome?: true
  /** Where not all cards count: the names of those that do and are among `cards`, and how many others do. Foreign text. */
  readonly cardsThatCount?: { readonly named: readonly string[]; readonly others: number } | undefined
  readonly state: DataState
}
