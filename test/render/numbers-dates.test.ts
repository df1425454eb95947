// Numbers and dates as read: rounding, signs, plurals, locales, zones. Expected texts are worked by hand.
import { describe, expect, it } from 'vitest'
import { known, noData } from '../../src/domain/measured.ts'
import { instantWords, periodLabel, periodTitle, periodWords } from '../../src/render/text/dates.ts'
import {
  changeWords,
  decimal,
  duration,
  figure,
  listWords,
  measuredWords,
  people,
  percent,
  plural,
  score,
  signed,
  signedWithUnit,
} from '../../src/render/text/numbers.ts'

describe('numbers', () => {
  it('writes a share as percent, seconds as minutes, scores with one decimal', () => {
    expect(percent(0.513, 'en-GB')).toBe('51 %')
    expect(duration(170)).toBe('2:50')
    expect(duration(59.6)).toBe('1:00')
    expect(duration(4000)).toBe('1:06:40')
    expect(figure(6, 'score', 'en-GB')).toBe('6.0')
    expect(figure(6.14, 'score', 'de-DE')).toBe('6,1')
    expect(figure(0.9, 'seconds', 'en-GB')).toBe('0.9 s')
  })

  it('says changes in points, minutes and plain numbers, never in percent of percent', () => {
    // 0.56 → 0.51 is 5 points, not 9 %.
    expect(changeWords(-0.05, 'share', 'en-GB')).toBe('down 5 points')
    expect(changeWords(0.012, 'share', 'en-GB')).toBe('up 1 point')
    expect(changeWords(25, 'seconds', 'en-GB')).toBe('up 0:25')
    expect(changeWords(3, 'per-call', 'en-GB')).toBe('up 3')
    expect(changeWords(-0.04, 'score', 'en-GB')).toBe('unchanged')
    expect(changeWords(0, 'share', 'en-GB')).toBe('unchanged')
  })

  it('never writes minus nought, and writes a real minus', () => {
    expect(decimal(-0.2, 'en-GB')).toBe('0')
    expect(decimal(-3, 'en-GB')).toBe('−3')
    expect(signed(-0.001, 'share', 'en-GB')).toBe('±0')
    expect(signed(-0.05, 'share', 'en-GB')).toBe('−5')
    expect(signed(25, 'seconds', 'en-GB')).toBe('+0:25')
    expect(signed(-0.4, 'seconds', 'en-GB')).toBe('−0.4')
    expect(signedWithUnit(-0.4, 'seconds', 'en-GB')).toBe('−0.4 s')
    expect(signedWithUnit(-0.01, 'share', 'en-GB')).toBe('−1 point')
  })

  it('gets plurals right', () => {
    expect([0, 1, 2, 12_345].map((count) => plural(count, 'call'))).toEqual(['no calls', '1 call', '2 calls', '12,345 calls'])
    expect(people(1)).toBe('1 person')
    expect(listWords(['Ana', 'Ben', 'Kai'])).toBe('Ana, Ben and Kai')
  })

  it('says the scale only when it is known, and why a figure is missing', () => {
    expect(score(3.8, 'en-GB')).toBe('3.8')
    expect(score(3.8, 'en-GB', { max: 5 })).toBe('3.8 of 5')
    expect(measuredWords(known(0.5), 'share', 'en-GB')).toBe('50 %')
    expect(measuredWords(noData('too-few-people'), 'share', 'en-GB')).toBe('withheld: too few people')
  })

  it('falls back to English for a locale nobody knows', () => {
    expect(decimal(1.5, 'not a locale', 1)).toBe('1.5')
  })
})

describe('dates', () => {
  const week = { from: '2026-11-16', to: '2026-11-23' }

  it('writes a period by its first and last day, in the reader’s way', () => {
    expect(periodTitle(week, 'en-GB')).toBe('16–22 Nov')
    expect(periodTitle(week, 'en-US')).toBe('Nov 16–22')
    expect(periodTitle(week, 'de-DE')).toBe('16.–22. Nov.')
    expect(periodTitle({ from: '2026-11-28', to: '2026-12-05' }, 'en-GB')).toBe('28 Nov–4 Dec')
    expect(periodLabel(week, 'en-GB')).toBe('16–22 Nov')
    expect(periodLabel({ from: '2026-12-28', to: '2027-01-04' }, 'en-GB')).toBe('28 Dec–3 Jan')
    expect(periodLabel({ from: '2026-12-28', to: '2027-01-04' }, 'de-DE')).toBe('28. Dez.–3. Jan.')
  })

  it('names a whole month, and the year when it is another', () => {
    expect(periodTitle({ from: '2026-11-01', to: '2026-12-01' }, 'en-GB', 2026)).toBe('November')
    expect(periodTitle({ from: '2025-11-01', to: '2025-12-01' }, 'en-GB', 2026)).toBe('November 2025')
  })

  it('says which days of a week are in when it is not over', () => {
    expect(periodWords({ from: '2026-11-23', to: '2026-11-26' }, 'en-GB')).toBe('23–25 Nov (Mon–Wed, 3 days)')
  })

  it('writes an instant in the reader’s zone: weekday when recent, date when not', () => {
    const at = new Date('2026-11-23T07:41:00Z')
    const now = new Date('2026-11-23T08:00:00Z')
    expect(instantWords(at, now, 'en-GB', 'Europe/Berlin')).toBe('Mon 08:41')
    expect(instantWords(at, now, 'en-GB', 'America/New_York')).toBe('Mon 02:41')
    expect(instantWords(new Date('2026-11-12T07:41:00Z'), now, 'en-GB', 'Europe/Berlin')).toBe('12 Nov 08:41')
    expect(instantWords(at, now, 'en-GB', 'Moon/Base')).toBe('Mon 07:41')
  })
})
