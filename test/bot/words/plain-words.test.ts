// What phones, editors and Slack's formatting add to typed words, on every example that help shows: the meaning stays the same.
import { describe, expect, it } from 'vitest'
import { commands } from '../../../src/bot/commands/index.ts'
import { parseAsk } from '../../../src/bot/words/parse-ask.ts'
import { plainWords, whyTooLong } from '../../../src/bot/words/plain-words.ts'

/** Each adds something and takes nothing away. `inside`: how it changes one word in the text. */
const decorations: Readonly<Record<string, (text: string) => string>> = {
  'a full stop': (text) => `${text}.`,
  'a question mark': (text) => `${text}?`,
  'a colon': (text) => `${text}:`,
  'an exclamation mark and a space': (text) => ` ${text} ! `,
  bold: (text) => `*${text}*`,
  italic: (text) => `_${text}_`,
  strike: (text) => `~${text}~`,
  code: (text) => `\`${text}\``,
  'a code block': (text) => `\`\`\`${text}\`\`\``,
  'an emoji': (text) => `${text} 🙏🏽`,
  'an emoji before, without a space': (text) => `📈${text}`,
  'a named emoji': (text) => `${text} :pray:`,
  'a flag': (text) => `${text} 🇩🇪`,
  'zero-width spaces': (text) => `\u200b${text}\u200b`,
  'a zero-width space within a word': (text) => text.replace(/(\p{L})(\p{L})/u, '$1\u200b$2'),
  'a soft hyphen within a word': (text) => text.replace(/(\p{L})(\p{L})/u, '$1\u00ad$2'),
  'no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'narrow spaces and a tab': (text) => text.replaceAll(' ', '\u202f\t'),
  'non-breaking hyphens': (text) => text.replaceAll('-', '\u2011'),
  'a byte order mark': (text) => `\ufeff${text}`,
  'marks of direction': (text) => `\u2066${text}\u2069`,
  brackets: (text) => `(${text})`,
  'full-width letters': (text) => text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
  'capital first letter': (text) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
  'a line break at the end': (text) => `${text}\n`,
  'three of them': (text) => `*“${text}”*?`,
  'a bullet': (text) => `• ${text}`,
  'a dash as a bullet': (text) => `— ${text}`,
  'a quotation sign': (text) => `> ${text}`,
  'an arrow': (text) => `→ ${text}`,
  'an arrow of two signs': (text) => `-> ${text}`,
  'a heading sign': (text) => `# ${text}`,
  'a middle dot': (text) => `· ${text}`,
  'a bar': (text) => `| ${text}`,
  'a dash after it': (text) => `${text} –`,
  'dots before it': (text) => `...${text}`,
  'angle brackets': (text) => `<${text}>`,
  'single low quotation marks': (text) => `‚${text}‘`,
  'single angle marks': (text) => `‹${text}›`,
  'corner brackets': (text) => `「${text}」`,
  'an ideographic full stop': (text) => `${text}。`,
  'an Arabic question mark': (text) => `${text}؟`,
  'an interrobang': (text) => `${text}‽`,
  'a keycap': (text) => `${text} 1️⃣`,
  'a named emoji with a skin tone': (text) => `${text} :pray::skin-tone-3:`,
  'a named emoji without a space': (text) => `${text}:tada:`,
  'an emoticon': (text) => `${text} ;-)`,
  'an emoticon of letters': (text) => `${text} :D`,
  'a variation selector': (text) => `${text}\ufe0e`,
  'a Hangul filler': (text) => `${text}\u3164`,
  'a blank of braille': (text) => `${text}\u2800`,
  'a grapheme joiner within a word': (text) => text.replace(/(\p{L})(\p{L})/u, '$1\u034f$2'),
  'a trade mark': (text) => `${text}™`,
  'hyphen bullets for hyphens': (text) => text.replaceAll('-', '\u2043'),
  'Armenian hyphens': (text) => text.replaceAll('-', '\u058a'),
  'accents for apostrophes': (text) => text.replaceAll("'", '\u00b4'),
  'letters for apostrophes': (text) => text.replaceAll("'", '\u02bc'),
  'capital letters': (text) => text.replace(/<[^>]*>|[a-z]/g, (part) => (part.length > 1 ? part : part.toUpperCase())),
}

const grammar = { command: '/gong-stats', today: '2026-11-19', weekStart: 1, keywords: ['details', 'read'] } as const
const meaning = (text: string, takesName: boolean) => {
  const { who, period, rest } = parseAsk(text, { ...grammar, takesName })
  return { who: who?.type === 'person' ? who.person : who?.type, period: period?.period, rest: rest.map((word) => word.toLowerCase()) }
}
const asSlackSends = (text: string) => text.replaceAll('@Ana', '<@U123|ana>').replaceAll("@Priya's", "<@U456|priya>'s")
const words = new Set(['help', 'definitions', 'who saw me', 'remind on'])

