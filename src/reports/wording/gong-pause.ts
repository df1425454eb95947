// A pause of all Gong requests in words, for admins' Home, the notice to admins and the doctor: how long, why, and how it is ended.
import type { GongPause } from '../../domain/gong-ports.ts'
import { plural } from '../../render/text/numbers.ts'

/** What whoever runs the bot types to end a pause. */
export const clearPauseCommand = 'npm run doctor -- --clear-pause'

/** `Gong asked the bot to wait 3 years. It waits a day at most: no request goes out for another 22 hours.` */
export function pauseWords({ leftMs, askedMs }: GongPause): string {
  const asked = askedMs === undefined ? 'Gong asked the bot to wait' : `Gong asked the bot to wait ${durationWords(askedMs)}`
  const limit = askedMs !== undefined && askedMs > dayMs ? '. It waits a day at most: no' : ': no'
  return `${asked}${limit} request goes out for another ${durationWords(leftMs)}.`
}

const dayMs = 24 * 3_600_000

/** In the largest unit of which there are at least two. */
export function durationWords(ms: number): string {
  const units = [
    [365 * dayMs, 'year'],
    [dayMs, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const
  for (const [unitMs, name] of units) if (ms >= 2 * unitMs) return plural(Math.round(ms / unitMs), name)
  return plural(Math.max(1, Math.ceil(ms / 1000)), 'second')
}
