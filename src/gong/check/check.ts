// Checks Gong for the doctor: which contract answers, what each operation answers to this key, what was settled about the tenant.
// Returns plain data and writes nothing to the memory.
import { scopeOfKind } from '../../domain/figure-gap.ts'
import type { GongContract } from '../../domain/gong-figures.ts'
import type { TenantKey, TenantMemory } from '../../domain/gong-ports.ts'
import { addDays, localDateOf } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { ConfigError } from '../../errors.ts'
import { bearerEnd } from '../auth/bearer.ts'
import type { CoachingRows, TalkRatioUnit } from '../client.ts'
import { rememberedCoachingRows } from '../documented/coaching.ts'
import { type GongOptions, type OpenGong, openGong } from '../open.ts'
import type { FurtherOperation, GongAnswer } from '../source.ts'
import { rememberedUnit } from '../talk-ratio-unit.ts'
import { type CheckFailure, checkFailureOf } from './failure.ts'

export type CheckedOperation =
  | 'people'
  | 'activity'
  | 'daily activity'
  | 'interaction'
  | 'scorecards'
  | 'coaching'
  | FurtherOperation['operation']

/** What a key needs for it, by Gong's own name. */
export const scopeOf: Readonly<Record<CheckedOperation, string>> = {
  people: 'api:users:read',
  activity: scopeOfKind.activity,
  'daily activity': scopeOfKind['daily-activity'],
  interaction: scopeOfKind.interaction,
  scorecards: scopeOfKind.scorecards,
  coaching: scopeOfKind.coaching,
  'scorecard questions': 'api:settings:scorecards:read',
  workspaces: 'api:workspaces:read',
}

export interface OperationCheck {
  readonly operation: CheckedOperation
  readonly scope: string
  readonly answer:
    | {
        readonly ok: true
        readonly records: number
        readonly quarantined: number
        readonly closedWorkspaces?: GongAnswer<unknown>['closedWorkspaces']
      }
    | { readonly ok: false; readonly failure: CheckFailure }
}

/** Where a fact comes from: the configuration, an earlier start, or this look. */
export type FactFrom = 'given' | 'remembered' | 'found'

export interface Fact<T> {
  readonly value: T
  readonly from: FactFrom
}

export interface GongCheck {
  readonly credentials: GongOptions['credentials']['type']
  /** When a fixed bearer token expires, as far as we know. */
  readonly bearerEndsAt?: Date | undefined
  /** Missing when Gong could not be opened; `failure` or `problems` say why. */
  readonly contract?: Fact<GongContract>
  readonly failure?: CheckFailure | undefined
  /** Of the configuration: the zone is unknown, PEOPLE_FILE has errors. */
  readonly problems: readonly string[]
  readonly zone?: Fact<string>
  readonly talkRatioUnit?: Fact<TalkRatioUnit>
  readonly coachingRows?: Fact<CoachingRows>
  readonly operations: readonly OperationCheck[]
  readonly activePeople?: number
  /** Gong gives interaction figures, and a talk ratio in none of them. */
  readonly lacksTalkRatio?: boolean
  /** Calls hosted by anybody in the seven days before today. */
  readonly callsLastWeek?: number
}

/** Statistics of this many people are enough to see whether an operation answers. */
const sample = 20

/** One look is short: a Gong that is busy or away is a finding after two tries, not after minutes. */
export const lookLimits = { attempts: 2, deadlineMs: 30_000, longestWaitMs: 5_000 }

/** Whoever asks to wait is not asked five times more, nor who gave no answer twice. */
export function isGivenUp(operations: readonly OperationCheck[]): boolean {
  const failures = operations.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure]))
  const silent = failures.filter(({ type, status }) => type === 'unavailable' && status === undefined)
  return silent.length > 1 || failures.some(({ type }) => type === 'rate-limited')
}

/** `onStep`: called with each step before it is asked. */
export async function describeGong(given: GongOptions, onStep: (step: string) => void = () => undefined): Promise<GongCheck> {
  // A broken PEOPLE_FILE is a finding, also where the service goes on by people that are stored.
  const options = { ...given, arePeopleStored: undefined, limits: { ...lookLimits, ...given.limits } }
  onStep('which contract answers')
  const memory = withoutWriting(options.memory)
  const { credentials } = options
  const bearerEndsAt = credentials.type === 'bearer' ? await bearerEnd(credentials.accessToken, options.secrets, options.clock) : undefined
  const known = { credentials: credentials.type, bearerEndsAt }
  const opened = await openLeniently({ ...options, memory })
  if (!opened.gong) return { ...known, problems: opened.problems, failure: opened.failure, operations: [] }
  try {
    const tried = await tryOperations(opened.gong, options, onStep)
    return { ...known, problems: opened.problems, ...(await settledFacts(options, memory, opened.gong, opened.zoneKnown)), ...tried }
  } finally {
    await opened.gong.close()
  }
}

