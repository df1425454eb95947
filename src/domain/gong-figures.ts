// Gong's figures after translation from either contract, before any statistic. A missing field means that Gong did not give it:
// unknown, never zero. Windows (interaction, activity, coaching) answer for one exact period; daily activity and answered scorecards
// are records.

import type { LocalDate } from './period.ts'
import type { PersonId } from './person.ts'

/** Which of Gong's two contracts an answer came from; labels depend on it. */
export type GongContract = 'documented' | 'live'

/**
 * One person's interaction figures over one period. Source: documented `POST /stats/interaction` `usersInteractionStats[]`; live the same
 * path, `peopleInteractionStats[]`.
 */
export interface InteractionFigures {
  readonly personId: PersonId
  /** n of these figures; documented only (`callsCount`). 0 means the figures are unknown. */
  readonly callsCount?: number
  /** Share of time the person spoke, 0–1. */
  readonly talkShare?: number
  /** Documented: the single longest, in seconds. Live: the mean of each call's longest. */
  readonly longestMonologueSeconds?: number
  /** Live only: mean of each call's longest customer story, in seconds. */
  readonly longestCustomerStorySeconds?: number
  /** A score as Gong gives it (live: 0–10). */
  readonly interactivity?: number
  /** Documented: a score; live: seconds. */
  readonly patience?: number
  /** Documented: questions per call. Live: unit unpublished. */
  readonly questionRate?: number
}

/**
 * The activity counters (number of calls): eight documented, feedback live only. Source: documented `POST /stats/activity/aggregated`
 * `usersAggregatedActivity[]`; live `POST /stats/activity/aggregate`.
 */
export interface ActivityCounters {
  readonly personId: PersonId
  readonly callsAsHost?: number
  /** Documented: whether hosted calls are included is unsaid. Live: hosted calls are excluded. Never add the two up (documented). */
  readonly callsAttended?: number
  readonly callsGaveComments?: number
  readonly callsReceivedComments?: number
  readonly callsAccessedRecording?: number
  readonly callsScored?: number
  readonly ownCallsListenedTo?: number
  readonly othersCallsListenedTo?: number
  readonly callsRequestedFeedback?: number
  readonly callsReceivedFeedback?: number
  readonly callsGaveFeedback?: number
}

/** One person's counters on one local date. Source: `POST /stats/activity/day-by-day` (both contracts). */
export interface DailyActivity {
  readonly personId: PersonId
  readonly date: LocalDate
  /** Live only: one call of that day, one they hosted before one they attended. */
  readonly callId?: string
  readonly callsAsHost?: number
  readonly callsAttended?: number
  readonly callsGaveComments?: number
  readonly callsAccessedRecording?: number
}

/**
 * Coaching in a window. With `reportId` the counts are of that report's calls; without, totals over all reports. Source: documented `GET
 * /coaching/metrics`; live `GET /coaching`.
 */
export interface CoachingCounts {
  readonly managerId: PersonId
  readonly reportId?: PersonId
  readonly callsListenedTo?: number
  /** Documented `commentsGiven`; live `callsManagerCommentedOn` (calls, not comments). */
  readonly commentsGiven?: number
  readonly scorecardsFilled?: number
  /** Live only. */
  readonly callsAttended?: number
  /** Live only. */
  readonly callsWithFeedback?: number
}

/** `managers`: those above the reviewed person see it, the person does not. `managers-and-reviewee`: both do. */
export type ScorecardVisibility = 'public' | 'private' | 'opt-in' | 'managers' | 'managers-and-reviewee' | 'unmarked'

/** One question of an answered scorecard. */
export interface AnsweredQuestion {
  readonly questionId: string
  /** Untrusted text; missing when Gong gives only ids and the settings lack it. */
  readonly text?: string
  readonly answer?: string
  /** As Gong gives it, on the question's own scale; missing when not applicable or not scored. */
  readonly score?: number
  readonly notApplicable: boolean
  /** The question's scale, when the contract gives it (live, from the scorecard settings). */
  readonly range?: ScoreRange | undefined
}

export interface ScoreRange {
  readonly min: number
  readonly max: number
}

/** An answered scorecard. Source: documented `POST /stats/scorecards` `answeredScorecards[]`; live `POST /stats/activity/scorecards`. */
export interface AnsweredScorecard {
  /** Gong's own id (live), or `callId/scorecardId/reviewerId/reviewedId/answeredAt` (documented has none). */
  readonly id: string
  readonly callId: string
  readonly scorecardId: string
  readonly scorecardName: string
  readonly reviewedId: PersonId
  /** Missing when the review was automatic. */
  readonly reviewerId?: PersonId
  readonly answeredAt: Date
  readonly method: 'human' | 'automatic'
  /** `unmarked`: the documented contract carries no visibility. */
  readonly visibility: ScorecardVisibility
  /** Missing when Gong gives none (documented `overallScore`; live the `isOverall` answer). */
  readonly overallScore?: number
  readonly overallRange?: ScoreRange
  readonly questions: readonly AnsweredQuestion[]
}
