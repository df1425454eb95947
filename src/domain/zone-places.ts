// Places people type where a time zone is asked for: cities no zone is named after, capitals above all, short and former names, and
// countries, which the platform knows.
import { newerNames } from './known-zone.ts'

/** Cities and short names by the zone they keep. Source: IANA `zone.tab` and `backward`. */
const placesByZone: Readonly<Record<string, readonly string[]>> = {
  UTC: ['GMT', 'Greenwich', 'Universal', 'Zulu'],
  'Africa/Abidjan': ['Yamoussoukro'],
  'Africa/Blantyre': ['Lilongwe'],
  'Africa/Bujumbura': ['Gitega'],
  'Africa/Casablanca': ['Rabat'],
  'Africa/Dar_es_Salaam': ['Dodoma'],
  'Africa/Douala': ['Yaounde'],
  'Africa/Johannesburg': ['Cape Town', 'Durban', 'Pretoria'],
  'Africa/Lagos': ['Abuja'],
  'America/Anchorage': ['Alaska'],
  'America/Argentina/Buenos_Aires': ['Rosario'],
  'America/Barbados': ['Bridgetown'],
  'America/Belize': ['Belmopan'],
  'America/Bogota': ['Medellin'],
  'America/Chicago': [
    'Austin',
    'CDT',
    'Central Time',
    'CST',
    'Dallas',
    'Houston',
    'Minneapolis',
    'Nashville',
    'New Orleans',
    'San Antonio',
    'St. Louis',
    'Texas',
  ],
  'America/Denver': ['Colorado', 'MDT', 'Mountain Time', 'MST', 'Salt Lake City', 'Utah'],
  'America/Dominica': ['Roseau'],
  'America/Edmonton': ['Calgary'],
  'America/El_Salvador': ['San Salvador'],
  'America/Grenada': ['St. Georges'],
  'America/Guatemala': ['Guatemala City'],
  'America/Guayaquil': ['Quito'],
  'America/Guyana': ['Georgetown'],
  'America/Jamaica': ['Kingston'],
  'America/La_Paz': ['Sucre'],
  'America/Los_Angeles': [
    'California',
    'Las Vegas',
    'Pacific Time',
    'PDT',
    'Portland',
    'PST',
    'San Diego',
    'San Francisco',
    'San Jose',
    'Seattle',
    'Silicon Valley',
  ],
  'America/Mexico_City': ['Ciudad de Mexico', 'Guadalajara'],
  'America/New_York': [
    'Atlanta',
    'Boston',
    'Charlotte',
    'Eastern Time',
    'EDT',
    'EST',
    'Florida',
    'Miami',
    'Orlando',
    'Philadelphia',
    'Pittsburgh',
    'Raleigh',
    'USA',
    'Washington',
  ],
  'America/Panama': ['Panama City'],
  'America/Phoenix': ['Arizona', 'Scottsdale', 'Tucson'],
  'America/Sao_Paulo': ['Belo Horizonte', 'Brasilia', 'Rio de Janeiro'],
  'America/St_Kitts': ['Basseterre'],
  'America/St_Lucia': ['Castries'],
  'America/St_Vincent': ['Kingstown'],
  'America/Toronto': ['Montreal', 'Ottawa', 'Quebec'],
  'Asia/Aden': ['Sanaa'],
  'Asia/Almaty': ['Astana'],
  'Asia/Bahrain': ['Manama'],
  'Asia/Brunei': ['Bandar Seri Begawan'],
  'Asia/Dubai': ['Abu Dhabi', 'UAE'],
  'Asia/Hebron': ['Ramallah'],
  'Asia/Ho_Chi_Minh': ['Hanoi'],
  'Asia/Hong_Kong': ['HKT'],
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
  'Asia/Kuwait': ['Kuwait City'],
  'Asia/Manila': ['Cebu'],
  'Asia/Qatar': ['Doha'],
  'Asia/Riyadh': ['Jeddah'],
  'Asia/Shanghai': ['Beijing', 'Chengdu', 'Chongqing', 'Guangzhou', 'Peking', 'Shenzhen'],
  'Asia/Singapore': ['SGT'],
  'Asia/Tokyo': ['JST', 'Kyoto', 'Osaka'],
  'Asia/Yangon': ['Naypyidaw'],
  'Atlantic/Cape_Verde': ['Praia'],
  'Atlantic/Faroe': ['Torshavn'],
  'Australia/Sydney': ['AEDT', 'AEST', 'Canberra', 'New South Wales'],
  'Europe/Amsterdam': ['Den Haag', 'Eindhoven', 'Holland', 'Rotterdam', 'The Hague', 'Utrecht'],
  'Europe/Andorra': ['Andorra la Vella'],
  'Europe/Athens': ['Athina', 'EEST', 'EET'],
  'Europe/Belgrade': ['Beograd', 'Pristina'],
  'Europe/Berlin': ['CEST', 'CET', 'Cologne', 'Düsseldorf', 'Frankfurt', 'Hamburg', 'Köln', 'Leipzig', 'Munich', 'München', 'Stuttgart'],
  'Europe/Brussels': ['Antwerp', 'Bruxelles', 'Ghent'],
  'Europe/Bucharest': ['Bucuresti', 'Cluj'],
  'Europe/Copenhagen': ['Aarhus', 'København'],
  'Europe/Isle_of_Man': ['Douglas'],
  'Europe/Istanbul': ['Ankara', 'Constantinople', 'Izmir', 'Turkey'],
  'Europe/Jersey': ['Saint Helier'],
  'Europe/Kyiv': ['Kharkiv', 'Lviv', 'Odesa'],
  'Europe/Lisbon': ['Lisboa', 'Porto', 'WEST', 'WET'],
  'Europe/London': [
    'Belfast',
    'Birmingham',
    'Bristol',
    'BST',
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
  'Europe/Malta': ['Valletta'],
  'Europe/Moscow': ['Moskva', 'St. Petersburg'],
  'Europe/Paris': ['CEST', 'CET', 'Lille', 'Lyon', 'Marseille', 'Toulouse'],
  'Europe/Prague': ['Brno', 'Czech Republic', 'Praha'],
  'Europe/Rome': ['Florence', 'Milan', 'Milano', 'Naples', 'Roma', 'Turin'],
  'Europe/Stockholm': ['Gothenburg', 'Göteborg', 'Malmo'],
  'Europe/Tirane': ['Tirana'],
  'Europe/Vienna': ['Graz', 'Wien'],
  'Europe/Warsaw': ['Gdansk', 'Krakow', 'Warszawa', 'Wroclaw'],
  'Europe/Zurich': ['Basel', 'Bern', 'Geneva', 'Genève', 'Lausanne'],
  'Indian/Comoro': ['Moroni'],
  'Indian/Mahe': ['Victoria'],
  'Indian/Maldives': ['Male'],
  'Indian/Mauritius': ['Port Louis'],
  'Pacific/Auckland': ['Christchurch', 'Wellington'],
  'Pacific/Efate': ['Port Vila'],
  'Pacific/Fiji': ['Suva'],
  'Pacific/Guadalcanal': ['Honiara'],
  'Pacific/Honolulu': ['Hawaii'],
  'Pacific/Nauru': ['Yaren'],
  'Pacific/Palau': ['Ngerulmud'],
  'Pacific/Pohnpei': ['Palikir'],
  'Pacific/Tongatapu': ['Nukualofa'],
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
