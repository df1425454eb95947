// The sections of each report in the order they are read. A new section is its file and a line here.
import type { Section } from '../section.ts'
import { activity } from './activity.ts'
import { cardFootnote } from './card-footnote.ts'
import { coaching } from './coaching.ts'
import { coachingFootnote } from './coaching-footnote.ts'
import { conversation } from './conversation.ts'
import { footnote } from './footnote.ts'
import { headline } from './headline.ts'
import { people } from './people.ts'
import { scorecards } from './scorecards.ts'
import { trend } from './trend.ts'

/** `/gong-stats` and the team and personal digests. */
export const statsSections: readonly Section[] = [headline, trend, conversation, activity, scorecards, people, footnote]

/** `/gong-scorecards`. */
export const scorecardSections: readonly Section[] = [scorecards, cardFootnote]

/** `/gong-coaching`. */
export const coachingSections: readonly Section[] = [coaching, coachingFootnote]

/** Manager and company digests: figures, then coaching. */
export const leaderSections: readonly Section[] = [headline, trend, conversation, activity, scorecards, coaching, people, footnote]

/** Every section once, for the contract suite. */
export const sections: readonly Section[] = [
  headline,
  trend,
  conversation,
  activity,
  scorecards,
  coaching,
  people,
  footnote,
  cardFootnote,
  coachingFootnote,
]
