// The days and machines the tests are run on by `npm run test:dates`: the ones on which code that reads a calendar or a clock goes wrong.

export interface Setting {
  readonly name: string
  readonly what: string
  /** When the machine's clock starts, with its offset; the machine's own time when missing. */
  readonly startsAt?: string
  /** The machine's zone, as in the variable TZ; its own when missing. */
  readonly zone?: string
  /** Processes beside the tests that do nothing but keep a core busy. */
  readonly busyLoops?: number
}

/** Those before a change of clocks or year start two minutes early, so that the change falls into the run. */
export const settings: readonly Setting[] = [
  { name: 'new-year', what: '1 January, still 31 December in New York', startsAt: '2027-01-01T00:10:00Z', zone: 'UTC' },
  { name: 'leap-day', what: '29 February 2028', startsAt: '2028-02-29T12:00:00Z', zone: 'UTC' },
  { name: 'year-end', what: 'two minutes before the new year', startsAt: '2027-12-31T23:58:00Z', zone: 'UTC' },
  { name: 'new-york-spring', what: 'clocks go forward in New York', startsAt: '2027-03-14T01:58:00-05:00', zone: 'America/New_York' },
  { name: 'new-york-autumn', what: 'clocks go back in New York', startsAt: '2027-11-07T01:58:00-04:00', zone: 'America/New_York' },
  { name: 'berlin-spring', what: 'clocks go forward in Berlin', startsAt: '2027-03-28T01:58:00+01:00', zone: 'Europe/Berlin' },
  { name: 'berlin-autumn', what: 'clocks go back in Berlin', startsAt: '2027-10-31T02:58:00+02:00', zone: 'Europe/Berlin' },
  { name: 'kathmandu', what: 'today, 5 hours 45 minutes ahead of UTC', zone: 'Asia/Kathmandu' },
  { name: 'busy', what: 'today, beside two busy loops', busyLoops: 2 },
  { name: 'busy-again', what: 'the same once more', busyLoops: 2 },
]
