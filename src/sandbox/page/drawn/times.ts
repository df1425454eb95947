// Times as the page writes them, always in the zone of whoever looks.
export const timeOf = (at: Date, zone: string): string => format(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export const dayOf = (at: Date, zone: string): string => format(at, zone, { weekday: 'long', day: 'numeric', month: 'long' })

/** `Tue 24 Nov, 09:12` */
export const momentOf = (at: Date, zone: string): string =>
  `${format(at, zone, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')}, ${timeOf(at, zone)}`

/** `09:12:07.120` of the machine: for logs. */
export const logTimeOf = (at: Date): string => at.toISOString().slice(11, 19)

/** Instant of a Slack timestamp. */
export const instantOf = (ts: string): Date => new Date(Number(ts) * 1000)

/** Making one takes longer than a whole message takes to be drawn. */
const made = new Map<string, Intl.DateTimeFormat>()

function format(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([zone, options])
  let formatter = made.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
    made.set(key, formatter)
  }
  return formatter.format(at)
}
