// Describes a programme for those who lead it: its rule, and whom it reaches, would reach and cannot reach.
import type { Programme } from '../../domain/programme.ts'
import type { ProgrammeEntry } from '../service.ts'
import type { ProgrammeDeps } from './deps.ts'
import { wantedOf } from './wanted.ts'

export async function programmeEntry(programme: Programme, deps: ProgrammeDeps): Promise<ProgrammeEntry> {
  const { store } = deps
  const chart = await store.people.chart()
  const everyone = wantedOf({ ...programme, stage: 'everyone' }, chart)
  const readers = await Promise.all(everyone.map(({ readerId }) => deps.slackUserOf(readerId)))
  const elsewhere = await sentElsewhere(programme, deps)
  const { kind, orgOf, recurrence, whenEmpty, stage, pilotTeams } = programme
  return {
    id: programme.id,
    draft: { kind, orgOf, recurrence, whenEmpty, stage, pilotTeams },
    ownerName: await deps.nameOf(programme.ownerSlackId),
    org: orgOf === undefined ? 'the whole company' : `${chart.people.get(orgOf)?.name ?? 'a former manager'}'s organization`,
    reached: (await store.subscriptions.ofProgramme(programme.id)).filter(({ status }) => status === 'active').length,
    wouldReach: everyone.length,
    unmatched: readers.filter((slackUserId) => slackUserId === undefined).length,
    haveIt: everyone.filter(({ subjectId }, at) => elsewhere.has(`${subjectId} ${readers[at]}`)).length,
    waitsForDirectory: (await store.directory.readAt()) === undefined,
    stopped: programme.status === 'stopped',
  }
}

/** Subject and reader of each direct message of the same kind that another programme, or somebody by hand, has set up. */
async function sentElsewhere({ id, kind }: Programme, { store }: ProgrammeDeps): Promise<ReadonlySet<string>> {
  const others = (await store.subscriptions.all()).filter((one) => one.kind === kind && one.programmeId !== id && one.status !== 'stopped')
  return new Set(
    others.flatMap(({ subjectId, destination }) => (destination.type === 'dm' ? [`${subjectId} ${destination.slackUserId}`] : [])),
  )
}
