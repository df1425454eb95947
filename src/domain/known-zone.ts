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

/** Names in use today that the platform lists under an older one: Asia/Kolkata stands there as Asia/Calcutta. Source: IANA `backward`. */
const newerNames = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
]

/** Every zone by each of its names, sorted, with the plain UTC that the platform leaves out first. */
export const zones: readonly string[] = [
  'UTC',
  ...new Set([...Intl.supportedValuesOf('timeZone'), ...newerNames.filter(isKnownZone)].toSorted()),
]
