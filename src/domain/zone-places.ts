// Places people type where a time zone is asked for: cities no zone is named after, former names, and countries, which the platform knows.
import { newerNames } from './known-zone.ts'

/** Cities and short names by the zone they keep. Source: IANA `zone.tab` and `backward`. */
const placesByZone: Readonly<Record<string, readonly string[]>> = {
  UTC: ['GMT', 'Greenwich', 'Zulu', 'Universal'],
  'Africa/Johannesburg': ['Cape Town', 'Durban', 'Pretoria'],
  'Africa/Lagos': ['Abuja'],
  'America/Anchorage': ['Alaska'],
  'America/Argentina/Buenos_Aires': ['Rosario'],
  'America/Bogota': ['Medellin'],
  'America/Chicago': [
    'Austin',
    'Central Time',
    'Dallas',
    'Houston',
    'Minneapolis',
    'Nashville',
    'New Orleans',
    'San Antonio',
    'St. Louis',
    'Texas',
  ],
  'America/Denver': ['Colorado', 'Mountain Time', 'Salt Lake City', 'Utah'],
  'America/Edmonton': ['Calgary'],
  'America/Los_Angeles': [
    'California',
    'Las Vegas',
    'Pacific Time',
    'Portland',
    'San Diego',
    'San Francisco',
    'San Jose',
    'Seattle',
    'Silicon Valley',
  ],
  'America/Mexico_City': ['Guadalajara'],
  'America/New_York': [
    'Atlanta',
    'Boston',
    'Charlotte',
    'Eastern Time',
    'Florida',
    'Miami',
    'Orlando',
    'Philadelphia',
    'Pittsburgh',
    'Raleigh',
    'USA',
    'Washington',
  ],
  'America/Phoenix': ['Arizona', 'Scottsdale', 'Tucson'],
  'America/Sao_Paulo': ['Belo Horizonte', 'Brasilia', 'Rio de Janeiro'],
  'America/Toronto': ['Montreal', 'Ottawa', 'Quebec'],
  'Asia/Dubai': ['Abu Dhabi', 'UAE'],
  'Asia/Ho_Chi_Minh': ['Hanoi'],
  'Asia/Jerusalem': ['Haifa', 'Tel Aviv'],
  'Asia/Karachi': ['Islamabad', 'Lahore'],
  'Asia/Kolkata': [
    'Ahmedabad',
    'Bangalore',
    'Bengaluru',
    'Bombay',
    'Chennai',
    'Delhi',
    'Gurgaon',
    'Hyderabad',
    'Madras',
    'Mumbai',
    'New Delhi',
    'Noida',
    'Pune',
  ],
  'Asia/Manila': ['Cebu'],
  'Asia/Riyadh': ['Jeddah'],
  'Asia/Shanghai': ['Beijing', 'Chengdu', 'Chongqing', 'Guangzhou', 'Peking', 'Shenzhen'],
  'Asia/Tokyo': ['Kyoto', 'Osaka'],
  'Australia/Sydney': ['Canberra', 'New South Wales'],
  'Europe/Amsterdam': ['Eindhoven', 'Holland', 'Rotterdam', 'The Hague', 'Utrecht'],
  'Europe/Berlin': ['Cologne', 'Düsseldorf', 'Frankfurt', 'Hamburg', 'Köln', 'Leipzig', 'Munich', 'München', 'Stuttgart'],
  'Europe/Brussels': ['Antwerp', 'Bruxelles', 'Ghent'],
  'Europe/Bucharest': ['Cluj'],
  'Europe/Copenhagen': ['Aarhus', 'København'],
  'Europe/Istanbul': ['Ankara', 'Constantinople', 'Izmir', 'Turkey'],
  'Europe/Kyiv': ['Kharkiv', 'Lviv', 'Odesa'],
  'Europe/Lisbon': ['Porto'],
  'Europe/London': [
    'Belfast',
    'Birmingham',
    'Bristol',
    'Cardiff',
    'Edinburgh',
    'England',
    'Glasgow',
    'Great Britain',
    'Leeds',
    'Manchester',
    'Scotland',
    'UK',
    'Wales',
  ],
  'Europe/Madrid': ['Barcelona', 'Bilbao', 'Seville', 'Valencia'],
  'Europe/Moscow': ['St. Petersburg'],
  'Europe/Paris': ['Lille', 'Lyon', 'Marseille', 'Toulouse'],
  'Europe/Prague': ['Brno', 'Czech Republic', 'Praha'],
  'Europe/Rome': ['Florence', 'Milan', 'Milano', 'Naples', 'Roma', 'Turin'],
  'Europe/Stockholm': ['Gothenburg', 'Göteborg', 'Malmo'],
  'Europe/Vienna': ['Graz', 'Wien'],
  'Europe/Warsaw': ['Gdansk', 'Krakow', 'Warszawa', 'Wroclaw'],
  'Europe/Zurich': ['Basel', 'Bern', 'Geneva', 'Genève', 'Lausanne'],
  'Pacific/Auckland': ['Christchurch', 'Wellington'],
  'Pacific/Honolulu': ['Hawaii'],
}

/** Zones of places and countries whose name begins with what was typed, or has a word that does; the newer name where a zone has two. */
export function zonesOfPlace(typed: string): readonly string[] {
  const words = plainPlace(typed)
  if (words === '') return []
  const begins = (place: string): boolean => ` ${plainPlace(place)}`.includes(` ${words}`)
  const ofCities = Object.entries(placesByZone).flatMap(([zone, places]) => (places.some(begins) ? [zone] : []))
  const ofCountries = countries().flatMap(({ region, name }) => (begins(name) ? zonesIn(region) : []))
  return [...new Set([...ofCities, ...ofCountries])]
}

/** Without accents, signs and capitals: `St. John’s` is `st johns`, `São_Paulo` is `sao paulo`. */
export const plainPlace = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'\u2018\u2019\u02bc.]/gu, '')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

interface Country {
  readonly region: string
  readonly name: string
}

let known: readonly Country[] | undefined

/** Made when first asked for: the platform's names take some milliseconds to load. */
function countries(): readonly Country[] {
  if (known) return known
  const names = new Intl.DisplayNames(['en'], { type: 'region' })
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  known = letters.flatMap((first) =>
    letters.flatMap((second) => {
      const name = names.of(first + second)
      return name === undefined || name === first + second ? [] : [{ region: first + second, name }]
    }),
  )
  return known
}

const zonesIn = (region: string): readonly string[] =>
  (new Intl.Locale('und', { region }).getTimeZones() ?? []).map((zone) => newerNames.get(zone) ?? zone)
