// The questions the statistics answer. The shapes of the answers are in the results.ts of figures, scorecards and coaching; every answer says
// how old it is.
import type { Reader } from '../domain/onlookers.ts'
import type { Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { Self, Subject } from '../domain/policy.ts'
import type { CoachingEffect, CoachingOverview, CoachingReceived, CoachingReport } from './coaching/results.ts'
import type { MeasureDefinition, PersonReport, TeamReport } from './figures/results.ts'
import type { ScorecardReport } from './scorecards/results.ts'

export type CardsViewer =
  | (Self & { readonly type: 'person'; readonly isAbove: boolean })
  | { readonly type: 'group'; readonly reader?: Reader | undefined }

export interface StatsService {
  measures(): Promise<readonly MeasureDefinition[]>
  /**
   * `reader`: who reads it. The team stands beside only if they may ask for it, and reveals nothing beside what they see by name; without a
   * reader nobody in particular reads it.
   */
  person(personId: PersonId, period: Period, reader?: Reader): Promise<PersonReport>
  /** `detail` from the policy: `medians` empties `people` and shows group figures by the rule of groups.ts. */
  team(subject: Subject, period: Period, detail: 'by-name' | 'medians', reader?: Reader): Promise<TeamReport>
  /** `viewer` decides which scores, answers and reviewer names are in the answer. */
  scorecards(subject: Subject, period: Period, viewer: CardsViewer, cardName?: string): Promise<ScorecardReport>
  /**
   * `viewer`: who reads it; no card about themselves is read out to them. `reportIds`: other people than the direct reports, for dotted-line
   * coaches and stand-ins.
   */
  coaching(managerId: PersonId, period: Period, viewer: CardsViewer, reportIds?: readonly PersonId[]): Promise<CoachingReport>
  coachingOverview(subject: Subject, period: Period): Promise<CoachingOverview>
  /**
   * What became of the questions people were coached on, for whoever sees them by name. `viewer` decides which scores enter, as of
   * scorecards.
   */
  coachingEffect(subject: Subject, period: Period, viewer: CardsViewer): Promise<CoachingEffect>
  coachingReceived(personId: PersonId, period: Period): Promise<CoachingReceived>
}
