// `npm run prove` against both simulated contracts and each closed scope: what it says, its exit code, and a report that gives nothing of the
// tenant away.
import { afterEach, describe, expect, it } from 'vitest'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { proveGong } from '../../src/cli/prove/prove.ts'
import { findingsOf, reportOf, withoutData } from '../../src/cli/prove/report.ts'
import { namesSeen, shapeOf } from '../../src/cli/prove/shape.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import { type CheckedOperation, scopeOf } from '../../src/gong/check/check.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { now, options } from '../gong/fakes.ts'

let open: SimulatedGong[] = []
afterEach(async () => {
  await Promise.all(open.map((gong) => gong.stop()))
  open = []
})

async function proved(given: Partial<SimulatedGongOptions>, prepare?: (gong: SimulatedGong) => void) {
  const gong = await startSimulatedGong({
    clock: movableClock(now),
    realClock: systemClock,
    people: 24,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    requestsPerDay: Number.POSITIVE_INFINITY,
    ...given,
  })
  open.push(gong)
  prepare?.(gong)
  const { accessKey, accessKeySecret } = gong.credentials
  const setup = options({ api: 'auto', baseUrl: gong.baseUrl, credentials: { type: 'basic', accessKey, accessKeySecret } })
  const { steps, fixture } = await proveGong(setup.all)
  const findings = findingsOf(steps)
  const report = reportOf(steps, { version: '0.1.0', on: '2026-11-23' })
  return { report, text: printFindings(findings), code: exitCodeOf(findings), fixture, gong, setup }
}

describe.each(['documented', 'live'] as const)('a Gong of the %s contract', (contract) => {
  it('is proved in words, with nothing to fix and nothing new', async () => {
    const { code, report, text, gong, setup } = await proved({ contract })
    expect([code, text.includes('No problems found.')]).toEqual([0, true])
    expect(report).toContain('# What was proved\n\ngong-digest 0.1.0, 2026-11-23.')
    expect(report).toContain('* yes: No field is new.')
    expect(report).toContain('* yes: Interaction: records came and were understood.')
    if (contract === 'live') {
      expect(report).toContain(
        'Interaction statistics: Interactivity, Longest Customer Story, Longest Monologue, Patience, Question Rate, Talk Ratio.',
      )
      expect(report).toContain('Coaching counts: callsListenedTo, callsManagerAttended, callsManagerCommentedOn')
    }
    // Nothing of the tenant, and nothing kept.
    for (const { id, email, firstName, lastName } of gong.company.people)
      for (const secret of [id, email, `${firstName} ${lastName}`, lastName]) expect(report).not.toContain(secret)
    expect(report).not.toMatch(/127\.0\.0\.1|localhost|https?:|\d{5,}|@/)
    expect(report).not.toMatch(/\d+ active people|\d+ calls/)
    expect(setup.memory.kept.size).toBe(0)
  })

  const scopes = (Object.keys(scopeOf) as CheckedOperation[]).slice(0, contract === 'live' ? 8 : 6)
  it.each(scopes)('without the scope of %s says which, what is lost, and exits with 1', async (operation) => {
    const { code, report } = await proved({ contract, missingScopes: [scopeOf[operation]] })
    expect(code).toBe(1)
    expect(report).toMatch(new RegExp(`\\* no: Reading ${operation}: .*(Lost without it|Without it)`))
    expect(report).toContain(`Give the key the scope ${scopeOf[operation]} in Gong.`)
    expect(report).not.toMatch(/sim-\d|request id/)
  })
})

it('repeats nothing of the words in which Gong refuses, also where they name somebody; the terminal has them', async () => {
  const error = 'the user Ana Diaz may not see user_1234567'
  const { report, text } = await proved({ contract: 'live' }, ({ faults }) => {
    faults.add({ type: 'refused', status: 403, error }, { path: '/coaching' })
  })
  expect(text).toContain('Ana Diaz')
  expect(report).toContain('Reading coaching: Gong refused with 403: its own words are in the terminal alone')
  expect(report).not.toMatch(/Ana|Diaz|1234567/)
})

it.each([
  ['user_1234567', '<number>'],
  ['ID-7700112233445566', '<number>'],
  ['call abc12345def', 'call <number>'],
  ['3fa85f64-5717-4562-b3fc-2c963f66afa6', '<number>'],
  ['us-1234.api.acme.io refused, as 10.0.0.7 did', '<address> refused, as <address> did'],
  [
    'gong-digest 0.1.0, GET /v2/users $.users[].id, 2026-11-26, sessions.comment',
    'gong-digest 0.1.0, GET /v2/users $.users[].id, 2026-11-26, sessions.comment',
  ],
])('of what Gong says, %s becomes %s', (said, left) => {
  expect(withoutData(said)).toBe(left)
})

it('a field nobody knows has a path and a type, no value and no name: that may be somebody’s', () => {
  const names = namesSeen()
  const json = { users: [{ id: 1, Ana: 'earns 5000', '41344049976484': true, 'ana@company.example': 1, tags: [null, 'x'] }], Ana: 2 }
  expect(Object.fromEntries([...shapeOf(json, names)].map(([at, types]) => [at, [...types].join()]))).toEqual({
    $: 'object',
    '$.key1': 'whole number',
    '$.users': 'list',
    '$.users[]': 'object',
    '$.users[].id': 'whole number',
    '$.users[].key1': 'text',
    '$.users[].<data>': 'whole number,true or false',
    '$.users[].key2': 'list',
    '$.users[].key2[]': 'text,nothing',
  })
  expect(names.madeUp()).toEqual([
    { name: 'key1', inGong: 'Ana' },
    { name: 'key2', inGong: 'tags' },
  ])
})

it('a statistic nobody knows has no name either', () => {
  const names = namesSeen()
  expect(['Talk Ratio', 'patience', 'Ana Sommer', '413440499764841'].map((name) => names.statistic(name))).toEqual([
    'Talk Ratio',
    'patience',
    'statistic1',
    undefined,
  ])
  expect(names.madeUp()).toEqual([{ name: 'statistic1', inGong: 'Ana Sommer' }])
})
