// How old an answer is, in words: zone, when it was read, what was set aside.
import type { FigureKind } from '../../domain/figure-gap.ts'
import { localDateOf } from '../../domain/period.ts'
import { isSettled, settlesUntil } from '../../domain/settled.ts'
import { dateShort, instantWords } from '../../render/text/dates.ts'
import { decimal, people, plural, sentence } from '../../render/text/numbers.ts'
import type { DataState } from '../../stats/data-state.ts'
import type { ReportContext } from '../section.ts'
import { coverageWords } from './coverage.ts'

/** `Berlin time, fetched Mon 08:41; these figures settle until 29 Nov.` */
export function readWords(state: DataState, context: ReportContext): string {
  const { now, locale, zone } = context
  const read = state.readAt
    ? `fetched ${instantWords(state.readAt, now, locale, zone)}${zone === state.zone ? '' : ' your time'}`
    : 'not yet fetched from Gong'
  const moves = state.mayMove && state.readAt ? `; these figures settle until ${dateShort(settlesUntil(context.period), locale)}` : ''
  const first = sentence(`${zoneWords(state.zone)}, ${read}${moves}`)
  const aside = state.quarantined > 0 ? ` ${plural(state.quarantined, 'record')} set aside: impossible values.` : ''
  const unread = state.neverRead > 0 && state.readAt ? ` ${people(state.neverRead)} not yet fetched.` : ''
  return `${first}${aside}${unread}${heldBackWords(state, locale)}${coverageWords(state, locale)}${gapWords(state, context)}${oldPeopleWords(state, context)}`
}

/** Begins with a space; empty where nothing newer is held back. */
export const heldBackWords = ({ heldBack }: DataState, locale: string, what: 'figures' | 'scorecards' = 'figures'): string =>
  heldBack === undefined
    ? ''
    : ` A few people's ${what} changed since: without names, ${what} change here once those of ${decimal(heldBack, locale)} people of a team did.`

/** `Europe/Berlin` → `Berlin time`; a zone without a place by its name: `UTC`. */
function zoneWords(zone: string): string {
  const place = zone.includes('/') ? zone.split('/').at(-1)?.replaceAll('_', ' ') : undefined
  return place ? `${place} time` : zone
}

const kindNames: Readonly<Record<FigureKind, string>> = {
  interaction: 'Talk ratios and other interaction figures are',
  activity: 'Counts of calls and comments are',
  scorecards: 'Scorecards are',
  'daily-activity': 'Figures by day are',
  coaching: 'Coaching counts are',
}

/** What is missing because Gong does not give it, and why; admins read which scope to grant. */
function gapWords({ gaps = [], zone, readAt }: DataState, context: ReportContext): string {
  const isAdmin = context.audience.type === 'person' && context.audience.viewer.isAdmin
  const missing = gaps.filter(
    ({ since, wasFetched }) => readAt === undefined || !wasFetched || !isSettled(context.period, localDateOf(since, zone)),
  )
  return missing
    .map(({ kind, why, since, scope }) => {
      const whose =
        why === 'scope' || why === 'refused'
          ? "Gong does not let the bot's key read them"
          : `Gong has failed on them since ${instantWords(since, context.now, context.locale, context.zone)}`
      return ` ${kindNames[kind]} missing: ${whose}${isAdmin && scope !== undefined ? ` (grant ${scope})` : ''}.`
    })
    .join('')
}

/** Rights rest on the list of people; one older than this is mentioned wherever people are shown by name. */
const oldPeopleMs = 2 * 24 * 3_600_000

/** Begins with a space; empty where it need not be said. */
export function oldPeopleWords({ peopleReadAt }: DataState, context: ReportContext): string {
  const byName = context.audience.type === 'group' ? context.audience.byName : context.detail === 'by-name'
  if (!byName || !peopleReadAt || context.now.getTime() - peopleReadAt.getTime() <= oldPeopleMs) return ''
  return ` Who reports to whom is as of ${instantWords(peopleReadAt, context.now, context.locale, context.zone)}: Gong's list of people could not be read since.`
}