const examples = commands.flatMap(({ name, examples: all }) => all.map(({ text }) => [name, asSlackSends(text)] as const))
const asked = [
  ...examples.filter(([name, text]) => name !== '/gong-digest' && !words.has(text)),
  ['/gong-stats', '<@U123|ana>'],
  ['/gong-stats', 'last week'],
  ['/gong-stats', 'team 2026-11-01..2026-11-15'],
  ['/gong-stats', 'team 1-15 Nov'],
  ['/gong-stats', 'ana@acme.com 2026-W46'],
  ['/gong-stats', 'my team for last month details'],
] as const

/** A question mark alone asks for help, quotes around nothing are a name, and quotes within quotes are two. */
const isOther = (text: string, decorate: (text: string) => string): boolean =>
  (text === '' && /[?「]/.test(decorate(''))) || (text.includes('"') && /[“‚‹「]/.test(decorate('')))

describe.each(Object.entries(decorations))('%s', (_name, decorate) => {
  it.each(asked.filter(([, text]) => !isOther(text, decorate)))('does not change what %s %s means', (command, text) => {
    const takesName = command === '/gong-scorecards'
    expect(meaning(decorate(text), takesName)).toEqual(meaning(text, takesName))
  })

  it.each(examples.filter(([name, text]) => name === '/gong-digest' || words.has(text)).filter(([, text]) => !isOther(text, decorate)))(
    'leaves %s %s as it is',
    (_command, text) => {
      expect(plainWords(decorate(text)).replaceAll('"', '').toLowerCase()).toBe(text)
    },
  )
})

describe('as people type them', () => {
  it.each([
    ['<@U123|ana>.', '<@U123|ana>'],
    ['<@U123|ana>?', '<@U123|ana>'],
    ['<@U123|ana>:', '<@U123|ana>'],
    ['<@U123|ana>’s last week', '<@U123|ana> last week'],
    ['<@U123|ana b. diaz> last week', '<@U123|ana b. diaz> last week'],
    ['*<@U123|ana>* last week?', '<@U123|ana> last week'],
    ['`<@U456|priya>`’s team', "<@U456|priya>'s team"],
    ['“team” last week', 'team last week'],
    ['"team last week"', 'team last week'],
    ["'team' last week", 'team last week'],
    ["<@U456|priya>'S TEAM", "<@U456|priya>'s team"],
    ["'<@U123|ana> November'", '<@U123|ana> november'],
    ['team · last week', 'team last week'],
    ['team, last week!', 'team last week'],
    ['team 2026‑11‑01 – 2026‑11‑15', 'team 2026-11-01..2026-11-15'],
    ['my team’s', 'team'],
    ['team nov.', 'team november'],
  ])('%s means %s', (typed, plain) => expect(meaning(typed, false)).toEqual(meaning(plain, false)))

  it('@ana in bold is the name that was typed', () => expect(meaning('*@ana*', false)).toEqual(meaning('@ana', false)))

  it.each([
    ['pause for 2 weeks.', 'pause for 2 weeks'],
    ['*pause until 2026‑12‑31*', 'pause until 2026-12-31'],
    ['?', '?'],
    ['🙏', ''],
    ['“”', '""'],
    ['.', ''],
  ])('/gong-digest %s is %s', (typed, plain) => expect(plainWords(typed)).toBe(plain))

  it('keeps a scorecard’s name in quotes, emoji and punctuation with it', () => {
    expect(parseAsk('“Discovery 🚀: first?” team', { ...grammar, takesName: true }).rest).toEqual(['Discovery 🚀: first?'])
  })

  it('is as long as what its signs stand for', () => {
    expect(whyTooLong(`a${'⁇'.repeat(999)}a`)).toBeUndefined()
    // ⁇ stands for two signs, ﷺ for eighteen.
    for (const text of [`a${'⁇'.repeat(1000)}a`, 'ﷺ'.repeat(112), 'a'.repeat(2001)])
      expect(whyTooLong(text)).toMatch(/at most 2,000 characters/)
  })

  it('keeps a long run of marks within a word, and loses one after it', () => {
    const marks = '⁇'.repeat(900)
    expect(plainWords(`a${marks}a`)).toBe(`a${'??'.repeat(900)}a`)
    expect(plainWords(`a${marks} b${marks}'s`)).toBe("a b's")
  })
})
