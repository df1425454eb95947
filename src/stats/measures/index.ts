// The statistics in the order they are shown. A new one is its file and a line here.

import { callsAttended } from './calls-attended.ts'
import { callsHosted } from './calls-hosted.ts'
import { callsScored } from './calls-scored.ts'
import { commentsGiven } from './comments-given.ts'
import { commentsReceived } from './comments-received.ts'
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

export const measures: readonly Measure[] = [
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
]
