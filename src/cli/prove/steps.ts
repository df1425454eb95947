// The steps of `npm run prove`, in order. Each asks little, once, and says in words what this Gong does. They only read.

import { cutWords } from '../../domain/cut-list.ts'
import type { CheckedOperation, GongCheck } from '../../gong/check/check.ts'
import type { CheckFailure } from '../../gong/check/failure.ts'
import type { GongHabits } from '../../gong/check/habits.ts'
import type { GongCall } from '../../gong/wire/request.ts'
import type { Finding, FindingOfArea } from '../doctor/finding.ts'
import { gongFindings } from '../doctor/gong-findings.ts'
import { habitFindings } from './habit-steps.ts'
import { knownFields, mapsOfData } from './known-fields.ts'
import type { Shape } from './shape.ts'

/** What was seen while each operation was asked once for the last seven days. */
export interface Seen {
  readonly check: GongCheck
  /** By `GET /users` and so on. */
  readonly shapes: ReadonlyMap<string, Shape>
  /** Names of statistics Gong lists as data. */
  readonly statistics: ReadonlySet<string>
  /** Talk ratios seen: how many in all, and above 1. */
  readonly ratios: { readonly all: number; readonly aboveOne: number }
  readonly habits?: GongHabits | CheckFailure | undefined
  /** Statuses by operation. */
  readonly statuses: ReadonlyMap<string, ReadonlySet<number | 'error'>>
}

export interface ProveStep {
  readonly title: string
  say(seen: Seen): readonly FindingOfArea[]
}

