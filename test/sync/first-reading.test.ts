// What the first reading has come to, as everybody asks it while nobody of Gong's is known.
import { describe, expect, it } from 'vitest'
import type { ListProblems } from '../../src/store/people/list-watch.ts'
import type { Store } from '../../src/store/store.ts'
import { firstReading } from '../../src/sync/first-reading.ts'
import { idleProgress, type SyncProgress } from '../../src/sync/progress.ts'

const wednesday = new Date('2026-11-25T11:00:00Z')

const asked = (given: { login?: string; list?: ListProblems; progress?: SyncProgress; failures?: readonly string[] }) =>
  firstReading({
    store: {
      tenant: { get: async () => given.login } as unknown as Store['tenant'],
      listWatch: { problems: async () => given.list ?? {}, save: async () => undefined, decide: async () => false },
    },
    progress: () => given.progress ?? idleProgress,
    problems: () => (given.failures ?? []).map((endpoint) => ({ at: wednesday, endpoint, words: `${endpoint} failed.` })),
  })

describe('the first reading in short', () => {
  it('takes as long as the requests that are left, at the rate of the company', async () => {
    const today = { used: 12, perDay: 4000, perSecond: 2 }
    // 91 requests at 2 a second: 45.5 s.
    expect(await asked({ progress: { ...idleProgress, requestsLeft: 91, today } })).toMatchObject({ secondsLeft: 46 })
  })

  it('knows no time where this process fetches nothing, and none when nothing is left', async () => {
    expect((await asked({})).secondsLeft).toBeUndefined()
    const today = { used: 12, perDay: 4000, perSecond: 2 }
    expect((await asked({ progress: { ...idleProgress, today } })).secondsLeft).toBeUndefined()
  })

  it('says who may open a list of people that Gong refuses', async () => {
    const { refused } = await asked({ list: { refused: { since: wednesday, status: 403, scope: 'api:users:read' } } })
    expect(refused).toContain("I may not read Gong's list of people (403): grant the key api:users:read")
  })

  it('says of a login that ended how to connect again, and of no scope', async () => {
    const { refused } = await asked({ login: `${wednesday.toISOString()} Connect again with: npm run gong-login` })
    expect(refused).toContain('Gong does not take my login any more, so nothing is fetched. Connect again with: npm run gong-login.')
  })

  it('says how the list of people failed, and of no other failure', async () => {
    expect((await asked({ failures: ['POST /stats/interaction'] })).failed).toBeUndefined()
    expect((await asked({ failures: ['POST /stats/interaction', 'GET /users'] })).failed).toBe('GET /users failed.')
  })
})
