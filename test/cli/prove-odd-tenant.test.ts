// `npm run prove` on a tenant that differs in every way a tenant may: names of statistics, units, coaching counts, fields, ids, words and
// statuses of an empty list, ends of ranges, refresh tokens. Each is said, and nothing of the tenant with it.
import { afterEach, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/cli/doctor/finding.ts'
import { proveGong } from '../../src/cli/prove/prove.ts'
import { findingsOf, reportOf } from '../../src/cli/prove/report.ts'
import type { TenantFixture } from '../../src/cli/prove/tenant-fixture.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import type { GongOptions } from '../../src/gong/open.ts'
import { parseJson } from '../../src/gong/wire/json.ts'
import { type SimulatedGong, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { type Passed, upstreamAt, watchGong } from '../contract/watched-gong.ts'
import { now, options } from '../gong/fakes.ts'
import { tenantOfShapes } from '../kit/tenant-of-shapes.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

type Json = Record<string, unknown>
interface Changed {
  readonly status: number
  readonly json: Json
}
/** What a tenant makes of one answer of the simulated Gong. */
type Change = (answer: Changed, asked: { readonly path: string; readonly body: string }) => Changed

async function proved(change: Change, given: (gong: SimulatedGong) => Partial<GongOptions> = () => ({})) {
  const gong = await startSimulatedGong({
    clock: movableClock(now),
    realClock: systemClock,
    contract: 'live',
    people: 24,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    requestsPerDay: Number.POSITIVE_INFINITY,
  })
  closers.push(() => gong.stop())
  const upstream = upstreamAt(gong.baseUrl.replace(/\/v2$/, ''))
  const tenant = await watchGong(async (request: Passed) => {
    const answer = await upstream(request)
    if (!/json/.test(answer.headers['content-type'] ?? '')) return answer
    const path = new URL(request.url, 'http://gong').pathname.replace(/^\/v2/, '')
    const changed = change({ status: answer.status, json: parseJson(answer.text) as Json }, { path, body: request.body ?? '' })
    return { ...answer, status: changed.status, text: JSON.stringify(changed.json) }
  })
  closers.push(() => tenant.close())
  const { accessKey, accessKeySecret } = gong.credentials
  const credentials = { type: 'basic', accessKey, accessKeySecret } as const
  const setup = options({ api: 'auto', baseUrl: tenant.baseUrl, credentials, ...given(gong) })
  const { steps, fixture } = await proveGong(setup.all)
  const findings = findingsOf(steps)
  return { findings, code: exitCodeOf(findings), report: reportOf(steps, { version: '0.1.0', on: '2026-11-23' }), fixture, gong, tenant }
}

const rowsOf = (json: Json, key: string): readonly Json[] => (Array.isArray(json[key]) ? (json[key] as Json[]) : [])

/** Every way that need not stop anything, at once. */
const harmless: Change = ({ status, json }, { path, body }) => {
  if (/"toDate":"2026-11-23"/.test(body)) return { status: 400, json: { requestId: 'r', errors: ['filter.toDate: must be before today'] } }
  if (path === '/stats/interaction' && status === 200)
    return {
      status,
      json: {
        ...json,
        peopleInteractionStats: rowsOf(json, 'peopleInteractionStats').map((row) => ({
          ...row,
          riskOfChurn: 'high for Ana Sommer',
          personInteractionStats: [...rowsOf(row, 'personInteractionStats'), { name: 'Filler Words', value: 4 }],
        })),
      },
    }
  if (path === '/coaching')
    return {
      status,
      json: {
        ...json,
        coachingData: rowsOf(json, 'coachingData').map((row) => ({
          ...row,
          directReportsMetrics: rowsOf(row, 'directReportsMetrics').map((each) => ({
            ...each,
            metrics: { ...(each.metrics as Json), callsWithSticker: ['7'], Sommer: ['7'], 'ana@company.example': ['7'] },
          })),
        })),
      },
    }
  if (path === '/workspaces')
    return { status, json: { ...json, workspaces: rowsOf(json, 'workspaces').map((row) => ({ ...row, id: 77 })) } }
  if (status === 404 && path.startsWith('/stats'))
    return { status, json: { ...json, errors: ['No records were found for 413440499764841'] } }
  return { status, json }
}

describe('a tenant that differs where it does no harm', () => {
  it('has nothing to fix, and everything new has a path: what it is called, in the terminal alone', async () => {
    const { code, report, findings, gong } = await proved(harmless, () => ({ workspaceIds: ['623457276584334'] }))
    expect([code, report.match(/\* no: .*/g)]).toEqual([0, null])
    expect(report).toContain('* note: New fields, which are not read: POST /stats/interaction $.peopleInteractionStats[].key1 (text).')
    expect(report).toMatch(/\* yes: Interaction statistics: Interactivity,.* Talk Ratio, statistic1\./)
    expect(report).toContain('* yes: Coaching: records came and were understood.')
    expect(report).toMatch(/\* yes: Coaching counts: <data>, callsListenedTo,.* callsWithScorecardFilled, key2, key3\./)
    expect(findings.at(-1)?.says).toBe(
      'Names of this tenant that stay out of the report: key1 is riskOfChurn, statistic1 is Filler Words, key2 is callsWithSticker, key3 is Sommer.',
    )
    expect(report).toContain('* note: Ids that come as numbers: GET /workspaces $.workspaces[].id.')
    expect(report).toContain('is answered with 404 and the words "No records were found for <number>", and understood.')
    expect(report).toContain(
      '* note: A range that ends as today begins is refused with the words "filter.toDate: must be before today". Figures are then asked for with one day less.',
    )
    for (const { email, lastName } of gong.company.people) expect(report).not.toContain(email ?? lastName)
    expect(report).not.toMatch(/high for|Sommer|ana@|413440499764841|riskOfChurn|Sticker|Filler/)
  })

  it('leaves shapes the client is at home with too', async () => {
    const { fixture } = await proved(harmless, () => ({ workspaceIds: ['623457276584334'] }))
    expect(fixture?.text).not.toMatch(/high for|Sommer|@|\d{5,}|riskOfChurn|Sticker|Filler/)
    const shapes = JSON.parse(fixture?.text ?? '{}') as TenantFixture
    const tenant = await tenantOfShapes(shapes, { from: '2026-11-16', to: '2026-11-23' })
    closers.push(() => tenant.close())
    const { steps } = await proveGong(options({ api: 'auto', baseUrl: tenant.baseUrl }).all)
    expect(findingsOf(steps).filter(({ state }) => state === 'to fix')).toEqual([])
    const said = findingsOf(steps).map(({ says }) => says)
    expect(said).toContain('New fields, which are not read: POST /stats/interaction $.peopleInteractionStats[].key1 (text).')
  })
})

describe('a tenant that differs where it matters', () => {
  const inPercent: Change = ({ status, json }, { path }) =>
    path === '/stats/interaction'
      ? {
          status,
          json: {
            ...json,
            ...(Array.isArray(json.peopleInteractionStats) && {
              peopleInteractionStats: rowsOf(json, 'peopleInteractionStats').map((row) => ({
                ...row,
                personInteractionStats: rowsOf(row, 'personInteractionStats').map(({ name, value }) =>
                  name === 'Talk Ratio' ? { name, value: Number(value) * 100 } : { name, value },
                ),
              })),
            }),
          },
        }
      : { status, json }

  it('is named with the variable that helps: talk ratios in percent', async () => {
    const { code, report } = await proved(inPercent)
    expect(code).toBe(1)
    expect(report).toContain('* no: Talk ratios come in percent, where this contract has fractions: they cannot be used as they are.')
    expect(report.match(/Set GONG_TALK_RATIO_UNIT=percent|set GONG_TALK_RATIO_UNIT=percent/g)).toHaveLength(2)
    const helped = await proved(inPercent, () => ({ talkRatioUnit: 'percent' }))
    expect([helped.code, helped.report]).toEqual([
      0,
      expect.stringContaining('* yes: Talk ratios come in percent, and are taken for that.'),
    ])
    expect(helped.report).toContain('Talk ratios come as: percent (set by you')
  })

  it('an empty list in words nobody knows would look like an outage', async () => {
    const { code, report } = await proved((answer, { path }) =>
      answer.status === 404 && path === '/stats/activity/scorecards'
        ? { status: 404, json: { requestId: 'r', errors: ['Keine Treffer'] } }
        : answer,
    )
    expect(code).toBe(1)
    expect(report).toContain(
      '* no: An empty list of scorecards is answered with 404 and the words "Keine Treffer", and taken for a failure.',
    )
  })

  it('no talk ratio, and no scorecards, are said and are no fault', async () => {
    const { code, report } = await proved(({ status, json }, { path }) => {
      if (path === '/settings/scorecards') return { status, json: { ...json, scorecards: [] } }
      if (path !== '/stats/interaction' || status !== 200) return { status, json }
      const people = rowsOf(json, 'peopleInteractionStats').map((row) => ({
        ...row,
        personInteractionStats: rowsOf(row, 'personInteractionStats').filter(({ name }) => name !== 'Talk Ratio'),
      }))
      return { status, json: { ...json, peopleInteractionStats: people } }
    })
    expect(code).toBe(0)
    expect(report).toContain('* note: Gong gives interaction figures, but no talk ratio in any of them.')
    expect(report).toContain('* note: The key may read scorecards, and this tenant has none')
  })
})

it('a tenant that goes away half-way is reported as far as it was seen', async () => {
  let isGone = false
  const { code, report } = await proved((answer, { path }) => {
    isGone ||= path === '/workspaces'
    return isGone && path.startsWith('/stats') ? { status: 503, json: {} } : answer
  })
  expect(code).toBe(0)
  expect(report).toContain('* yes: Interaction: records came and were understood.')
  expect(report).toContain('* note: How an empty list of interaction is answered could not be seen: Gong is unavailable: it answered 503.')
  expect(report).toMatch(/\* note: POST \/stats\/interaction: .*503/)
})

describe('with OAuth', () => {
  const oauth = ({ credentials, tokenUrl }: SimulatedGong, url: string = tokenUrl): Partial<GongOptions> => {
    const { clientId, clientSecret, refreshToken } = credentials
    return { credentials: { type: 'oauth', clientId, clientSecret, refreshToken, tokenUrl: url, encryptionKeys: ['k'.repeat(32)] } }
  }

  it('says that a refresh token is used once, and keeps the new one where the service finds it', async () => {
    const { code, report } = await proved(
      (answer) => answer,
      (gong) => oauth(gong),
    )
    expect(code).toBe(0)
    expect(report).toContain('* yes: Renewing the token gave a new refresh token, which is stored: each is used once.')
    expect(report).not.toContain('http')
  })

  it('says that there is none where the token is refused', async () => {
    const { code, report } = await proved(
      (answer) => answer,
      (gong) => oauth({ ...gong, credentials: { ...gong.credentials, refreshToken: 'used-before' } }),
    )
    expect(code).toBe(1)
    expect(report).toContain('connect again with: npm run gong-login')
  })
})