/** Figures and zones of the doctor stay with the doctor. */
const isPrivate = ({ says }: Finding): boolean => /^It sees |^Days are counted in|^GONG_ACCESS_TOKEN/.test(says)
const withoutIds = (says: string): string =>
  says.replace(/ \(Gong's request id [^)]*\)/g, '').replace(/\d+ records with/g, 'some records with')

const reading: ProveStep = {
  title: 'What the key may read, and what Gong is',
  say: ({ check }) =>
    gongFindings(check, new Date(0))
      .filter((finding) => !isPrivate(finding))
      .map(({ area: _, says, ...rest }) => ({ ...rest, says: withoutIds(says) })),
}

const empty: Readonly<Record<string, string>> = { people: 'nobody', workspaces: 'no workspace' }

const records: ProveStep = {
  title: 'What there is for the last seven days',
  say: ({ check }) =>
    check.operations.flatMap(({ operation, answer }): FindingOfArea[] =>
      answer.ok
        ? [
            answer.records > 0
              ? { state: 'good', says: `${capital(operation)}: records came and were understood.` }
              : {
                  state: 'worth knowing',
                  says: `${capital(operation)}: the answer is understood and holds ${empty[operation] ?? 'nothing'}.`,
                },
          ]
        : [],
    ),
}

const shapes: ProveStep = {
  title: 'Answers held against the contract',
  say({ check, shapes: seen }) {
    const contract = check.contract?.value
    if (!contract) return [{ state: 'to fix', says: 'No answer could be held against a contract.' }]
    const known = knownFields[contract]
    const fresh = [...seen].flatMap(([operation, shape]) =>
      [...shape.keys()].flatMap((at) =>
        isKnown(at, known)
          ? []
          : [`${operation} ${at} (${[...new Set([...(shape.get(at) ?? [])].map((type) => type.replace(/\(\d+\)$/, '')))].join(' or ')})`],
      ),
    )
    const ids = [...seen].flatMap(([operation, shape]) =>
      [...shape].flatMap(([at, types]) => (/(?:\.id|Id)$/.test(at) && types.has('whole number') ? [`${operation} ${at}`] : [])),
    )
    return [
      fresh.length === 0
        ? { state: 'good', says: 'No field is new.' }
        : {
            state: 'worth knowing',
            says: `New fields, which are not read: ${cutWords(fresh, 40).join('; ')}.`,
          },
      ids.length === 0
        ? { state: 'good', says: 'Ids come as texts, or as numbers too long for a number.' }
        : { state: 'worth knowing', says: `Ids that come as numbers: ${cutWords(ids, 20).join('; ')}.` },
    ]
  },
}

/** Whether the last name of the path is known, or lies in an object whose keys are data. */
function isKnown(at: string, known: ReadonlySet<string>): boolean {
  const last = /\.([^.[\]]+)(?:\[\])*$/.exec(at)
  const name = last?.[1]
  if (!last || name === undefined) return true
  const within = at.slice(0, last.index)
  return known.has(name) || [...mapsOfData].some((map) => within.endsWith(map))
}

const names: ProveStep = {
  title: 'Names this tenant uses',
  say({ statistics, shapes: seen, ratios, check }) {
    const counts = [...seen].flatMap(([, shape]) =>
      [...shape.keys()].flatMap((at) => /directReportsMetrics\[\]\.metrics\.([^.[\]]+)$/.exec(at)?.[1] ?? []),
    )
    const percent = ratios.all > 0 && ratios.aboveOne * 2 > ratios.all
    return [
      ...list('Interaction statistics', [...statistics]),
      ...list('Coaching counts', counts),
      ...(percent ? [ratiosInPercent(check)] : []),
    ]
  },
}

/** A live tenant whose talk ratios are no fractions: all of its figures would be set aside. */
const ratiosInPercent = ({ talkRatioUnit }: GongCheck): FindingOfArea =>
  talkRatioUnit?.value === 'percent'
    ? { state: 'good', says: 'Talk ratios come in percent, and are taken for that.' }
    : {
        state: 'to fix',
        says: 'Talk ratios come in percent, where this contract has fractions: they cannot be used as they are.',
        remedy: 'Set GONG_TALK_RATIO_UNIT=percent.',
      }

const list = (what: string, found: readonly string[]): FindingOfArea[] =>
  found.length === 0 ? [] : [{ state: 'good', says: `${what}: ${[...new Set(found)].toSorted().join(', ')}.` }]

const statuses: ProveStep = {
  title: 'How Gong answers',
  say: ({ statuses: seen }) =>
    [...seen].map(([operation, all]) => ({
      state: [...all].some((status) => status === 'error' || status >= 500 || status === 429) ? 'worth knowing' : 'good',
      says: `${operation}: ${[...all].map((status) => (status === 'error' ? 'a connection that failed' : status)).join(', ')}.`,
    })),
}

const habits: ProveStep = {
  title: 'Where the documents leave it open',
  say: ({ habits: seen }) => (seen ? habitFindings(seen) : []),
}

/** In the order they are printed. */
export const proveSteps: readonly ProveStep[] = [reading, records, shapes, names, habits, statuses]

/** The named values of live interaction answers. */
const namedValues = (call: Pick<GongCall, 'path'>, json: unknown): readonly { readonly name?: unknown; readonly value?: unknown }[] =>
  call.path === '/stats/interaction' && typeof json === 'object' && json !== null && 'peopleInteractionStats' in json
    ? asList(json.peopleInteractionStats).flatMap((person) =>
        asList((person as { personInteractionStats?: unknown } | null)?.personInteractionStats).flatMap((each) =>
          typeof each === 'object' && each !== null ? [each] : [],
        ),
      )
    : []

/** Names of statistics as Gong writes them. */
export const statisticsIn = (call: Pick<GongCall, 'path'>, json: unknown): readonly string[] =>
  namedValues(call, json).flatMap(({ name }) => (typeof name === 'string' ? [name] : []))

export const talkRatiosIn = (call: Pick<GongCall, 'path'>, json: unknown): readonly number[] =>
  namedValues(call, json).flatMap(({ name, value }) =>
    typeof name === 'string' && /^talk ratio$/i.test(name.trim()) && typeof value === 'number' ? [value] : [],
  )

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const capital = (operation: CheckedOperation): string => `${operation.slice(0, 1).toUpperCase()}${operation.slice(1)}`
