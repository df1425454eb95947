// Asks a real Gong once for everything the product needs and says in words what it does, for the operator and for the project. Reads only,
// and keeps nothing: what is settled on the way is forgotten.
import { cutWords } from '../../domain/cut-list.ts'
import { type CheckedOperation, describeGong, type GongCheck, withoutWriting } from '../../gong/check/check.ts'
import { type CheckFailure, checkFailureOf } from '../../gong/check/failure.ts'
import { type GongHabits, gongHabits } from '../../gong/check/habits.ts'
import type { GongOptions } from '../../gong/open.ts'
import type { GongCall } from '../../gong/wire/request.ts'
import type { ProvedStep } from './report.ts'
import { joinedShapes, type NamesSeen, namesSeen, type Shape, shapeOf } from './shape.ts'
import { proveSteps, type Seen, statisticsIn, talkRatiosIn } from './steps.ts'
import { type FixtureFile, tenantFixture } from './tenant-fixture.ts'

export interface ProvedGong {
  readonly steps: readonly ProvedStep[]
  /** People and their conversation figures can be read. */
  readonly hasFigures: boolean
  /** The shapes of what was answered; undefined where no contract was found. */
  readonly fixture: FixtureFile | undefined
}

/** `onStep`: called with each step before it is asked. */
export async function proveGong(given: GongOptions, onStep: (step: string) => void = () => undefined): Promise<ProvedGong> {
  const shapes = new Map<string, Shape>()
  const names = namesSeen()
  const statistics = new Set<string>()
  const statuses = new Map<string, Set<number | 'error'>>()
  const ratios = { all: 0, aboveOne: 0 }
  const watched: GongOptions = {
    ...given,
    memory: withoutWriting(given.memory),
    onReply(call: GongCall, json: unknown) {
      const operation = `${call.method} ${call.path}`
      shapes.set(operation, joinedShapes(shapes.get(operation), shapeOf(json, names)))
      for (const name of statisticsIn(call, json).flatMap((inGong) => names.statistic(inGong) ?? [])) statistics.add(name)
      for (const ratio of talkRatiosIn(call, json)) {
        ratios.all += 1
        if (ratio > 1) ratios.aboveOne += 1
      }
    },
    onAttempt(operation, status, lacksScope) {
      given.onAttempt?.(operation, status, lacksScope)
      statuses.set(operation, (statuses.get(operation) ?? new Set()).add(status))
    },
  }
  const check = await describeGong(watched, onStep)
  const habits = await habitsOf(watched, check, onStep)
  const seen: Seen = { check, shapes, statistics, statuses, ratios, habits }
  const steps = proveSteps.map(({ title, say }): ProvedStep => ({ title, area: 'Gong', findings: say(seen), refusals: refusalsIn(seen) }))
  return {
    steps: [...steps, { title: 'Names for the terminal', area: 'Gong', findings: [], forTerminal: namesInGong(names.madeUp()) }],
    hasFigures: isRead(check, 'people') && isRead(check, 'interaction') && check.problems.length === 0,
    fixture: tenantFixture(check, seen),
  }
}

/** What the report calls `key1` may be somebody's name: whoever reads the terminal decides whether to pass it on. */
function namesInGong(madeUp: ReturnType<NamesSeen['madeUp']>): ProvedStep['findings'] {
  if (madeUp.length === 0) return []
  const named = cutWords(
    madeUp.map(({ name, inGong }) => `${name} is ${inGong}`),
    40,
  )
  return [{ state: 'worth knowing', says: `Names of this tenant that stay out of the report: ${named.join(', ')}.` }]
}

/** As `GongRefused` says them. */
function refusalsIn({ check, habits }: Seen): NonNullable<ProvedStep['refusals']> {
  const ofOperations = check.operations.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure]))
  // How an empty list is worded is asked for and stands in the report.
  const ofHabits = !habits ? [] : 'says' in habits ? [habits] : refusedRefresh(habits)
  return [check.failure, ...ofOperations, ...ofHabits].flatMap((failure) =>
    failure && failure.errors.length > 0 ? [{ status: failure.status, words: failure.errors.join(' · ') }] : [],
  )
}

const refusedRefresh = ({ refresh }: GongHabits): readonly CheckFailure[] => (refresh && !refresh.ok ? [refresh.failure] : [])

const isRead = ({ operations }: GongCheck, wanted: CheckedOperation): boolean =>
  operations.some(({ operation, answer }) => operation === wanted && answer.ok)

/** Undefined where Gong did not answer, or asks to wait: it is left in peace. */
async function habitsOf(
  options: GongOptions,
  { contract, zone, operations }: GongCheck,
  onStep: (step: string) => void,
): Promise<GongHabits | CheckFailure | undefined> {
  if (!contract || operations.some(({ answer }) => !answer.ok && answer.failure.type === 'rate-limited')) return undefined
  const asked = { ...options, api: contract.value, zone: zone?.value ?? 'UTC', peopleFile: undefined }
  // Gong may go away while it is looked at: what was seen until then is reported all the same.
  return gongHabits(asked, onStep).catch((error: unknown) => checkFailureOf(error))
}