/** An unknown zone or a bad PEOPLE_FILE is said, and the rest is looked at all the same. */
async function openLeniently(
  options: GongOptions,
): Promise<{ gong?: OpenGong; failure?: CheckFailure | undefined; problems: readonly string[]; zoneKnown: boolean }> {
  let problems: readonly string[] = []
  const first = await openGong(options).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) return { failure: checkFailureOf(error) }
    problems = error.problems
    return undefined
  })
  if (first && 'failure' in first) return { failure: first.failure, problems, zoneKnown: false }
  if (first) return { gong: first, problems, zoneKnown: true }
  const zone = options.zone ?? (await options.memory.get('zone'))
  try {
    const gong = await openGong({ ...options, zone: zone || 'UTC', peopleFile: undefined })
    return { gong, problems, zoneKnown: Boolean(zone) }
  } catch (error) {
    return { failure: checkFailureOf(error), problems, zoneKnown: false }
  }
}

async function tryOperations(
  { source, zone }: OpenGong,
  { clock }: GongOptions,
  onStep: (step: string) => void,
): Promise<Pick<GongCheck, 'operations' | 'activePeople' | 'callsLastWeek' | 'lacksTalkRatio'>> {
  const today = localDateOf(clock.now(), zone)
  const period = { from: addDays(today, -7), to: today }
  const ask = { purpose: 'background' } as const
  const operations: OperationCheck[] = []
  const attempt = async <T>(operation: CheckedOperation, read: () => Promise<GongAnswer<T>>): Promise<readonly T[] | undefined> => {
    const scope = scopeOf[operation]
    if (isGivenUp(operations)) return undefined
    onStep(operation)
    try {
      const { records, quarantined, closedWorkspaces } = await read()
      const answer = {
        ok: true,
        records: records.length,
        quarantined: quarantined.length,
        ...(closedWorkspaces && { closedWorkspaces }),
      } as const
      operations.push({ operation, scope, answer })
      return records
    } catch (error) {
      operations.push({ operation, scope, answer: { ok: false, failure: checkFailureOf(error) } })
      return undefined
    }
  }
  const people = await attempt('people', () => source.fetchPeople(ask))
  const active = people?.filter((person) => person.active)
  const some = { ...ask, ...(active?.length && { personIds: active.slice(0, sample).map(({ id }) => id) }) }
  const counters = await attempt('activity', () => source.fetchActivity(period, ask))
  await attempt('daily activity', () => source.fetchDailyActivity(period, some))
  const figures = await attempt('interaction', () => source.fetchInteraction(period, some))
  await attempt('scorecards', () => source.fetchScorecards(period, some))
  const managerIds = active ? managersOf(active) : somebodyIn(counters, figures)
  if (managerIds.length > 0) await attempt('coaching', () => source.fetchCoaching(period, { ...ask, managerIds: managerIds.slice(0, 3) }))
  for (const { operation, fetchCount } of source.further)
    await attempt(operation, async () => {
      const count = await fetchCount(ask)
      return { records: Array.from({ length: count }), quarantined: [], requests: 1 }
    })
  return {
    operations,
    ...(figures && figures.length > 0 && { lacksTalkRatio: figures.every(({ talkShare }) => talkShare === undefined) }),
    ...(active && { activePeople: active.length }),
    ...(counters && { callsLastWeek: counters.reduce((sum, { callsAsHost = 0 }) => sum + callsAsHost, 0) }),
  }
}

const managersOf = (people: readonly Person[]): string[] => [...new Set(people.flatMap(({ managerId }) => managerId ?? []))]

/** Where nobody may be listed, whoever has figures: whether the key may read coaching shows for anybody's id. */
const somebodyIn = (...answers: readonly (readonly { readonly personId: PersonId }[] | undefined)[]): string[] => [
  ...new Set(answers.flatMap((records) => records ?? []).map(({ personId }) => personId)),
]

async function settledFacts(
  options: GongOptions,
  memory: TenantMemory,
  gong: OpenGong,
  zoneKnown: boolean,
): Promise<Pick<GongCheck, 'contract' | 'zone' | 'talkRatioUnit' | 'coachingRows'>> {
  const before = options.memory
  const from = async (given: unknown, key: TenantKey): Promise<FactFrom> =>
    given !== undefined ? 'given' : (await before.get(key)) ? 'remembered' : 'found'
  const unit = options.talkRatioUnit ?? (gong.source.contract === 'live' ? 'fraction' : await rememberedUnit({ memory }))
  const rows = await rememberedCoachingRows({ memory })
  return {
    contract: { value: gong.source.contract, from: await from(options.api === 'auto' ? undefined : options.api, 'contract') },
    ...(zoneKnown && { zone: { value: gong.zone, from: await from(options.zone, 'zone') } }),
    ...(unit && { talkRatioUnit: { value: unit, from: await from(options.talkRatioUnit, 'talk-ratio-unit') } }),
    ...(rows && { coachingRows: { value: rows, from: await from(options.coachingRows, 'coaching-rows') } }),
  }
}

/** Reads what is remembered; what is written stays here. */
export function withoutWriting(memory: TenantMemory): TenantMemory {
  const written = new Map<TenantKey, string>()
  return {
    get: async (key) => (written.has(key) ? written.get(key) : memory.get(key)),
    set: async (key, value) => void written.set(key, value),
  }
}
