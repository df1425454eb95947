import { expect, it } from 'vitest'
import { durationWords, pauseWords } from '../../../src/reports/wording/gong-pause.ts'

const hourMs = 3_600_000

it.each([
  [1, '1 second'],
  [90_000, '90 seconds'],
  [120_000, '2 minutes'],
  [90 * 60_000, '90 minutes'],
  [22.4 * hourMs, '22 hours'],
  [24 * hourMs, '24 hours'],
  [48 * hourMs, '2 days'],
  // 1,157 days and 9:46:39; 1,157.4 / 365 = 3.17.
  [99_999_999_000, '3 years'],
  // 2,912,116.5 days / 365 = 7,978.4.
  [251_606_865_599_000, '7978 years'],
])('%d ms are said as %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})

it('says what Gong asked for, how much of it is waited, and how long that still is', () => {
  expect(pauseWords({ leftMs: 2 * hourMs, askedMs: 5 * hourMs })).toBe(
    'Gong asked the bot to wait 5 hours: no request goes out for another 2 hours.',
  )
  expect(pauseWords({ leftMs: 24 * hourMs, askedMs: 99_999_999_000 })).toBe(
    'Gong asked the bot to wait 3 years. It waits a day at most: no request goes out for another 24 hours.',
  )
  expect(pauseWords({ leftMs: 90_000 })).toBe('Gong asked the bot to wait: no request goes out for another 90 seconds.')
})
