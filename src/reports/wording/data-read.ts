// How old an answer is, in words: zone, when it was read, what was set aside.
import { instantWords } from '../../render/text/dates.ts'
import { people, plural } from '../../render/text/numbers.ts'
import type { DataState } from '../../stats/data-state.ts'
import type { ReportContext } from '../section.ts'

/** `Europe/Berlin, read Mon 08:41; the last 7 days may still move.` */
export function readWords(state: DataState, { now, locale, zone }: ReportContext): string {
  const read = state.readAt
    ? `read ${instantWords(state.readAt, now, locale, zone)}${zone === state.zone ? '' : ' your time'}`
    : 'not read from Gong yet'
  const moves = state.mayMove && state.readAt ? '; the last 7 days may still move' : ''
  const aside = state.quarantined > 0 ? ` ${plural(state.quarantined, 'record')} set aside: impossible values.` : ''
  const unread = state.neverRead > 0 && state.readAt ? ` ${people(state.neverRead)} not read yet.` : ''
  return `${state.zone}, ${read}${moves}.${aside}${unread}`
}
