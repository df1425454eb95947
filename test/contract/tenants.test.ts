// The client against the shapes of tenants that `npm run prove` has kept, one file each in test/fixtures/tenants: answers of these forms,
// with made-up values, are understood whole.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { proveGong } from '../../src/cli/prove/prove.ts'
import { findingsOf } from '../../src/cli/prove/report.ts'
import type { TenantFixture } from '../../src/cli/prove/tenant-fixture.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import { type OpenGong, openGong } from '../../src/gong/open.ts'
import { startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { now, options, week } from '../gong/fakes.ts'
import { tenantOfShapes } from '../kit/tenant-of-shapes.ts'

const folder = path.resolve(import.meta.dirname, '../fixtures/tenants')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const read = (name: string): TenantFixture => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as TenantFixture

async function optionsOf(fixture: TenantFixture) {
  const tenant = await tenantOfShapes(fixture, week)
  closers.push(() => tenant.close())
  const unit = fixture.contract === 'live' && fixture.talkRatioUnit ? { talkRatioUnit: fixture.talkRatioUnit } : {}
  return options({ api: 'auto', baseUrl: tenant.baseUrl, ...unit })
}

describe.each(files)('a tenant of the shapes in %s', (name) => {
  const fixture = read(name)

  it('is understood by every operation, with nothing set aside', async () => {
    const gong: OpenGong = await openGong((await optionsOf(fixture)).all)
    closers.push(() => gong.close())
    const { source } = gong
    expect(source.contract).toBe(fixture.contract)
    const ask = { purpose: 'background' } as const
    const people = await source.fetchPeople(ask)
    const answers = {
      people,
      interaction: await source.fetchInteraction(week, ask),
      activity: await source.fetchActivity(week, ask),
      'daily activity': await source.fetchDailyActivity(week, ask),
      scorecards: await source.fetchScorecards(week, ask),
      coaching: await source.fetchCoaching(week, { ...ask, managerIds: people.records.slice(0, 2).map(({ id }) => id) }),
    }
    for (const [operation, { records, quarantined }] of Object.entries(answers)) {
      expect([operation, quarantined]).toEqual([operation, []])
      expect([operation, records.length > 0]).toEqual([operation, true])
    }
  })

  it('is proved to have these shapes, so that nothing of them is lost in between', async () => {
    const { fixture: proved, steps } = await proveGong((await optionsOf(fixture)).all)
    expect(findingsOf(steps).filter(({ state }) => state === 'to fix')).toEqual([])
    const again = JSON.parse(proved?.text ?? '{}') as TenantFixture
    expect(comparable(again)).toEqual(comparable(fixture))
  })
})

/** A manager's id is repeated as it was asked for: how long it is depends on who was asked about. */
const comparable = (fixture: TenantFixture): unknown =>
  JSON.parse(JSON.stringify(fixture), (key, value: unknown) => (key.endsWith('.manager.id') ? 'an id' : value))

describe.each(['documented', 'live'] as const)('the simulated Gong of the %s contract', (contract) => {
  it('has the shapes that are kept of it', async () => {
    const gong = await startSimulatedGong({
      clock: movableClock(now),
      realClock: systemClock,
      contract,
      requestsPerSecond: Number.POSITIVE_INFINITY,
      requestsPerDay: Number.POSITIVE_INFINITY,
    })
    closers.push(() => gong.stop())
    const { accessKey, accessKeySecret } = gong.credentials
    const { all } = options({ api: 'auto', baseUrl: gong.baseUrl, credentials: { type: 'basic', accessKey, accessKeySecret } })
    const { fixture } = await proveGong(all)
    await expect(fixture?.text).toMatchFileSnapshot(path.join(folder, `simulated-${contract}.json`))
  })
})
