// Sentences people write to the bot, and the command each is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSentence } from '../../../src/bot/words/sentence.ts'
import { casesOf } from '../../kit/cases.ts'

const names = ['ana', 'ana diaz', 'ben okoye', 'priya']
const grammar = { today: '2026-11-26', weekStart: 1, isName: (words: string) => names.includes(words.toLowerCase()) } as const
const asks = (text: string): string => {
  const reading = readSentence(text, grammar)
  return reading.type === 'unknown'
    ? 'unknown'
    : `${reading.type === 'near' ? 'near ' : ''}${reading.ask.command} ${reading.ask.text}`.trim()
}

describe('a question', () => {
  it.each([
    ['how did my team do last month', '/gong-stats my team last month'],
    ['How did my team do last month?', '/gong-stats my team last month'],
    ['my talk ratio in November', '/gong-stats me November'],
    ['what was my talk ratio last week?', '/gong-stats me last week'],
    ['<@U3|ana> last week', '/gong-stats <@U3|ana> last week'],
    ["<@U3|ana>'s team in October", "/gong-stats <@U3|ana>'s team October"],
    ['how am I doing', '/gong-stats me'],
    ['how did I do this month', '/gong-stats me this month'],
    ['show me my numbers', '/gong-stats me'],
    ['show me the team', '/gong-stats the team'],
    ['me', '/gong-stats me'],
    ['last week', '/gong-stats last week'],
    ['my team, please, 1-15 Nov', '/gong-stats my team 1-15 Nov'],
    ['how many calls did the company have last quarter', '/gong-stats the company last quarter'],
    ['how did Ana Diaz do last week', '/gong-stats Ana Diaz last week'],
    ["what are ana's numbers", '/gong-stats ana'],
    ['team details', '/gong-stats team details'],
    ['who have I not coached', '/gong-coaching'],
    ['whom have I not coached yet?', '/gong-coaching'],
    ["who haven't I coached this month", '/gong-coaching this month'],
    ['who needs coaching', '/gong-coaching'],
    ['coaching I received last quarter', '/gong-coaching me last quarter'],
    ['prepare my 1:1 with <@U3|ana>', '/gong-coaching <@U3|ana>'],
    ['1:1 with Ben Okoye', '/gong-coaching Ben Okoye'],
    ['scorecards of my team last month', '/gong-scorecards my team last month'],
    ['my scores on "Discovery" last quarter', '/gong-scorecards "Discovery" me last quarter'],
    ['my digests', '/gong-digest'],
    ['who saw my numbers', '/gong-stats who saw me'],
    ['Who has looked at my figures?', '/gong-stats who saw me'],
    ['what does patience mean', '/gong-stats definitions'],
    ['what is talk ratio?', '/gong-stats definitions'],
    ['how is interactivity computed', '/gong-stats definitions'],
    ['/gong-stats team last week', '/gong-stats team last week'],
    ['gong-scorecards me', '/gong-scorecards me'],
    ['/gong-stats-staging me', '/gong-stats me'],
    // Asked back by the command itself: did you mean "november"?
    ['my team in novembr', '/gong-stats my team novembr'],
  ])('%s', (sentence, command) => {
    expect(asks(sentence)).toBe(command)
  })
})

describe('what is none', () => {
  it.each([
    '',
    'hello',
    'hi everybody',
    'thanks!',
    'thank you',
    'help',
    'ok',
    'how are you',
    '👍',
    '...',
    'can you see it',
    'x'.repeat(2100),
  ])('%s gets the menu', (sentence) => {
    expect(asks(sentence)).toBe('unknown')
  })

  it.each([
    ['book a room for my team next to the kitchen', 'near /gong-stats my team'],
    ['why did my talk ratio fall so badly in November', 'near /gong-stats me November'],
    ['please welcome <@U3|ana> to the company', 'near /gong-stats <@U3|ana> the company'],
    ['my team lats week', 'near /gong-stats my team week'],
    ['scorcards', 'near /gong-scorecards'],
    ['what about coachign', 'near /gong-coaching'],
  ])('%s gets the nearest question', (sentence, nearest) => {
    expect(asks(sentence)).toBe(nearest)
  })
})

it('reads anything without failing, and asks for no more than its words', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'my',
      'team',
      'last',
      'week',
      'who',
      'coached',
      '@ana',
      '<@U3|ana>',
      '"Discovery"',
      'November',
      '1-15',
      'talk',
      'ratio',
      "'s",
      '<!here>',
      '"',
      '?',
    ),
    fc.string({ maxLength: 12, unit: 'binary' }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 45 }), (words) => {
      const reading = readSentence(words.join(' '), grammar)
      if (reading.type !== 'unknown') expect(reading.ask.text.length).toBeLessThanOrEqual(words.join(' ').normalize('NFKC').length + 20)
    }),
    { numRuns: casesOf(5000) },
  )
})
