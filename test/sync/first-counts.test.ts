// Calls that can be counted since a scope was granted: from then on other people have enough of them, so weeks that groups were shown
// without counts are shown by name only.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { GongContract } from '../../src/domain/gong-figures.ts'
import { rememberSetting } from '../../src/domain/group-settings.ts'
import type { GongSource } from '../../src/gong/source.ts'
import { type Fetch, fetchAndStore } from '../../src/sync/fetch-and-store.ts'
import { noon, onBothBackends } from '../store/backends.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const answer = { records: [], quarantined: [], requests: 1 }

onBothBackends((backend) => {
  it.each<[string, GongContract, Fetch['kind'] | undefined, Fetch['kind'], string | undefined]>([
    ['the key could not read them before', 'live', 'activity', 'activity', '2026-11-24'],
    ['nothing was closed', 'live', undefined, 'activity', undefined],
    ['something else was closed', 'live', 'coaching', 'activity', undefined],
    ['something else is fetched', 'live', 'activity', 'interaction', undefined],
    ['they stand in the other figures', 'documented', 'activity', 'activity', undefined],
  ])('where %s', async (_what, contract, closed, fetched, changedOn) => {
    const store = await backend.open()
    const clock = movableClock(new Date('2026-11-23T12:00:00Z'))
    await rememberSetting(store.tenant, 'group-rule', 'rule', '2026-11-01')
    if (closed) await store.gaps.open({ kind: closed, why: 'scope', scope: 'any' }, noon)
    const source = { contract, fetchActivity: async () => answer, fetchInteraction: async () => answer } as unknown as GongSource
    await fetchAndStore(
      { kind: fetched, period: week, scope: 'all', purpose: 'scheduled' },
      {
        source,
        store,
        clock,
        zone: 'Europe/Berlin',
        cardsThatCount: async () => [],
        onlyPeople: async () => undefined,
        refused: () => undefined,
        managers: async () => ({ ids: [], areAll: true }),
      },
    )
    expect((await store.reads.tenant()).groupRule).toEqual({ setting: 'rule', ...(changedOn !== undefined && { changedOn }) })
  })
})
