import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AskGrammar, type ParsedAsk, parseAsk } from '../../../src/bot/words/parse-ask.ts'
import { periodPhrases } from '../../../src/bot/words/period.ts'
import { AskError } from '../../../src/errors.ts'
import { casesOf } from '../../kit/cases.ts'

const grammar: AskGrammar = { command: '/gong-stats', today: '2026-11-19', weekStart: 1, keywords: ['details'] }
const cards: AskGrammar = { ...grammar, command: '/gong-scorecards', takesName: true }

const said = ({ who, period, rest }: ParsedAsk): string =>
  [who?.words ?? '-', period ? `${period.period.from}..${period.period.to}` : '-', rest.join(' ') || '-'].join(' | ')

function refusal(text: string, by: AskGrammar = grammar): AskError {
  try {
    parseAsk(text, by)
  } catch (error) {
    if (error instanceof AskError) return error
    throw error
  }
  throw new Error(`"${text}" was understood`)
}

describe('who, when and the rest, in any order', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['', '- | - | -'],
    ['<@U1|ana> last week', '<@U1|ana> | 2026-11-09..2026-11-16 | -'],
    ['last week <@U1|ana>', '<@U1|ana> | 2026-11-09..2026-11-16 | -'],
    ['team 1–15 Nov', 'team | 2026-11-01..2026-11-16 | -'],
    ['my team for last month, details', 'team | 2026-10-01..2026-11-01 | details'],
    ['details 2026-11-01 .. 2026-11-15 me', 'me | 2026-11-01..2026-11-16 | details'],
    ["<@U2|maria>'s team", "<@U2|maria>'s team | - | -"],
    ['<@U2|maria>’s team yesterday', "<@U2|maria>'s team | 2026-11-18..2026-11-19 | -"],
    ['team of <@U2> in November', 'team of <@U2> | 2026-11-01..2026-11-19 | -'],
    ['<@U2> org', '<@U2> org | - | -'],
    ['gong:123 team Q3', 'gong:123 team | 2026-07-01..2026-10-01 | -'],
    ['everybody', 'company | - | -'],
    ['ALL LAST WEEK', 'company | 2026-11-09..2026-11-16 | -'],
    ['\u200blast\u00a0week\u2003', '- | 2026-11-09..2026-11-16 | -'],
    ['ana last week', 'ana | 2026-11-09..2026-11-16 | -'],
    ['Ana Diaz', 'Ana Diaz | - | -'],
  ]
  for (const [text, meaning] of texts) it(`${text} → ${meaning}`, () => expect(said(parseAsk(text, grammar))).toBe(meaning))

  it('a scorecard’s name is what is left, and quotes keep it whole', () => {
    expect(said(parseAsk('Discovery Call last week', cards))).toBe('- | 2026-11-09..2026-11-16 | Discovery Call')
    expect(said(parseAsk('“This week’s review” team', cards))).toBe("team | - | This week's review")
  })

  it('keeps what was typed besides the who, to ask it about somebody else', () => {
    expect(parseAsk('ana last week details', grammar).besidesWho).toBe('last week details')
  })
})

describe('what is not understood comes back with the nearest meaning', () => {
  it('a mistyped period', () => {
    const error = refusal('<@U1|ana> lats week')
    expect(error.message).toBe('I did not understand "lats week". Did you mean "last week"?')
    expect(error.suggestions).toEqual([{ label: 'Yes', command: '/gong-stats', text: '<@U1|ana> last week' }])
  })
  it('a mistyped group, month or keyword', () => {
    expect(refusal('teem last week').suggestions[0]?.text).toBe('team last week')
    expect(refusal('novmber').suggestions[0]?.text).toBe('november')
    expect(refusal('me detials').suggestions[0]?.text).toBe('me details')
  })
  it('a mistyped period beside a scorecard’s name', () => {
    expect(refusal('Discovery last wek', cards).suggestions[0]?.text).toBe('Discovery last week')
  })
  it('two periods, two people', () => {
    expect(refusal('last week last month').suggestions.map(({ text }) => text)).toEqual(['last week', 'last month'])
    expect(refusal('me team last week').suggestions.map(({ text }) => text)).toEqual(['last week me', 'last week team'])
  })
  it('a period with nothing complete keeps the rest of the question', () => {
    const error = refusal('<@U1|ana> 2026-12', grammar)
    expect(error.suggestions).toEqual([{ label: 'Last week', command: '/gong-stats', text: '<@U1|ana> last week' }])
  })
  it('nonsense', () => {
    const error = refusal('?!?')
    expect(error.message).toContain('I did not understand "?!?"')
    expect(error.suggestions.map(({ text }) => text)).toEqual(['last week', 'last month', 'help'])
  })
})

