// Programmes: rules that create subscriptions for every team, manager or rep of an org. Admins and leaders create, change and stop them here;
// align.ts keeps the subscriptions in line with the rule.
import type { Clock } from '../../clock.ts'
import { idFrom } from '../../domain/delivery-id.ts'
import { type LocalDate, localDateOf } from '../../domain/period.ts'
import { maySee, type Viewer } from '../../domain/policy.ts'
import type { Programme } from '../../domain/programme.ts'
import { nextRun } from '../../domain/recurrence.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import type { Store } from '../../store/store.ts'
import type { DigestService, ProgrammeDraft, ProgrammeEntry } from '../service.ts'
import { type Alignment, recurrenceFor, sameRecurrence, wantedOf } from './align.ts'

export interface ProgrammeService {
  list: DigestService['programmes']
  twinOf: DigestService['twinOfProgramme']
  create: DigestService['createProgramme']
  change: DigestService['changeProgramme']
  stop: DigestService['stopProgramme']
}

/** Leaders of the org by name, viewers of it by grant, and admins; the whole company is for admins. */
function mayLead(viewer: Viewer, orgOf: string | undefined, chart: OrgChart, today: LocalDate): boolean {
  const verdict = maySee(viewer, orgOf === undefined ? { type: 'company' } : { type: 'org', managerId: orgOf }, chart, today)
  return verdict.allowed && verdict.detail === 'by-name'
}

/** Five kinds for each of a handful of organisations. */
const ownAtMost = 50

/** One form sets up a programme of each kind. */
const programmeIdOf = (kind: ProgrammeDraft['kind'], submission: string): string => idFrom('programme', kind, submission)

/** Everybody below the one is below the other too. */
const isBelow = (orgOf: string | undefined, other: string, chart: OrgChart): boolean =>
  orgOf !== undefined && chart.above(orgOf).some(({ id }) => id === other)

