// The statistics in the order they are shown. A new one is its file and a line here. Each file says what its statistic means under
// both contracts and where it is read; none of them knows teams, changes or the past.

import { callsAttended } from './calls-attended.ts'
import { callsHosted } from './calls-hosted.ts'
import { callsScored } from './calls-scored.ts'
import { commentsGiven } from './comments-given.ts'
import { commentsReceived } from './comments-received.ts'
import { feedbackGiven } from './feedback-given.ts'
import { feedbackReceived } from './feedback-received.ts'
import { feedbackRequested } from './feedback-requested.ts'
import { interactivity } from './interactivity.ts'
import { longestCustomerStory } from './longest-customer-story.ts'
import { longestMonologue } from './longest-monologue.ts'
import type { Measure } from './measure.ts'
import { othersCallsListenedTo } from './others-calls-listened-to.ts'
import { ownCallsListenedTo } from './own-calls-listened-to.ts'
import { patience } from './patience.ts'
import { questionRate } from './question-rate.ts'
import { recordingsAccessed } from './recordings-accessed.ts'
import { talkRatio } from './talk-ratio.ts'

export const measures = [
  talkRatio,
  longestMonologue,
  longestCustomerStory,
  interactivity,
  patience,
  questionRate,
  callsHosted,
  callsAttended,
  commentsGiven,
  commentsReceived,
  recordingsAccessed,
  callsScored,
  ownCallsListenedTo,
  othersCallsListenedTo,
  feedbackRequested,
  feedbackReceived,
  feedbackGiven,
] as const

/** The id of a statistic: its file's name. */
export type MeasureId = (typeof measures)[number]['id']

export type ListedMeasure = Measure<MeasureId>
