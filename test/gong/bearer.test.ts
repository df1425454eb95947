// A fixed token ends about a day after it was made and cannot renew itself: when that is, and when the log says so.
import nock from 'nock'
import { expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { bearerEnd, watchBearer } from '../../src/gong/auth/bearer.ts'
import { openGong } from '../../src/gong/open.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, fakeLog, fakeSecrets, now, options, week } from './fakes.ts'

answerWithNock()

const hourMs = 3_600_000
/** A JWT that ends then; nobody checks its signature here. */
const jwtEnding = (at: Date): string =>
  `e30.${Buffer.from(JSON.stringify({ exp: Math.floor(at.getTime() / 1000) })).toString('base64url')}.sig`
const later = (hours: number): Date => new Date(now.getTime() + hours * hourMs)
const move = (clock: MovableClock, hours: number): void => clock.moveTo(new Date(clock.now().getTime() + hours * hourMs))

it('ends when the token itself says so', async () => {
  expect(await bearerEnd(jwtEnding(later(72)), fakeSecrets(), movableClock(now))).toEqual(later(72))
})

it.each(['opaque', 'a.b.c', `e30.${Buffer.from('{"exp":"soon"}').toString('base64url')}.sig`])(
  'ends a day after %s was first seen, also after a restart, and never keeps the token',
  async (token) => {
    const secrets = fakeSecrets()
    const clock = movableClock(now)
    expect(await bearerEnd(token, secrets, clock)).toEqual(later(24))
    move(clock, 10)
    expect(await bearerEnd(token, secrets, clock)).toEqual(later(24))
    expect([...secrets.kept.values()].join()).not.toContain(token)
    // Another token begins its own day.
    expect(await bearerEnd('another', secrets, clock)).toEqual(later(34))
    // Which changes nothing for a service that still has the first.
    move(clock, 1)
    expect(await bearerEnd(token, secrets, clock)).toEqual(later(24))
  },
)

it('is warned of once a day before the end, hourly in the last four hours, and after it has ended', async () => {
  const clock = movableClock(now)
  const { log, lines } = fakeLog()
  const look = watchBearer(jwtEnding(later(48)), fakeSecrets(), clock, log)
  const warnedAt: number[] = []
  for (let hour = 0; hour <= 50; hour += 1) {
    const before = lines.length
    await look()
    // Asked again within the hour: nothing is said twice.
    await look()
    if (lines.length > before) warnedAt.push(hour)
    move(clock, 1)
  }
  // 48 h in all: the first warning with 24 left, then with 4, 3, 2, 1 and 0, and after.
  expect(warnedAt).toEqual([24, 44, 45, 46, 47, 48, 49, 50])
  expect(lines[0]).toMatchObject({ level: 40, hoursLeft: 24, endsAt: later(48).toISOString() })
  expect(lines[0]?.msg).toContain('npm run gong-login')
  expect(lines.at(-1)).toMatchObject({ hoursLeft: 0 })
})

it('is looked at when Gong is asked, and asked all the same', async () => {
  nock(base, { reqheaders: { authorization: 'Bearer opaque' } })
    .post('/v2/stats/activity/aggregated')
    .reply(200, { usersAggregatedActivity: [] })
  const setup = options({ credentials: { type: 'bearer', accessToken: 'opaque' } })
  const gong = await openGong(setup.all)
  await gong.source.fetchActivity(week, { purpose: 'background' })
  await gong.close()
  expect(setup.lines.filter(({ msg }) => String(msg).startsWith('GONG_ACCESS_TOKEN'))).toHaveLength(1)
})
