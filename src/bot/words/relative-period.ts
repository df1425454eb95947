// Periods relative to today: yesterday, this week, last quarter, last 30 days, 2 weeks ago.
import { addDays, type LocalDate, monthStart, type Period, weekBefore, weekdayOf, weekOf } from '../../domain/period.ts'
import { datesInWords, spanInWords, weekdayNamed } from './calendar-words.ts'
import { type Calendar, complete, type PhraseReader } from './complete-period.ts'

const quarterStart = (date: LocalDate, quarters = 0): LocalDate => {
  const month = Number(date.slice(5, 7)) - 1
  return monthStart(date, quarters * 3 - (month % 3))
}

const relativeUnits: Readonly<Record<string, (shift: number, calendar: Calendar) => Period>> = {
  week: (shift, { today, weekStart }) => {
    const week = weekOf(today, weekStart)
    return { from: addDays(week.from, shift * 7), to: addDays(week.to, shift * 7) }
  },
  month: (shift, { today }) => ({ from: monthStart(today, shift), to: monthStart(today, shift + 1) }),
  quarter: (shift, { today }) => ({ from: quarterStart(today, shift), to: quarterStart(today, shift + 1) }),
}

/** yesterday, today: Gong gives whole days, so today is answered with the week so far. */
export const readDay: PhraseReader = (phrase, calendar) => {
  const { today, weekStart } = calendar
  if (phrase === 'yesterday') return complete({ from: addDays(today, -1), to: today }, phrase, calendar)
  if (phrase !== 'today' && phrase !== 'now') return undefined
  const week = weekOf(today, weekStart)
  if (week.from === today) {
    const last = weekBefore(today, weekStart)
    return {
      period: last,
      words: 'last week',
      note: `Here is last week (${datesInWords(last, today)})`,
    }
  }
  const period = { from: week.from, to: today }
  return {
    period,
    words: 'this week',
    note: `Here is this week so far (${spanInWords(period, today)})`,
  }
}

/** this / last week, month, quarter; a bare unit is the last one. */
export const readRelative: PhraseReader = (phrase, calendar) => {
  const match = /^(?:(this|current|last|previous|past|prior) )?(week|month|quarter)$/.exec(phrase)
  const unit = relativeUnits[match?.[2] ?? '']
  if (!match || !unit) return undefined
  const isThis = match[1] === 'this' || match[1] === 'current'
  return complete(unit(isThis ? 0 : -1, calendar), `${isThis ? 'this' : 'last'} ${match[2]}`, calendar)
}

/** this fortnight, last fortnight: two whole weeks, or the one begun and the one before. */
export const readFortnight: PhraseReader = (phrase, calendar) => {
  const match = /^(?:(this|current|last|previous|past) )?fortnight$/.exec(phrase)
  if (!match) return undefined
  const { from, to } = weekOf(calendar.today, calendar.weekStart)
  const isThis = match[1] === 'this' || match[1] === 'current'
  const period = isThis ? { from: addDays(from, -7), to } : { from: addDays(from, -14), to: from }
  return complete(period, `${isThis ? 'this' : 'last'} fortnight`, calendar)
}

/** last friday, friday: the latest such day that is over. */
export const readWeekday: PhraseReader = (phrase, calendar) => {
  const match = /^(?:(?:last|this|past|previous|on) )?([a-z]{3,9})$/.exec(phrase)
  const weekday = weekdayNamed(match?.[1] ?? '')
  if (weekday === undefined) return undefined
  const back = ((weekdayOf(calendar.today) - weekday + 6) % 7) + 1
  const from = addDays(calendar.today, -back)
  return complete({ from, to: addDays(from, 1) }, phrase, calendar)
}

/** next week, tomorrow: nothing has happened yet. */
export const readFuture: PhraseReader = (phrase) =>
  /^(?:tomorrow|in \d{1,3} (?:days?|weeks?|months?)|(?:next|coming|following) (?:week|month|quarter|year|fortnight|\d{1,3} (?:days?|weeks?|months?)|[a-z]{3,6}day))$/.test(
    phrase,
  )
    ? { why: `"${phrase}" has not begun: Gong knows calls that took place.`, instead: ['this week', 'last week'] }
    : undefined

/** last 7 days (through yesterday), last 4 weeks, last 3 months (whole ones), 2 weeks ago. */
export const readCounted: PhraseReader = (phrase, calendar) => {
  if (/^(?:(?:last|past|previous) )?0+ ?(?:d|days?|weeks?|months?|quarters?)(?: ago)?$/.test(phrase))
    return { why: `"${phrase}" holds no day.`, instead: ['this week', 'last week'] }
  const days = Number(/^(\d{1,3}) days? ago$/.exec(phrase)?.[1] ?? 0)
  if (days > 0) return complete({ from: addDays(calendar.today, -days), to: addDays(calendar.today, 1 - days) }, phrase, calendar)
  const ago = /^(\d{1,3}) (week|month|quarter)s? ago$/.exec(phrase)
  const agoUnit = relativeUnits[ago?.[2] ?? '']
  if (ago && agoUnit) return complete(agoUnit(-Number(ago[1]), calendar), phrase, calendar)
  const match = /^(?:(?:last|past|previous) )?(\d{1,3}) ?(d|days?|weeks?|months?|quarters?)$/.exec(phrase)
  if (!match) return undefined
  const count = Number(match[1])
  const name = (match[2] ?? '').startsWith('d') ? 'day' : (match[2] ?? '').replace(/s$/, '')
  const words = `last ${count} ${name}${count === 1 ? '' : 's'}`
  if (name === 'day') return complete({ from: addDays(calendar.today, -count), to: calendar.today }, words, calendar)
  const unit = relativeUnits[name]
  return unit && complete({ from: unit(-count, calendar).from, to: unit(0, calendar).from }, words, calendar)
}
