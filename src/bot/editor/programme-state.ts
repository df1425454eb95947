// What the programme editor holds, and how its inputs become drafts: one per kind ticked, all with one schedule.

import type { ProgrammeDraft, ProgrammeEntry } from '../../digests/service.ts'
import { zones } from '../../domain/known-zone.ts'
import type { LocalDate, Weekday } from '../../domain/period.ts'
import { type Viewer, viewedOrgs } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { isTime, weekdaysIn } from './editor-state.ts'

export const programmeFormId = 'programme-form'

export const programmeInputs = {
  kinds: 'programme-form:kinds',
  org: 'programme-form:org',
  weekdays: 'programme-form:weekdays',
  time: 'programme-form:time',
  zone: 'programme-form:zone',
  whenEmpty: 'programme-form:when-empty',
  stage: 'programme-form:stage',
  pilot: 'programme-form:pilot',
} as const

/** A pilot is small, and Slack keeps 3,000 characters of the form between two drawings. */
const mostPilotTeams = 100

/** Stands for the whole company in the org input. */
export const wholeCompany = 'company'

export interface ProgrammeState {
  /** Missing while it is new. */
  readonly programmeId?: string | undefined
  readonly kinds: readonly ProgrammeDraft['kind'][]
  /** A manager's id, or `company`. */
  readonly org: string
  readonly weekdays: readonly Weekday[]
  readonly time: string
  readonly zone: string
  readonly whenEmpty: 'skip' | 'say'
  readonly stage: ProgrammeDraft['stage']
  readonly pilotTeams: readonly string[]
  /** Kinds and org whose programme that is there already the modal has shown: saved again, it is added. */
  readonly duplicateShown?: string | undefined
}

export const duplicateKeyOf = ({ kinds, org }: ProgrammeState): string => `${kinds.join(',')} ${org}`

/**
 * A manager's digest says all that a team digest to the same manager does, so not both are ticked; a leader of managers gets the org digest
 * alone.
 */
export const newProgramme = (viewer: Viewer, chart: OrgChart, zone: string, today: LocalDate): ProgrammeState => ({
  kinds: ['manager', 'org', 'personal'],
  org: viewer.isAdmin ? wholeCompany : (ledBy(viewer, chart, today) ?? wholeCompany),
  weekdays: [1],
  time: '09:00',
  zone,
  whenEmpty: 'say',
  stage: 'preview',
  pilotTeams: [],
})

/** The org of a manager, else one that an admin lets them see. */
function ledBy(viewer: Viewer, chart: OrgChart, today: LocalDate): string | undefined {
  const { person } = viewer
  return person && chart.team(person.id).length > 0 ? person.id : viewedOrgs(viewer, today)[0]
}

/** Undefined: the whole company. */
export const orgIn = ({ org }: Pick<ProgrammeState, 'org'>): string | undefined => (org === wholeCompany ? undefined : org)

export const programmeState = ({ id, draft }: ProgrammeEntry): ProgrammeState => ({
  programmeId: id,
  kinds: [draft.kind],
  org: draft.orgOf ?? wholeCompany,
  weekdays: draft.recurrence.weekdays,
  time: draft.recurrence.time,
  zone: draft.recurrence.zone,
  whenEmpty: draft.whenEmpty,
  stage: draft.stage,
  pilotTeams: draft.pilotTeams,
})

type Given = Readonly<Record<string, string | readonly string[] | undefined>>

/** The state before with Slack's inputs laid over it. */
export function withProgrammeInputs(before: ProgrammeState, given: Given): ProgrammeState {
  const one = (id: string) => (typeof given[id] === 'string' ? given[id] : undefined)
  const many = (id: string) => (Array.isArray(given[id]) ? (given[id] as readonly string[]) : undefined)
  const kinds = many(programmeInputs.kinds)
  const stage = one(programmeInputs.stage)
  return {
    ...before,
    kinds:
      kinds && before.programmeId === undefined
        ? (['team', 'manager', 'org', 'personal', 'reminder'] as const).filter((kind) => kinds.includes(kind))
        : before.kinds,
    org: one(programmeInputs.org) ?? before.org,
    weekdays: weekdaysIn(many(programmeInputs.weekdays)) ?? before.weekdays,
    time: one(programmeInputs.time) ?? before.time,
    zone: zones.find((zone) => zone === one(programmeInputs.zone)) ?? before.zone,
    whenEmpty: one(programmeInputs.whenEmpty) === 'skip' ? 'skip' : one(programmeInputs.whenEmpty) === 'say' ? 'say' : before.whenEmpty,
    stage: stage === 'preview' || stage === 'pilot' || stage === 'everyone' ? stage : before.stage,
    pilotTeams: many(programmeInputs.pilot) ?? before.pilotTeams,
  }
}

/** One draft per kind, or which input is at fault. */
export function programmeDrafts(state: ProgrammeState): readonly ProgrammeDraft[] | { readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {}
  if (state.kinds.length === 0) errors[programmeInputs.kinds] = 'Choose at least one.'
  if (!isTime(state.time)) errors[programmeInputs.time] = 'Choose a time such as 09:00.'
  if (state.pilotTeams.length > mostPilotTeams)
    errors[programmeInputs.pilot] = `A pilot has at most ${mostPilotTeams} teams. Choose Everyone for more.`
  if (state.weekdays.length === 0) errors[programmeInputs.weekdays] = 'Choose at least one weekday.'
  if (state.stage === 'pilot' && state.pilotTeams.length === 0) errors[programmeInputs.pilot] = 'Choose the teams of the pilot.'
  if (Object.keys(errors).length > 0) return { errors }
  return state.kinds.map((kind) => ({
    kind,
    ...(state.org !== wholeCompany && { orgOf: state.org }),
    recurrence: { weekdays: state.weekdays, time: state.time, zone: state.zone },
    whenEmpty: state.whenEmpty,
    stage: state.stage,
    pilotTeams: state.stage === 'pilot' ? state.pilotTeams : [],
  }))
}
