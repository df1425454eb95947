// The doctor beside a running service, and whatever Slack or a bug throws at it: findings in words, no second database, no stack.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api'
import { afterAll, describe, expect, it } from 'vitest'
import { failureFinding } from '../../src/cli/doctor/failure-finding.ts'
import { runningServiceFindings } from '../../src/cli/doctor/running-service.ts'
import { withoutDatabase } from '../../src/cli/doctor/without-database.ts'
import { movableClock } from '../../src/clock.ts'
import { GongRefused } from '../../src/errors.ts'
import { localSocketPath } from '../../src/health/local-socket.ts'
import { createMetrics, type Gauges } from '../../src/health/metrics.ts'
import type { State } from '../../src/health/readiness.ts'
import { startHealthServer } from '../../src/health/server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const gauges = new Proxy({} as Gauges, { get: () => async () => undefined })

async function besideService(state: State): Promise<string[]> {
  const service = await startHealthServer({
    at: { path: localSocketPath(folder) },
    look: async () => state,
    metrics: createMetrics('1.2.3', gauges),
    local: { version: '1.2.3', backup: async () => undefined },
  })
  const findings = await runningServiceFindings(folder)
  await service.stop()
  return findings.map(({ state, says }) => `${state}: ${says}`)
}

describe('beside a running service', () => {
  const rest =
    'worth knowing: Who of Gong is found in Slack, what fetching will cost and the channels of digests are not looked at: they need the database.'

  it('asks it how it is, and says what was not looked at', async () => {
    expect(await besideService({ problems: [], notes: [] })).toEqual(['good: The running service (version 1.2.3) is ready.', rest])
    expect(await besideService({ problems: ['The queue is not running.'], notes: ['The clock is off.'] })).toEqual([
      'to fix: The queue is not running.',
      'worth knowing: The clock is off.',
      rest,
    ])
  })

  it('says so when it does not answer', async () => {
    const findings = await runningServiceFindings(path.join(folder, 'nobody'))
    expect(findings.map(({ says }) => says)[0]).toContain('does not answer on its local socket')
  })

  it.each<readonly [string, (response: ServerResponse) => void]>([
    ['says nothing, as one that was stopped half-way', () => undefined],
    ['breaks off', (response) => void response.writeHead(200).write('{"prob', () => response.destroy())],
    ['says something else', (response) => void response.end('hello')],
  ])('says the same where it %s', async (_what, answer) => {
    const service = createServer((_request, response) => answer(response))
    await new Promise<void>((resolve) => service.listen(localSocketPath(folder), resolve))
    const findings = await runningServiceFindings(folder, 50)
    service.closeAllConnections()
    await new Promise((resolve) => service.close(resolve))
    expect(findings.map(({ says }) => says)[0]).toContain('does not answer on its local socket')
  })

  it('asks Gong at the configured rate without a database: two a second are half a second apart', async () => {
    const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
    const { budget, tenant } = withoutDatabase({ perSecond: 2, perDay: 100 }, clock)
    const ask = { endpoint: 'GET /users', purpose: 'background', longestWaitMs: 60_000 } as const
    const waits = [await budget.reserve(ask), await budget.reserve(ask), await budget.reserve(ask)]
    expect(waits.map(({ waitMs }) => waitMs)).toEqual([0, 500, 1000])
    await tenant.set('zone', 'Europe/Berlin')
    expect(await tenant.get('zone')).toBe('Europe/Berlin')
  })
})

describe('a failure on the way', () => {
  const platform = (error: string, more: object = {}) => new WebAPIPlatformError({ ok: false, error, ...more } as never)

  it.each([
    [
      'a missing scope',
      platform('missing_scope', { needed: 'users:read' }),
      /Slack did not say who is who \(missing_scope\)\. It needs the scope users:read\./,
      /Reinstall to Workspace/,
    ],
    ['an internal error', platform('internal_error'), /\(internal_error\)/, /Run the doctor again/],
    ['a 503', new WebAPIHTTPError(503, 'Service Unavailable', {}, '<html>Ana</html>'), /\(http_503\)/, /Run the doctor again/],
  ])('of Slack is a finding with a remedy: %s', (_what, error, says, remedy) => {
    const finding = failureFinding('people', error)
    expect(finding).toMatchObject({
      area: 'Slack',
      state: 'to fix',
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    })
    expect(JSON.stringify(finding)).not.toContain('Ana')
  })

  it('of the database says what is wrong there, however deep the driver reports it', () => {
    const failed = new Error('Failed query: select … Ana', { cause: Object.assign(new Error('no'), { code: '57P01' }) })
    expect(failureFinding('digests', failed)).toEqual({
      area: 'database',
      state: 'to fix',
      says: 'The database failed while it was asked, so not everything could be looked at.',
      remedy: expect.stringMatching(/^The database does not answer\. Check that its server runs/),
    })
  })

  it('of Gong says what Gong said, and a bug says its class alone', () => {
    const refused = new GongRefused({ endpoint: 'GET /users', status: 403, errors: ['no'], requestId: 'r1' })
    expect(failureFinding('people', refused).says).toContain('Gong refused with 403')
    expect(failureFinding('people', new TypeError('Ana is not iterable')).says).toBe(
      'This could not be looked at because of a bug (TypeError).',
    )
  })
})
