// Ways of saying a period that mean the same as another one: "last two weeks" is "last 2 weeks", "third quarter of 2025" is "q3 2025". The
// readers know one of each.

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const numberWord = new RegExp(`\\b(${numbers.join('|')})\\b`, 'g')

const ordinals: Readonly<Record<string, string>> = {
  first: '1',
  '1st': '1',
  second: '2',
  '2nd': '2',
  third: '3',
  '3rd': '3',
  fourth: '4',
  '4th': '4',
}
const ordinal = Object.keys(ordinals).join('|')

const sayings: readonly (readonly [RegExp, string | ((all: string, ...groups: string[]) => string)])[] = [
  [numberWord, (word) => String(numbers.indexOf(word) + 1)],
  [/^day before yesterday$/, '2 days ago'],
  [/^an? (day|week|fortnight|month|quarter) ago$/, '1 $1 ago'],
  [/^(?:1 )?fortnight ago$/, '2 weeks ago'],
  [/^(?:w(?:eek)?[- ]?t(?:o[- ])?d(?:ate)?)$/, 'this week'],
  [/^(?:m(?:onth)?[- ]?t(?:o[- ])?d(?:ate)?)$/, 'this month'],
  [/^(?:q(?:uarter)?[- ]?t(?:o[- ])?d(?:ate)?)$/, 'this quarter'],
  [new RegExp(`^(${ordinal}) quarter(?: of)?(?: (\\d{4}))?$`), (_all, nth = '', year) => withYear(`q${ordinals[nth]}`, year)],
  [/^(1st|first|2nd|second) half(?: of)?(?: (\d{4}))?$/, (_all, nth = '', year) => withYear(`h${ordinals[nth]}`, year)],
  [/^between (.+) and (.+)$/, '$1 to $2'],
]

const withYear = (name: string, year: string | undefined): string => (year === undefined ? name : `${name} ${year}`)

/** The phrase as the readers know it; lower case, single spaces. */
export const reworded = (phrase: string): string =>
  sayings.reduce((said, [from, to]) => (typeof to === 'string' ? said.replace(from, to) : said.replace(from, to)), phrase)