export function createProgrammeService(deps: {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'access' | 'directory'>
  readonly clock: Clock
  readonly zone: string
  readonly align: Alignment
  nameOf(slackUserId: string): Promise<string>
  slackUserOf(personId: string): Promise<string | undefined>
}): ProgrammeService {
  const { store, clock } = deps
  const { subscriptions } = store
  const today = (): LocalDate => localDateOf(clock.now(), deps.zone)
  const record = (viewer: Viewer, detail: string) =>
    store.access.record([{ at: clock.now(), what: 'change', bySlackId: viewer.slackUserId, detail }])

  async function entryOf(programme: Programme): Promise<ProgrammeEntry> {
    const chart = await store.people.chart()
    const everyone = wantedOf({ ...programme, stage: 'everyone' }, chart)
    const readers = await Promise.all(everyone.map(({ readerId }) => deps.slackUserOf(readerId)))
    const elsewhere = new Set(
      (await subscriptions.all()).flatMap((one) =>
        one.kind === programme.kind && one.programmeId !== programme.id && one.status !== 'stopped' && one.destination.type === 'dm'
          ? [`${one.subjectId} ${one.destination.slackUserId}`]
          : [],
      ),
    )
    const { kind, orgOf, recurrence, whenEmpty, stage, pilotTeams } = programme
    return {
      id: programme.id,
      draft: { kind, orgOf, recurrence, whenEmpty, stage, pilotTeams },
      ownerName: await deps.nameOf(programme.ownerSlackId),
      org: orgOf === undefined ? 'the whole company' : `${chart.people.get(orgOf)?.name ?? 'a former manager'}'s organization`,
      reached: (await subscriptions.ofProgramme(programme.id)).filter(({ status }) => status === 'active').length,
      wouldReach: everyone.length,
      unmatched: readers.filter((slackUserId) => slackUserId === undefined).length,
      haveIt: everyone.filter(({ subjectId }, at) => elsewhere.has(`${subjectId} ${readers[at]}`)).length,
      waitsForDirectory: (await store.directory.readAt()) === undefined,
      stopped: programme.status === 'stopped',
    }
  }

  async function led(viewer: Viewer, id: string): Promise<Programme> {
    const programme = (await subscriptions.programmes()).find((one) => one.id === id)
    if (!programme || !mayLead(viewer, programme.orgOf, await store.people.chart(), today())) {
      throw new AskError('That programme is gone, or it is not yours to change.', [
        { label: 'My digests', command: '/gong-digest', text: '' },
      ])
    }
    return programme
  }

  async function mustBeSound(viewer: Viewer, draft: ProgrammeDraft): Promise<void> {
    if (!mayLead(viewer, draft.orgOf, await store.people.chart(), today())) {
      throw new AskError('You can set up programmes for the people below you; admins for everybody.')
    }
    if (draft.recurrence.weekdays.length === 0) throw new AskError('Choose at least one weekday.')
    if (draft.stage === 'pilot' && draft.pilotTeams.length === 0) throw new AskError('Choose the teams of the pilot.')
  }

  return {
    async list(viewer) {
      const chart = await store.people.chart()
      const led = (await subscriptions.programmes()).filter((one) => one.status === 'active' && mayLead(viewer, one.orgOf, chart, today()))
      return Promise.all(led.map(entryOf))
    },
    async twinOf(viewer, draft, form) {
      // Whoever may not set this one up reads of no other.
      await mustBeSound(viewer, draft)
      const id = form?.id ?? (form?.submission === undefined ? undefined : programmeIdOf(draft.kind, form.submission))
      const chart = await store.people.chart()
      const others = (await subscriptions.programmes()).filter((one) => one.id !== id && one.status === 'active' && one.kind === draft.kind)
      const twins = others.filter(({ orgOf }) => orgOf === draft.orgOf || orgOf === undefined || isBelow(draft.orgOf, orgOf, chart))
      const own = twins.find(({ orgOf }) => mayLead(viewer, orgOf, chart, today()))
      return twins.length === 0 ? undefined : { kind: draft.kind, entry: own && (await entryOf(own)) }
    },
    async create(viewer, draft, submission) {
      const id = submission === undefined ? crypto.randomUUID() : programmeIdOf(draft.kind, submission)
      const before = (await subscriptions.programmes()).find((one) => one.id === id)
      if (before) {
        await deps.align(before)
        return entryOf(before)
      }
      await mustBeSound(viewer, draft)
      const programme: Programme = {
        ...draft,
        id,
        ownerSlackId: viewer.slackUserId,
        status: 'active',
        createdAt: clock.now(),
      }
      if (!(await subscriptions.insertProgrammeIfFew(programme, ownAtMost)))
        throw new AskError(
          `You have set up ${ownAtMost} programmes, which is as many as one person can. Stop one that nobody needs any more.`,
        )
      await record(viewer, `programme ${draft.kind} created, ${draft.stage}`)
      await deps.align(programme)
      return entryOf(programme)
    },
    async change(viewer, id, draft) {
      const before = await led(viewer, id)
      await mustBeSound(viewer, draft)
      const { kind, ...change } = draft
      if (kind !== before.kind) throw new AskError('A programme keeps its kind. Stop this one and set up another.')
      await subscriptions.updateProgramme(id, change)
      if (!sameRecurrence(before.recurrence, draft.recurrence)) {
        // Readers who chose another time of their own keep it.
        for (const one of await subscriptions.ofProgramme(id)) {
          const { zone } = one.recurrence
          if (!sameRecurrence(one.recurrence, recurrenceFor(before, zone))) continue
          const recurrence = recurrenceFor(draft, zone)
          const nextAt = one.status === 'active' ? nextRun(recurrence, clock.now()).at : undefined
          await subscriptions.update(one.id, nextAt ? { recurrence, nextAt } : { recurrence })
        }
      }
      await record(viewer, `programme ${kind} changed, ${draft.stage}`)
      const programme: Programme = { ...before, ...change }
      await deps.align(programme)
      return entryOf(programme)
    },
    async stop(viewer, id) {
      const programme = await led(viewer, id)
      await subscriptions.updateProgramme(id, { status: 'stopped' })
      await deps.align({ ...programme, status: 'stopped' })
      await record(viewer, `programme ${programme.kind} stopped`)
    },
  }
}
