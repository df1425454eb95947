// Temporal as the independent judge of wall times: what the product computes with Intl offsets is compared with it, never the
// other way round. `compatible` is the design's choice: a gap moves forward, of two instants the first.
import { addDays, type LocalDate } from '../../src/domain/period.ts'

export const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone')

/** Epoch milliseconds of a local wall time, by Temporal. */
export const oracle = (date: LocalDate, time: string, zone: string): number =>
  Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds

/** The local dates on which the zone's clock changes, with the day before and after. */
export function transitionDates(zone: string, from: LocalDate, to: LocalDate): LocalDate[] {
  const dates = new Set<LocalDate>()
  let at = Temporal.PlainDate.from(from).toZonedDateTime(zone)
  const end = Temporal.PlainDate.from(to).toZonedDateTime(zone).epochMilliseconds
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= end) break
    const date = next.toPlainDate().toString()
    for (const near of [-1, 0, 1]) dates.add(addDays(date, near))
    at = next
  }
  return [...dates].toSorted()
}
