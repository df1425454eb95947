// Programmes: rules that create subscriptions for every team, manager or rep of an org. Admins and leaders create, change and stop them here;
// align.ts keeps the subscriptions in line with the rule.
import type { AccessRecord } from '../../domain/access-record.ts'
import { idFrom } from '../../domain/delivery-id.ts'
import type { Viewer } from '../../domain/policy.ts'
import type { Programme } from '../../domain/programme.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import { mustBeKept } from '../../people/must-be-kept.ts'
import type { DigestService, ProgrammeDraft, ProgrammeEntry } from '../service.ts'
import { type ProgrammeDeps, todayOf } from './deps.ts'
import { programmeEntry } from './entry.ts'
import { mayLead, programmeLedBy, soundDraft } from './rights.ts'

export interface ProgrammeService {
  list: DigestService['programmes']
  duplicateOf: DigestService['duplicateOfProgramme']
  create: DigestService['createProgramme']
  change: DigestService['changeProgramme']
  stop: DigestService['stopProgramme']
}

export const createProgrammeService = (deps: ProgrammeDeps): ProgrammeService => ({
  list: (viewer) => listProgrammes(viewer, deps),
  duplicateOf: (viewer, draft, form) => duplicateOfProgramme(viewer, draft, form, deps),
  create: (viewer, draft, submission) => createProgramme(viewer, draft, submission, deps),
  change: (viewer, id, draft) => changeProgramme(viewer, id, draft, deps),
  stop: (viewer, id) => stopProgramme(viewer, id, deps),
})

/** Five kinds for each of a handful of organizations. */
const ownAtMost = 50

/** One form sets up a programme of each kind. */
const programmeIdOf = (kind: ProgrammeDraft['kind'], submission: string): string => idFrom('programme', kind, submission)

/** Everybody below the one is below the other too. */
const isBelow = (orgOf: string | undefined, other: string, chart: OrgChart): boolean =>
  orgOf !== undefined && chart.above(orgOf).some(({ id }) => id === other)

const recordOf = ({ slackUserId }: Viewer, detail: string, { clock }: ProgrammeDeps): AccessRecord => ({
  at: clock.now(),
  what: 'change',
  bySlackId: slackUserId,
  detail,
})

async function listProgrammes(viewer: Viewer, deps: ProgrammeDeps): ReturnType<ProgrammeService['list']> {
  const { store } = deps
  const chart = await store.people.chart()
  const active = (await store.subscriptions.programmes()).filter(({ status }) => status === 'active')
  const led = active.filter(({ orgOf }) => mayLead(viewer, orgOf, chart, todayOf(deps)))
  return Promise.all(led.map((programme) => programmeEntry(programme, deps)))
}

async function duplicateOfProgramme(
  viewer: Viewer,
  draft: ProgrammeDraft,
  form: Parameters<ProgrammeService['duplicateOf']>[2],
  deps: ProgrammeDeps,
): ReturnType<ProgrammeService['duplicateOf']> {
  // Whoever may not set this one up reads of no other.
  await soundDraft(viewer, draft, deps, form?.id === undefined ? [] : draft.pilotTeams)
  const { store } = deps
  const id = form?.id ?? (form?.submission === undefined ? undefined : programmeIdOf(draft.kind, form.submission))
  const chart = await store.people.chart()
  const active = (await store.subscriptions.programmes()).filter(({ status }) => status === 'active')
  const others = active.filter((one) => one.id !== id && one.kind === draft.kind)
  const duplicates = others.filter(({ orgOf }) => orgOf === draft.orgOf || orgOf === undefined || isBelow(draft.orgOf, orgOf, chart))
  const own = duplicates.find(({ orgOf }) => mayLead(viewer, orgOf, chart, todayOf(deps)))
  return duplicates.length === 0 ? undefined : { kind: draft.kind, entry: own && (await programmeEntry(own, deps)) }
}

async function createProgramme(
  viewer: Viewer,
  draft: ProgrammeDraft,
  submission: string | undefined,
  deps: ProgrammeDeps,
): Promise<ProgrammeEntry> {
  const { subscriptions } = deps.store
  const id = submission === undefined ? crypto.randomUUID() : programmeIdOf(draft.kind, submission)
  const before = (await subscriptions.programmes()).find((one) => one.id === id)
  if (before) {
    await deps.align(before)
    return programmeEntry(before, deps)
  }
  const sound = await soundDraft(viewer, draft, deps)
  const programme: Programme = { ...sound, id, ownerSlackId: viewer.slackUserId, status: 'active', createdAt: deps.clock.now() }
  const record = recordOf(viewer, `programme ${draft.kind} created, ${draft.stage}`, deps)
  const isInserted = await deps.store.recorded(
    (stores) => stores.subscriptions.insertProgrammeIfFew(programme, ownAtMost),
    (written) => (written ? [record] : []),
  )
  if (!isInserted)
    throw new AskError(`You have set up ${ownAtMost} programmes, which is as many as one person can. Stop one that nobody needs any more.`)
  await mustBeKept([viewer.slackUserId, programme.orgOf, ...programme.pilotTeams], deps.store, viewer.slackUserId)
  await deps.align(programme)
  return programmeEntry(programme, deps)
}

async function changeProgramme(viewer: Viewer, id: string, draft: ProgrammeDraft, deps: ProgrammeDeps): Promise<ProgrammeEntry> {
  const before = await programmeLedBy(viewer, id, deps)
  const { kind, ...rest } = await soundDraft(viewer, draft, deps, before.pilotTeams)
  const change = { ...rest, orgOf: draft.orgOf }
  if (kind !== before.kind) throw new AskError('A programme keeps its kind. Stop this one and set up another.')
  const record = recordOf(viewer, `programme ${kind} changed, ${draft.stage}`, deps)
  await deps.store.recorded(
    ({ subscriptions }) => subscriptions.updateProgramme(id, change),
    (isWritten) => (isWritten ? [record] : []),
  )
  await mustBeKept([change.orgOf, ...change.pilotTeams], deps.store)
  const programme: Programme = { ...before, ...change }
  await deps.align(programme)
  return programmeEntry(programme, deps)
}

async function stopProgramme(viewer: Viewer, id: string, deps: ProgrammeDeps): Promise<void> {
  const programme = await programmeLedBy(viewer, id, deps)
  const record = recordOf(viewer, `programme ${programme.kind} stopped`, deps)
  await deps.store.recorded(
    ({ subscriptions }) => subscriptions.updateProgramme(id, { status: 'stopped' }),
    (isWritten) => (isWritten ? [record] : []),
  )
  // As it is now: what another admin changed meanwhile must not keep its digests going.
  const stopped = (await deps.store.subscriptions.programmes()).find((one) => one.id === id)
  if (stopped) await deps.align(stopped)
}
