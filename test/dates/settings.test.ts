// The settings of test:dates are what they say: a wrong offset would test an ordinary day.
import { describe, expect, it } from 'vitest'
import { settings } from './settings.ts'

/** Minutes ahead of UTC, as the zone's clocks show them. */
function offsetMinutes(zone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? []
  return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes))
}

const twoMinutesMs = 120_000

describe('settings of test:dates', () => {
  it.each([
    ['new-york-spring', 60],
    ['new-york-autumn', -60],
    ['berlin-spring', 60],
    ['berlin-autumn', -60],
  ])('%s starts two minutes before its clocks move by %i minutes, on a Sunday', (name, moves) => {
    const { startsAt, zone } = settings.find((setting) => setting.name === name) ?? {}
    if (startsAt === undefined || zone === undefined) throw new Error(`no setting ${name}`)
    const change = new Date(Date.parse(startsAt) + twoMinutesMs)
    expect(offsetMinutes(zone, change) - offsetMinutes(zone, new Date(change.getTime() - 1))).toBe(moves)
    expect(new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'long' }).format(change)).toBe('Sunday')
  })

  it('year-end starts two minutes before a year does, and new-year within the first hour of one', () => {
    const at = (name: string) => new Date(settings.find((setting) => setting.name === name)?.startsAt ?? '')
    expect(new Date(at('year-end').getTime() + twoMinutesMs).toISOString()).toMatch(/-01-01T00:00:00\.000Z$/)
    expect(at('new-year').toISOString()).toMatch(/-01-01T00:/)
    expect(at('leap-day').toISOString()).toMatch(/^2028-02-29T/)
  })
})
