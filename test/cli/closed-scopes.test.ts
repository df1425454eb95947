// The doctor on a tenant with any one scope missing: which, what is lost, and the exit code; on a busy Gong: few tries and a finding.
import { afterEach, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/cli/doctor/finding.ts'
import { gongFindings } from '../../src/cli/doctor/gong-findings.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import { type CheckedOperation, describeGong, scopeOf } from '../../src/gong/check/check.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { now, options } from '../gong/fakes.ts'

let open: SimulatedGong[] = []
afterEach(async () => {
  await Promise.all(open.map((gong) => gong.stop()))
  open = []
})

async function look(given: Partial<SimulatedGongOptions>, change: (gong: SimulatedGong) => void = () => undefined) {
  const gong = await startSimulatedGong({
    clock: movableClock(now),
    realClock: systemClock,
    people: 24,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    requestsPerDay: Number.POSITIVE_INFINITY,
    ...given,
  })
  open.push(gong)
  change(gong)
  const { accessKey, accessKeySecret } = gong.credentials
  const steps: string[] = []
  const setup = options({ api: 'auto', baseUrl: gong.baseUrl, credentials: { type: 'basic', accessKey, accessKeySecret } })
  const findings = gongFindings(await describeGong(setup.all, (step) => steps.push(step)), now)
  return { findings, wrong: findings.filter(({ state }) => state === 'to fix'), steps, asked: gong.log.all().length, pauses: setup.pauses }
}

const ofDocument: readonly CheckedOperation[] = ['people', 'activity', 'daily activity', 'interaction', 'scorecards', 'coaching']
const cases = [
  ...ofDocument.map((operation) => ['documented', operation] as const),
  ...(Object.keys(scopeOf) as CheckedOperation[]).map((operation) => ['live', operation] as const),
]

describe('a key that lacks one scope', () => {
  it.each(cases)('of the %s contract: %s', async (contract, operation) => {
    const scope = scopeOf[operation]
    const { findings, wrong } = await look({ contract, missingScopes: [scope] })
    expect(exitCodeOf(findings)).toBe(1)
    // Without workspaces live coaching cannot be asked for either, and for the same reason.
    const expected = contract === 'live' && operation === 'workspaces' ? ['coaching', 'workspaces'] : [operation]
    expect(wrong.map(({ says }) => /^Reading ([a-z ]+):/.exec(says)?.[1])).toEqual(expected)
    for (const { says, remedy } of wrong) {
      expect(remedy).toBe(`Give the key the scope ${scope} in Gong.`)
      expect(says).toMatch(/Lost without it: |Without it nobody is known/)
    }
    const may = findings.find(({ says }) => says.startsWith('The key may read'))?.says ?? ''
    expect(may.replace(/^The key may read |\.$/g, '').split(', ')).not.toContain(operation)
  })

  it('that lacks none reads so, whole', async () => {
    const { findings, steps } = await look({ contract: 'live' })
    expect(exitCodeOf(findings)).toBe(0)
    expect(findings.map(({ says }) => says)).toContain(
      'The key may read people, activity, daily activity, interaction, scorecards, coaching, scorecard questions, workspaces.',
    )
    expect(steps).toEqual([
      'which contract answers',
      'people',
      'activity',
      'daily activity',
      'interaction',
      'scorecards',
      'coaching',
      'scorecard questions',
      'workspaces',
    ])
  })
})

describe('the doctor says of a key that may read everything', () => {
  const says = ({ findings }: Awaited<ReturnType<typeof look>>) => findings.map(({ says: words }) => words)
  const path = { settings: '/settings/scorecards', interaction: '/stats/interaction' }

  it('that this tenant has no scorecards, where there are none to read', async () => {
    const none = await look({ contract: 'live' }, (gong) => gong.faults.add({ type: 'shrunken', records: 0 }, { path: path.settings }))
    expect(says(none)).toContain(
      'The key may read scorecards, and this tenant has none: scorecards are a paid seat in Gong. Everything else goes on.',
    )
    expect(exitCodeOf(none.findings)).toBe(0)
  })

  it('nothing of the kind where there are some, or where the key may not read them', async () => {
    const some = await look({ contract: 'live' })
    const closed = await look({ contract: 'live', missingScopes: ['api:settings:scorecards:read'] })
    for (const seen of [some, closed]) expect(says(seen).join()).not.toContain('this tenant has none')
    expect(closed.wrong.map(({ remedy }) => remedy)).toEqual(['Give the key the scope api:settings:scorecards:read in Gong.'])
  })

  it.each(['documented', 'live'] as const)('that no answer has a talk ratio (%s)', async (contract) => {
    const words = 'Gong gives interaction figures, but no talk ratio in any of them. Messages say so and begin with what there is.'
    const without = await look({ contract }, (gong) => gong.faults.add({ type: 'without-talk-ratio' }, { path: path.interaction }))
    expect(says(without)).toContain(words)
    expect(says(await look({ contract }))).not.toContain(words)
  })

  it('that one of two workspaces gives no coaching, and what to do', async () => {
    const { wrong } = await look({ contract: 'live', furtherWorkspaces: [{ id: '623457276584399', isClosed: true }] })
    expect(wrong).toEqual([
      {
        area: 'Gong',
        state: 'to fix',
        says: 'Gong gives the coaching of 1 of 2 workspaces; counts are without the others, and say so.',
        remedy: "Let the key's owner into every workspace in Gong, or name those that count in GONG_WORKSPACE_ID.",
      },
    ])
  })
})

describe.each(['documented', 'live'] as const)('with the list of people closed (%s), coaching', (contract) => {
  it('is tried all the same, by the id of somebody with figures', async () => {
    const open = await look({ contract, missingScopes: ['api:users:read'] })
    expect(open.wrong.map(({ says }) => says.split(':')[0])).toEqual(['Reading people'])
    expect(open.steps).toContain('coaching')
    const closed = await look({ contract, missingScopes: ['api:users:read', 'api:coaching:read'] })
    expect(closed.wrong.map(({ remedy }) => remedy)).toEqual([
      'Give the key the scope api:users:read in Gong.',
      'Give the key the scope api:coaching:read in Gong.',
    ])
  })

  it('is said not to have been asked for where nobody has figures either', async () => {
    const missingScopes = ['api:users:read', 'api:stats:user-actions', 'api:stats:interaction']
    const { findings, steps } = await look({ contract, missingScopes })
    expect(steps).not.toContain('coaching')
    expect(findings.map(({ says }) => says)).toContain('Coaching was not asked for: it needs the id of a manager, and Gong names none.')
  })
})

it('a Gong that is busy is a finding after a few requests, and the rest is not asked', async () => {
  const { findings, wrong, asked, pauses } = await look({ contract: 'documented' }, (gong) =>
    gong.faults.add({ type: 'refused', status: 429, error: 'Slow down' }, { path: '/users' }),
  )
  expect(wrong.map(({ says }) => says)).toEqual([expect.stringContaining('Reading people: Gong takes no more requests')])
  expect(wrong[0]?.remedy).toMatch(/^Run the doctor again in 1 min/)
  expect(exitCodeOf(findings)).toBe(1)
  // One that finds the contract, and two tries.
  expect(asked).toBe(3)
  expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5000)
})
