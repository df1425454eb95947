// What is noticed when a digest is set up a second time: pure rules of when two say the same, and how it is said.
import { describe, expect, it } from 'vitest'
import { meetInSomeHour } from '../../src/domain/same-hour.ts'
import type { Recurrence } from '../../src/domain/subscription.ts'
import { duplicateWords } from '../../src/reports/wording/duplicate.ts'
import { teamDigest } from '../kit/team-digest.ts'

const tuesday = new Date('2026-11-24T08:40:00Z')
const rule = (weekdays: Recurrence['weekdays'], time: string, zone = 'Europe/Berlin'): Recurrence => ({ weekdays, time, zone })
const monday = rule([1], '09:00')

describe('two rules', () => {
  it.each([
    ['the same', monday, true],
    ['an hour later', rule([1], '10:00'), true],
    ['more than an hour later', rule([1], '10:01'), false],
    ['another day', rule([2], '09:00'), false],
    ['one day in common', rule([1, 4], '09:30'), true],
    // 03:00 in New York is 09:00 in Berlin.
    ['the same instant in another zone', rule([1], '03:00', 'America/New_York'), true],
    ['the same wall time in another zone', rule([1], '09:00', 'America/New_York'), false],
    // Half past midnight on Tuesday in Tokyo is half past four on Monday afternoon in Berlin.
    ['another weekday in another zone', rule([2], '00:30', 'Asia/Tokyo'), false],
  ] as const)('%s: meet or do not', (_what, other, meets) => {
    expect(meetInSomeHour(monday, other, tuesday)).toBe(meets)
    expect(meetInSomeHour(other, monday, tuesday)).toBe(meets)
  })
})

describe('the sentence', () => {
  const there = teamDigest({})
  const mine = teamDigest({ kind: 'manager', destination: { type: 'dm', slackUserId: 'U1' } })

  it('names place, days and time, who answers for it and how it stands', () => {
    expect(duplicateWords({ isListed: true, subscription: there, place: '#emea' }, 'team')).toBe(
      'That team already gets this digest in #emea every Monday at 09:00.',
    )
    const paused = teamDigest({ status: 'paused', name: 'Pipeline', recurrence: rule([1, 4], '07:30') })
    expect(duplicateWords({ isListed: true, subscription: paused, place: '#emea', owner: 'Priya Nair' }, 'team')).toBe(
      'That team already gets this digest in #emea every Monday and Thursday at 07:30, called "Pipeline", set up by Priya Nair. It is paused.',
    )
    expect(duplicateWords({ isListed: true, subscription: mine }, 'manager')).toBe('You already get this digest every Monday at 09:00.')
    expect(duplicateWords({ isListed: true, subscription: mine, place: 'Omar Haddad' }, 'team')).toBe(
      'Omar Haddad already gets the manager digest about the same people every Monday at 09:00. Of two in one hour, that one alone is sent.',
    )
    expect(duplicateWords({ isListed: false }, 'team')).toBe('Somebody has already set up one like it here.')
  })
})