describe('any text at all', () => {
  const vocabulary = [
    ...periodPhrases,
    'me',
    'team',
    'my',
    'org',
    'company',
    'of',
    "'s",
    '<@U1|ana>',
    '<@U2>',
    '<!channel>',
    '<@',
    '>',
    'details',
    'last',
    'this',
    'week',
    'weeks',
    'month',
    '7',
    '30',
    'days',
    '999',
    'Nov',
    'nov',
    '1-15',
    '..',
    '-',
    '–',
    '2026-11-01',
    '2026-W46',
    '2026-W99',
    '0000-01-01',
    '9999-12-31',
    '31',
    'Feb',
    '29',
    'q4',
    'ago',
    'Ana',
    '"',
    '“x”',
    'maria@x.com',
    '<mailto:a@b.co|a@b.co>',
    'gong:1',
    '\u202e',
    '🙂',
    'constructor',
    '__proto__',
    '*',
    '`',
    '=1+1',
  ]
  const words = fc
    .array(fc.oneof(fc.constantFrom(...vocabulary), fc.string({ size: 'max', maxLength: 12, unit: 'binary' })), {
      maxLength: 12,
      size: 'max',
    })
    .map((all) => all.join(' '))
  const anyText = fc.oneof(
    { weight: 8, arbitrary: words },
    { weight: 2, arbitrary: fc.string({ maxLength: 600, size: 'max', unit: 'binary' }) },
  )
  const anyDay = fc.integer({ min: 0, max: 3000 }).map((after) => Temporal.PlainDate.from('2022-01-01').add({ days: after }).toString())

  const texts = casesOf(20_000)

  it(`${texts} of them: an answer or a next step that is understood, never a crash, never silence`, () => {
    let answered = 0
    let refused = 0
    fc.assert(
      fc.property(anyText, anyDay, fc.boolean(), (text, today, takesName) => {
        const by: AskGrammar = { ...(takesName ? cards : grammar), today }
        try {
          const { who, period, rest } = parseAsk(text, by)
          answered += 1
          if (period) expect(period.period.from < period.period.to && period.period.to <= today).toBe(true)
          const meant = who !== undefined || period !== undefined || rest.length > 0
          // Only texts without any word of meaning are a bare command.
          if (!meant)
            expect(
              text.replace(
                /[\s\p{Cc}\p{Cf}\p{Z}\p{P}\p{S}\p{M}\p{DI}]|for|of|the|in|from|during|on|and|show|please|stats|numbers|figures/giu,
                '',
              ),
            ).toBe('')
        } catch (error) {
          if (!(error instanceof AskError)) throw error
          refused += 1
          expect(error.message.length).toBeGreaterThan(10)
          expect(error.suggestions.length).toBeGreaterThan(0)
          for (const { text: next } of error.suggestions) expect(next === 'help' || isNextStep(next, by)).toBe(true)
        }
      }),
      { numRuns: texts },
    )
    // A twentieth at least.
    expect(Math.min(answered, refused)).toBeGreaterThan(texts / 20)
  })

  /** A suggestion either is understood or leads one step further itself; it never is the same refusal for ever. */
  function isNextStep(text: string, by: AskGrammar): boolean {
    try {
      parseAsk(text, by)
      return true
    } catch (error) {
      return error instanceof AskError && error.suggestions.length > 0 && !error.suggestions.some((again) => again.text === text)
    }
  }
})
