// One thing to try: the lowest answer of the newest scorecard a person may see, with its call.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { localDateOf } from '../../domain/period.ts'
import { dateShort, weekdayLong } from '../../render/text/dates.ts'
import { score } from '../../render/text/numbers.ts'
import { bold, clip, type Line, line } from '../../render/text/text.ts'
import { lowestFirst } from '../../stats/scorecards/lowest.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import type { ReportContext } from '../section.ts'
import { callLink } from '../wording/call-link.ts'
import { isOwn } from '../wording/viewpoint.ts'
import { cardName } from './cards-news.ts'

const longestQuestion = 90

/** `**One thing to try:** "Agreed a next step" was 3.0 of 5 on Tuesday's Discovery card (17 Nov), its lowest. Open call` */
export function oneThingLine({ single, state }: ScorecardReport, context: ReportContext): Line | undefined {
  const [newest] = single
  const lowest = newest && lowestOf(newest)
  if (!newest || !lowest) return undefined
  const on = localDateOf(newest.answeredAt, state.zone)
  return line(
    bold(isOwn(context) ? 'One thing to try:' : 'Lowest on the newest card:'),
    ` "${lowest.text}" was ${score(lowest.score, context.locale, lowest.range)} on ${weekdayLong(on, context.locale)}'s ${cardName({ name: newest.scorecardName, method: newest.method })} card (${dateShort(on, context.locale)}). `,
    callLink(context.gongAppUrl, newest.callId),
  )
}

/** Undefined where fewer than two answers were scored, or all the same: none is lowest then. */
function lowestOf({ questions }: AnsweredScorecard) {
  const scored = questions.flatMap(({ text, score: value, notApplicable, range }) =>
    notApplicable || value === undefined || !text?.trim() ? [] : [{ text: clip(text.trim(), longestQuestion), score: value, range }],
  )
  const sorted = lowestFirst(scored)
  const [lowest] = sorted
  return lowest && sorted.length > 1 && sorted.some((each) => each.score > lowest.score) ? lowest : undefined
}
