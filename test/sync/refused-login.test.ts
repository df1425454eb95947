// A login that Gong takes no more: it is said as that, once, with what connects again; no scope is asked for, and it heals.
import { afterEach, expect, it } from 'vitest'
import { GongRefused } from '../../src/errors.ts'
import type { GongSource } from '../../src/gong/source.ts'
import { dataProblems } from '../../src/sync/data-problems.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let here: SyncWorld | undefined
afterEach(() => here?.stop())

const login = 'The refresh token is no longer taken; connect again with: npm run gong-login'
const words =
  'Gong does not take my login any more, so nothing is fetched. The refresh token is no longer taken; connect again with: npm run gong-login. Until then answers and digests say how old their figures are.'

it.each([400, 401, 403])('is one problem for admins where the token address answers %s', async (status) => {
  let isDead = true
  const refuse = async () => {
    throw new GongRefused({ endpoint: 'POST /oauth2/generate-customer-token', status, errors: ['invalid_grant'], login })
  }
  const through = (source: GongSource): GongSource =>
    new Proxy(source, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name)
        return isDead && typeof value === 'function' ? refuse : value
      },
    })
  here = await syncWorld({ people: 12, perSecond: 1000, requestsPerSecond: 1_000_000, through })
  const { sync, store, clock } = here
  const problems = async () => (await dataProblems(store, clock.now())).map((one) => [one.key, one.since, one.words])
  const since = clock.now()
  isDead = false
  await sync.refresh('background')
  isDead = true
  const failedAt = new Date(since.getTime() + 26 * 3_600_000)
  for (const hours of [26, 27, 54]) {
    clock.moveTo(new Date(since.getTime() + hours * 3_600_000))
    await sync.refresh('background')
    expect((await problems()).filter(([key]) => !String(key).endsWith('-stale'))).toEqual([['login-refused', failedAt, words]])
  }
  expect((await sync.firstReading()).refused).toBe(words)
  isDead = false
  await sync.refresh('background')
  expect(await problems()).toEqual([])
  expect((await sync.firstReading()).refused).toBeUndefined()
})
