// Names from many places, for people who do not exist.

export const firstNames = [
  'Amara',
  'Jonas',
  'Priya',
  'Mateo',
  'Aoife',
  'Kenji',
  'Leila',
  'Tomasz',
  'Ngozi',
  'Elif',
  'Santiago',
  'Freya',
  'Wei',
  'Imani',
  'Luca',
  'Zofia',
  'Omar',
  'Saoirse',
  'Arjun',
  'Camille',
  'Dmitri',
  'Hana',
  'Thabo',
  'Ingrid',
  'Rafael',
  'Mei',
  'Yusuf',
  'Clara',
  'Bao',
  'Nadia',
  'Henrik',
  'Ines',
  'Kofi',
  'Marta',
  'Sione',
  'Anouk',
  'Farid',
  'Greta',
  'Hugo',
  'Isla',
  'Jun',
  'Katya',
  'Liam',
  'Maya',
  'Nils',
  'Olga',
  'Pedro',
  'Rania',
  'Sven',
  'Tara',
  'Umar',
  'Vera',
  'Xin',
  'Yara',
  'Zane',
  'Beatriz',
  'Cem',
  'Dalia',
  'Emeka',
  'Fatima',
  'Noor',
  'José',
] as const

export const lastNames = [
  'Okafor',
  'Lindqvist',
  'Sharma',
  'García',
  'Byrne',
  'Tanaka',
  'Haddad',
  'Kowalski',
  'Adeyemi',
  'Yılmaz',
  'Herrera',
  'Nilsson',
  'Zhang',
  'Mwangi',
  'Romano',
  'Nowak',
  'Farouk',
  'Gallagher',
  'Menon',
  'Dubois',
  'Volkov',
  'Novotná',
  'Dlamini',
  'Berg',
  'Almeida',
  'Lin',
  'Demir',
  'Hoffmann',
  'Nguyen',
  'Rahman',
  'Sørensen',
  'Costa',
  'Mensah',
  'Wójcik',
  'Tuilagi',
  'de Vries',
  'Aziz',
  'Keller',
  'Laurent',
  'MacLeod',
  'Sato',
  'Petrova',
  'O’Connor',
  'Cohen',
  'Jansen',
  'Kovács',
  'Silva',
  'Nasser',
  'Lund',
  'Popescu',
  'Chaudhry',
  'Fischer',
  'Wu',
  'Salah',
  'Bailey',
  'Ferreira',
  'Aydın',
  'Mansour',
  'Eze',
  'Bouzid',
  'Park',
  'Ruiz',
  'Ivanov',
  'Brandt',
  'Santos',
  'Walsh',
  'Koné',
] as const

const regions = ['EMEA', 'North America', 'DACH', 'Nordics', 'APAC', 'LATAM', 'UK & Ireland', 'Iberia', 'Benelux', 'MENA'] as const
const segments = ['Mid-Market', 'Enterprise', 'Small Business', 'Strategic', 'Public Sector', 'New Business', 'Expansion'] as const
const firstTeams = ['EMEA Mid-Market', 'North America Enterprise', 'DACH Enterprise', 'Small Business', 'Customer Success'] as const

/** The name of the nth team; numbered once the combinations are used up. */
export function teamName(index: number): string {
  const first = firstTeams[index]
  if (first !== undefined) return first
  const rest = index - firstTeams.length
  const round = Math.floor(rest / (regions.length * segments.length))
  return `${regions[rest % regions.length]} ${segments[Math.floor(rest / regions.length) % segments.length]}${round > 0 ? ` ${round + 1}` : ''}`
}

/** `first.last@sunfish.example`, in plain letters. */
export const addressOf = (first: string, last: string, nth: number): string => {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replaceAll('ø', 'o')
      .replaceAll('ı', 'i')
      .replaceAll('ł', 'l')
      .replaceAll(/[^A-Za-z]/g, '')
      .toLowerCase()
  return `${plain(first)}.${plain(last)}${nth > 0 ? nth + 1 : ''}@sunfish.example`
}
