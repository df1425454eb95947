// Which time zones and locales this machine knows, under all their names. A Slack profile or a form may hold one it does not know: then
// the caller uses the company's. Knows no person.

const known = new Map<string, boolean>()

/** Whether dates can be written in this IANA zone. */
export const isKnownZone = (zone: string): boolean => remembered(`zone ${zone}`, () => new Intl.DateTimeFormat('en', { timeZone: zone }))

/** Whether dates can be written in this locale, for example `de-DE`. */
export const isKnownLocale = (locale: string): boolean => remembered(`locale ${locale}`, () => new Intl.DateTimeFormat(locale))

function remembered(key: string, attempt: () => unknown): boolean {
  const before = known.get(key)
  if (before !== undefined) return before
  let works = true
  try {
    attempt()
  } catch {
    works = false
  }
  if (known.size > 2000) known.clear()
  known.set(key, works)
  return works
}

/** Names in use today by the older one under which the platform lists the zone. Source: IANA `backward`. */
export const newerNames: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
])

/** Every zone by each of its names, sorted, with the plain UTC that the platform leaves out first. */
export const zones: readonly string[] = [
  'UTC',
  ...new Set([...Intl.supportedValuesOf('timeZone'), ...[...newerNames.values()].filter(isKnownZone)].toSorted()),
]
