import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Calendar, isAnswer } from '../../../src/bot/words/complete-period.ts'
import { defaultPeriod, periodAsTyped, periodPhrases, readPeriodPhrase } from '../../../src/bot/words/period.ts'
import { lastDate } from '../../../src/domain/period.ts'
import { casesOf } from '../../kit/cases.ts'

// 2026-11-19 is a Thursday.
const thursday: Calendar = { today: '2026-11-19', weekStart: 1 }

const read = (phrase: string, calendar: Calendar = thursday): string => {
  const reading = readPeriodPhrase(phrase, calendar)
  if (!reading) return 'not a period'
  if (!isAnswer(reading)) return `no: ${reading.why}`
  return `${reading.period.from}..${lastDate(reading.period)}${reading.note ? ` (${reading.note})` : ''}`
}

describe('what a phrase means on Thursday 19 November 2026', () => {
  const meanings: readonly (readonly [string, string])[] = [
    ['yesterday', '2026-11-18..2026-11-18'],
    ['last week', '2026-11-09..2026-11-15'],
    ['this fortnight', '2026-11-09..2026-11-18 (9–18 Nov, 10 days)'],
    ['last fortnight', '2026-11-02..2026-11-15'],
    ['last friday', '2026-11-13..2026-11-13'],
    ['thursday', '2026-11-12..2026-11-12'],
    ['wed', '2026-11-18..2026-11-18'],
    ['since 1 nov', '2026-11-01..2026-11-18'],
    ['from 2026-10-30 on', '2026-10-30..2026-11-18'],
    ['since 31 nov', 'no: November has 30 days.'],
    ['since october', '2026-10-01..2026-11-18'],
    ['since monday', '2026-11-16..2026-11-18'],
    ['since last week', '2026-11-09..2026-11-18'],
    ['h1', '2026-01-01..2026-06-30'],
    ['h2', '2026-07-01..2026-11-18 (1 Jul – 18 Nov, 141 days)'],
    ['h2 2025', '2025-07-01..2025-12-31'],
    ['first half of 2025', '2025-01-01..2025-06-30'],
    ['last half-year', '2026-01-01..2026-06-30'],
    ['third quarter of 2025', '2025-07-01..2025-09-30'],
    ['early november', '2026-11-01..2026-11-10'],
    ['mid-october', '2026-10-11..2026-10-20'],
    ['mid oct', '2026-10-11..2026-10-20'],
    ['late february 2024', '2024-02-21..2024-02-29'],
    ['second half of february 2025', '2025-02-16..2025-02-28'],
    ['mid-december', '2025-12-11..2025-12-20'],
    ['last two weeks', '2026-11-02..2026-11-15'],
    ['a month ago', '2026-10-01..2026-10-31'],
    ['day before yesterday', '2026-11-17..2026-11-17'],
    ['mtd', '2026-11-01..2026-11-18 (1–18 Nov, 18 days)'],
    ['last weekend', '2026-11-14..2026-11-15'],
    ['week of 4 nov', '2026-11-02..2026-11-08'],
    ['between 1 and 15 nov', '2026-11-01..2026-11-15'],
    ['1.11.2026', '2026-11-01..2026-11-01'],
    ['13/11/2026', '2026-11-13..2026-11-13'],
    ['last 3 fridays', 'no: A period is days in a row: "last 3 fridays" is not one.'],
    ['every monday', 'no: A period is days in a row: "every monday" is not one.'],
    ['5/11', 'no: I cannot tell day and month apart in "5/11": write the month as a word.'],
    ['fy26 q1', 'no: I know no fiscal year: say the months, for example Feb 1 to Apr 30.'],
    ['until 15 nov', 'no: "until 15 nov" has no beginning: say from when, for example 1-15 Nov.'],
    ['last week of october', 'no: Weeks do not begin and end with months. Which days of October do you mean?'],
    ['in two weeks', 'no: "in 2 weeks" has not begun: Gong knows calls that took place.'],
    // A name that begins like one of these is no period.
    ['mid', 'not a period'],
    ['early', 'not a period'],
    ['since ana', 'not a period'],
    ['2025', '2025-01-01..2025-12-31'],
    ['last year', '2025-01-01..2025-12-31'],
    ['ytd', '2026-01-01..2026-11-18 (1 Jan – 18 Nov, 322 days)'],
    ['next week', 'no: "next week" has not begun: Gong knows calls that took place.'],
    ['last 0 days', 'no: "last 0 days" holds no day.'],
    ['0 weeks ago', 'no: "0 weeks ago" holds no day.'],
    ['past 00 months', 'no: "past 00 months" holds no day.'],
    ['tomorrow', 'no: "tomorrow" has not begun: Gong knows calls that took place.'],
    ['next friday', 'no: "next friday" has not begun: Gong knows calls that took place.'],
    ['week', '2026-11-09..2026-11-15'],
    ['previous week', '2026-11-09..2026-11-15'],
    ['this week', '2026-11-16..2026-11-18 (Mon–Wed, 3 days)'],
    ['last month', '2026-10-01..2026-10-31'],
    ['this month', '2026-11-01..2026-11-18 (1–18 Nov, 18 days)'],
    ['last quarter', '2026-07-01..2026-09-30'],
    ['this quarter', '2026-10-01..2026-11-18 (1 Oct – 18 Nov, 49 days)'],
    ['last 7 days', '2026-11-12..2026-11-18'],
    ['last 30 days', '2026-10-20..2026-11-18'],
    ['last 90 days', '2026-08-21..2026-11-18'],
    ['7 days', '2026-11-12..2026-11-18'],
    ['30d', '2026-10-20..2026-11-18'],
    ['last 4 weeks', '2026-10-19..2026-11-15'],
    ['last 3 months', '2026-08-01..2026-10-31'],
    ['2 weeks ago', '2026-11-02..2026-11-08'],
    ['2026-w46', '2026-11-09..2026-11-15'],
    ['w47', '2026-11-16..2026-11-18 (Mon–Wed, 3 days)'],
    ['week 1 2026', '2025-12-29..2026-01-04'],
    ['2020-w53', '2020-12-28..2021-01-03'],
    ['2021-w53', 'no: 2021 has no week 53.'],
    ['w50', '2025-12-08..2025-12-14'],
    ['november', '2026-11-01..2026-11-18 (1–18 Nov, 18 days)'],
    ['december', '2025-12-01..2025-12-31'],
    ['sept', '2026-09-01..2026-09-30'],
    ['february 2024', '2024-02-01..2024-02-29'],
    ['2026-10', '2026-10-01..2026-10-31'],
    ['2026-13', 'no: There is no month 13.'],
    ['q3', '2026-07-01..2026-09-30'],
    ['2025-q4', '2025-10-01..2025-12-31'],
    ['1-15 nov', '2026-11-01..2026-11-15'],
    ['nov 1-15', '2026-11-01..2026-11-15'],
    ['1 nov - 15 nov', '2026-11-01..2026-11-15'],
    ['1 to 15 november 2025', '2025-11-01..2025-11-15'],
    ['16-30 nov', '2026-11-16..2026-11-18 (Mon–Wed, 3 days)'],
    ['20 dec - 5 jan', '2025-12-20..2026-01-05'],
    ['2026-11-01..2026-11-15', '2026-11-01..2026-11-15'],
    ['2026-11-01 to 2026-11-15', '2026-11-01..2026-11-15'],
    ['2026-11-03', '2026-11-03..2026-11-03'],
    ['3rd of november', '2026-11-03..2026-11-03'],
    ['29 feb 2025', 'no: February 2025 has 28 days.'],
    ['31 nov', 'no: November has 30 days.'],
    ['15-1 nov', 'no: "15-1 nov" ends before it begins.'],
    ['2027-01-01', 'no: 2027-01-01 has not begun yet. The last full week is 9–15 Nov.'],
    ['1999-01-01', 'no: "1999-01-01" is too far off: I read calls from 2015 on.'],
    ['last 999 days', 'no: That is 999 days; I read at most 400 for one question.'],
    ['15', 'not a period'],
    ['discovery', 'not a period'],
    ['mar', '2026-03-01..2026-03-31'],
    ['ma', 'not a period'],
  ]
  for (const [phrase, meaning] of meanings) it(`${phrase} → ${meaning}`, () => expect(read(phrase)).toBe(meaning))

  it('a bare command means the last full week', () => {
    expect(defaultPeriod(thursday).period).toEqual({ from: '2026-11-09', to: '2026-11-16' })
  })
})

