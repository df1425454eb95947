// `npm run test:calendar`: every IANA zone, each weekday at 00:00, 02:30 and 09:00 local, 2024 to 2034, against Temporal. Exactly one
// run per planned day, at the promised wall time where it exists, at the design's choice where it does not or exists twice. A
// minute or two; the days around every clock change are checked by `npm test`.
import { addDays, type Weekday, weekdayOf } from '../../src/domain/period.ts'
import { nextRun } from '../../src/domain/recurrence.ts'
import { oracle, zones } from './calendar-oracle.ts'

const [from, to] = ['2024-01-01', '2035-01-01']
const times = ['00:00', '02:30', '09:00'] as const
const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

let runs = 0
const wrong: string[] = []
for (const zone of zones()) {
  for (const time of times) {
    for (const weekday of weekdays) {
      const rule = { weekdays: [weekday], time, zone }
      let date = from
      while (weekdayOf(date) !== weekday) date = addDays(date, 1)
      // From just before the first planned day's instant on, each run must be the next planned day's.
      let at = new Date(oracle(date, time, zone) - 1)
      for (; date < to; date = addDays(date, 7)) {
        const run = nextRun(rule, at)
        const expected = oracle(date, time, zone)
        runs += 1
        if (run.at.getTime() !== expected || run.date !== date)
          wrong.push(`${zone} ${date} ${time}: ${run.at.toISOString()}, should be ${new Date(expected).toISOString()}`)
        at = run.at
      }
    }
  }
}
for (const line of wrong.slice(0, 20)) console.log(line)
console.log(`${zones().length} zones, ${runs} planned runs, ${wrong.length} wrong`)
process.exitCode = wrong.length === 0 ? 0 : 1
