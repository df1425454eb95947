// The doctor, the client and `npm run prove` against the OpenAPI file served by a mock server that others wrote: with the file's examples
// everything is understood; with anything the file allows nothing breaks, and what cannot be used is said.
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/cli/doctor/finding.ts'
import { proveGong } from '../../src/cli/prove/prove.ts'
import { findingsOf, reportOf } from '../../src/cli/prove/report.ts'
import { openGong } from '../../src/gong/open.ts'
import { options, week } from '../gong/fakes.ts'
import { startPrism, type ThirdPartyMock } from './third-party-mock.ts'

const file = path.join(import.meta.dirname, 'gong-documented.openapi.yml')
let mock: ThirdPartyMock | undefined
afterEach(async () => {
  await mock?.stop()
  mock = undefined
})

const ask = { purpose: 'background' } as const

describe('the file’s own examples', () => {
  it('are read as what they are, and every request passes the check of the file', async () => {
    mock = await startPrism(file)
    const gong = await openGong(options({ api: 'auto', baseUrl: mock.baseUrl }).all)
    try {
      expect(gong.source.contract).toBe('documented')
      const id = '413440499764841'
      expect((await gong.source.fetchInteraction(week, ask)).records).toEqual([
        expect.objectContaining({ personId: id, callsCount: 4, talkShare: 0.47, longestMonologueSeconds: 3.5 }),
      ])
      expect((await gong.source.fetchActivity(week, { ...ask, personIds: [id] })).records).toMatchObject([{ personId: id, callsAsHost: 4 }])
      expect((await gong.source.fetchDailyActivity(week, ask)).records).toMatchObject([
        { personId: id, date: '2026-11-18', callsAsHost: 4 },
      ])
      expect((await gong.source.fetchScorecards(week, { ...ask, scorecardIds: [id] })).records).toMatchObject([
        { reviewedId: id, reviewerId: '413440499764842', overallScore: 3.5 },
      ])
      expect((await gong.source.fetchCoaching(week, { ...ask, managerIds: [id] })).records).toMatchObject([
        { managerId: id, callsListenedTo: 4 },
      ])
      expect((await gong.source.fetchPeople(ask)).records).toMatchObject([{ id, active: true }])
    } finally {
      await gong.close()
    }
  })

  it('are proved without anything to fix', async () => {
    mock = await startPrism(file)
    const { steps, fixture } = await proveGong(options({ api: 'auto', baseUrl: mock.baseUrl }).all)
    const findings = findingsOf(steps)
    expect(findings.filter(({ state }) => state === 'to fix')).toEqual([])
    expect(findings.map(({ says }) => says)).toContain('No field is new.')
    expect(fixture?.text).toContain('"contract": "documented"')
  })
})

describe.each(['one', 'two', 'three'])('anything the file allows (seed %s)', (seed) => {
  it('is understood or said, by a report that gives nothing of it away', async () => {
    mock = await startPrism(file, { seed })
    const { steps } = await proveGong(options({ api: 'auto', baseUrl: mock.baseUrl, limits: { attempts: 1 } }).all)
    const findings = findingsOf(steps)
    const report = reportOf(steps, { version: '0.1.0', on: '2026-11-23' })
    expect(findings[0]?.says).toContain('Gong answers with the documented contract')
    const asked = ['people', 'activity', 'daily activity', 'interaction', 'scorecards']
    for (const operation of asked) {
      const wasSaid = findings.some(({ says }) => says.startsWith(`Reading ${operation}: `))
      const works = findings.some(({ says }) => says.toLowerCase().startsWith(`${operation}: `))
      expect([operation, wasSaid || works]).toEqual([operation, true])
    }
    expect([0, 1]).toContain(exitCodeOf(findings))
    expect(report).not.toMatch(/127\.0\.0\.1|\d{5,}|@/)
  })
})
