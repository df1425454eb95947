// What the doctor says about Gong, and what to do.
import { expect, it } from 'vitest'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { gongFindings } from '../../src/cli/doctor/gong-findings.ts'
import type { GongCheck } from '../../src/gong/check/check.ts'

const now = new Date('2026-11-23T12:00:00Z')

const well: GongCheck = {
  credentials: 'basic',
  contract: { value: 'live', from: 'found' },
  problems: [],
  zone: { value: 'Europe/Berlin', from: 'remembered' },
  talkRatioUnit: { value: 'fraction', from: 'found' },
  coachingRows: { value: 'per-report', from: 'given' },
  operations: [{ operation: 'people', scope: 'api:users:read', answer: { ok: true, records: 338, quarantined: 0 } }],
  activePeople: 338,
  callsLastWeek: 1204,
}

it('says what is well, with where each fact comes from', () => {
  const findings = gongFindings(well, now)
  expect(exitCodeOf(findings)).toBe(0)
  const text = printFindings(findings)
  for (const part of [
    'as it answers today',
    'access key',
    '338 active people',
    '1204 calls',
    'Europe/Berlin (settled earlier',
    'per-report (set by you',
  ])
    expect(text).toContain(part)
})

it.each([
  [
    { type: 'refused', says: 'Gong refused with 401: no', status: 401, errors: ['no'], requestId: 'e1' },
    'expired or revoked, lacks a scope, or is of another host',
  ],
  [{ type: 'refused', says: 'no', status: 401, errors: [], missingScope: 'api:stats:interaction' }, 'scope api:stats:interaction'],
  [{ type: 'rate-limited', says: 'wait', errors: [], retryAfterMs: 7_200_000 }, 'again in 120 min'],
  [{ type: 'unavailable', says: 'down', errors: [] }, 'HTTPS_PROXY'],
  [{ type: 'surprise', says: 'html', errors: [] }, 'something else than Gong'],
] as const)('tells what to do about %o', (failure, remedy) => {
  const findings = gongFindings({ credentials: 'basic', problems: [], failure, operations: [] }, now)
  expect(exitCodeOf(findings)).toBe(1)
  expect(findings[0]?.remedy).toContain(remedy)
  if ('requestId' in failure) expect(findings[0]?.says).toContain('e1')
})

it('says that a key may not see calls, records set aside, problems of the configuration and a token about to end', () => {
  const text = printFindings(
    gongFindings(
      {
        ...well,
        credentials: 'bearer',
        bearerEndsAt: new Date('2026-11-23T15:30:00Z'),
        callsLastWeek: 0,
        problems: ['PEOPLE_FILE line 3: email is no e-mail address'],
        operations: [{ operation: 'interaction', scope: 'api:stats:interaction', answer: { ok: true, records: 9, quarantined: 2 } }],
      },
      now,
    ),
  )
  for (const part of ['no calls in the last seven days', '2 records with impossible values', 'PEOPLE_FILE line 3', 'ends in about 3 h'])
    expect(text).toContain(part)
})