describe('what is not complete is left out and said', () => {
  it('today is answered with the week so far', () => {
    expect(read('today')).toBe('2026-11-16..2026-11-18 (Here is this week so far (Mon–Wed, 3 days))')
  })
  it('on Monday this week has nothing complete, and last week is offered', () => {
    expect(readPeriodPhrase('this week', { today: '2026-11-23', weekStart: 1 })).toEqual({
      why: 'This week has no complete day yet; today’s calls appear tomorrow. The last full week is 16–22 Nov.',
      instead: ['last week'],
    })
  })
  it('on Monday today is answered with last week', () => {
    expect(read('today', { today: '2026-11-23', weekStart: 1 })).toContain('2026-11-16..2026-11-22 (')
  })
  it('weeks begin on Sunday when the company says so, ISO weeks never', () => {
    const sunday: Calendar = { today: '2026-11-19', weekStart: 7 }
    expect(read('last week', sunday)).toBe('2026-11-08..2026-11-14')
    expect(read('this week', sunday)).toBe('2026-11-15..2026-11-18 (Sun–Wed, 4 days)')
    expect(read('2026-w46', sunday)).toBe('2026-11-09..2026-11-15')
  })
  it.each(['last 3 fridays', 'every monday', '5/11', 'fy26', 'until 15 nov', 'first week of november', 'last week of may', 'next week'])(
    'refuses %s with phrases that are understood, on any day',
    (phrase) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 800 }), fc.constantFrom<1 | 7>(1, 7), (after, weekStart) => {
          const calendar = { today: Temporal.PlainDate.from('2026-01-10').add({ days: after }).toString(), weekStart }
          const reading = readPeriodPhrase(phrase, calendar)
          const instead = reading && !isAnswer(reading) ? reading.instead : []
          expect(instead.length).toBeGreaterThan(0)
          for (const each of instead) expect([each, readPeriodPhrase(each.toLowerCase(), calendar)]).toEqual([each, expect.anything()])
        }),
        { numRuns: casesOf(300) },
      )
    },
  )
  it('no phrase of the suggestions ever reaches beyond yesterday, on any day', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((after) => Temporal.PlainDate.from('2022-01-01').add({ days: after }).toString())
    fc.assert(
      fc.property(days, fc.constantFrom<1 | 7>(1, 7), fc.constantFrom(...periodPhrases), (today, weekStart, phrase) => {
        const reading = readPeriodPhrase(phrase, { today, weekStart })
        if (!reading) throw new Error('a suggested phrase must be understood')
        if (isAnswer(reading)) {
          expect(reading.period.to <= today && reading.period.from < reading.period.to).toBe(true)
          // Typed with its dates it means the same.
          const again = readPeriodPhrase(periodAsTyped(reading.period), { today, weekStart })
          expect(again && isAnswer(again) && again.period).toEqual(reading.period)
        } else expect(reading.instead.length).toBeGreaterThan(0)
      }),
      { numRuns: casesOf(5000) },
    )
  })
  it('agrees with Temporal on ISO weeks and months of any day', () => {
    const oracleWeek = (date: Temporal.PlainDate) => `${date.yearOfWeek}-w${String(date.weekOfYear).padStart(2, '0')}`
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (after) => {
        const date = Temporal.PlainDate.from('2015-02-02').add({ days: after })
        const calendar: Calendar = { today: '2026-11-19', weekStart: 1 }
        const monday = date.subtract({ days: date.dayOfWeek - 1 })
        expect(read(oracleWeek(date), calendar)).toBe(`${monday}..${monday.add({ days: 6 })}`)
        const first = date.with({ day: 1 })
        const month = `${first.toString().slice(0, 7)}`
        expect(read(month, calendar)).toBe(`${first}..${first.add({ months: 1 }).subtract({ days: 1 })}`)
      }),
      { numRuns: casesOf(3000) },
    )
  })
})
