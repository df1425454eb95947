// The sections of each report in the order they are read. A new section is its file and its place in a report here.
import type { Section } from '../section.ts'
import { activity } from './activity.ts'
import { cardFootnote } from './card-footnote.ts'
import { coaching } from './coaching.ts'
import { coachingEffect } from './coaching-effect.ts'
import { coachingFootnote } from './coaching-footnote.ts'
import { conversation } from './conversation.ts'
import { footnote } from './footnote.ts'
import { headline } from './headline.ts'
import { lookFirst } from './look-first.ts'
import { people } from './people.ts'
import { scorecards } from './scorecards.ts'
import { teams } from './teams.ts'
import { trend } from './trend.ts'

/** Each list is a report, in the order it is read. */
const reports = {
  stats: [headline, teams, trend, conversation, activity, scorecards, people, footnote],
  scorecards: [scorecards, cardFootnote],
  coaching: [coaching, lookFirst, coachingFootnote],
  leader: [headline, teams, lookFirst, trend, conversation, activity, scorecards, coaching, coachingEffect, people, footnote],
} satisfies Readonly<Record<string, readonly Section[]>>

/** `/gong-stats` and the team and personal digests. */
export const statsSections: readonly Section[] = reports.stats

/** `/gong-scorecards`. */
export const scorecardSections: readonly Section[] = reports.scorecards

/** `/gong-coaching`. */
export const coachingSections: readonly Section[] = reports.coaching

/** Manager and company digests: figures, then coaching. */
export const leaderSections: readonly Section[] = reports.leader

/** Every section that some report uses, once. The contract suite runs over them. */
export const everySection = (): readonly Section[] => [...new Set<Section>(Object.values(reports).flat())]
