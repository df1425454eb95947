// The programme editor: a button opens it, a changed input redraws it, and saving makes one programme per kind ticked.

import type { ProgrammeDraft, ProgrammeDuplicate, ProgrammeEntry } from '../../digests/service.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { Message, Part } from '../../render/message.ts'
import type { Choice, Modal } from '../../render/modal.ts'
import { oneOrMany, people } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import type { Action, Outcome, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { recurrenceInWords } from '../wording/runs.ts'
import { zoneChoices } from './editor.ts'
import { isTime } from './editor-state.ts'
import { readProgrammeState } from './form-state.ts'
import { mayLead, mustLead } from './may-lead.ts'
import { kindLabel, orgLabel, programmeModal, teamLabel } from './programme-modal.ts'
import {
  duplicateKeyOf,
  newProgramme,
  orgIn,
  type ProgrammeState,
  programmeDrafts,
  programmeFormId,
  programmeInputs,
  programmeState,
  wholeCompany,
  withProgrammeInputs,
} from './programme-state.ts'
import { searchPeople } from './search-people.ts'

/** [New programme], and [Change] on one: the value is its id. */
export const openProgramme: Action = {
  id: digestActions.programme,
  opensModal: true,
  async handle(press, services) {
    const entry = (await services.digests.programmes(press.viewer)).find(({ id }) => id === press.value)
    const state = entry ? programmeState(entry) : await stateOfNew(press, services)
    return { type: 'modal', modal: await draw(state, press, services) }
  },
}

export const programmeForm: Action = {
  id: programmeFormId,
  async handle(press, services) {
    const before = readProgrammeState(press.privateMetadata) ?? (await stateOfNew(press, services))
    const state = withProgrammeInputs(before, press.inputs)
    return press.from === 'submission' ? save(state, press, services) : { type: 'redraw', modal: await draw(state, press, services) }
  },
  async options(query, press, services) {
    if (press.actionId === programmeInputs.zone) return zoneChoices(query)
    const chart = await services.chart()
    const today = await services.today()
    const managers = await searchPeople(chart.managers, query, (id) => mayLead(press.viewer, id, chart, today), 100)
    if (press.actionId === programmeInputs.pilot) return managers.map(({ id }) => ({ label: teamLabel(id, chart), value: id }))
    const company: Choice[] = press.viewer.isAdmin ? [{ label: orgLabel(wholeCompany, chart), value: wholeCompany }] : []
    return [...company, ...managers.slice(0, 99).map(({ id }) => ({ label: orgLabel(id, chart), value: id }))]
  },
}

const stateOfNew = async ({ viewer, zone }: Press, services: BotServices): Promise<ProgrammeState> =>
  newProgramme(viewer, await services.chart(), zone, await services.today())

/** The form names an organization and its teams and counts their people: its ids are claims. */
async function draw(
  state: ProgrammeState,
  { viewer }: Press,
  services: BotServices,
  duplicates: readonly ProgrammeDuplicate[] = [],
): Promise<Modal> {
  const [chart, today] = [await services.chart(), await services.today()]
  mustLead(viewer, orgIn(state), chart, today)
  const pilotTeams = state.pilotTeams.filter((id) => mayLead(viewer, id, chart, today))
  const runs =
    state.weekdays.length === 0 || !isTime(state.time)
      ? []
      : services.digests.upcoming({ weekdays: state.weekdays, time: state.time, zone: state.zone }, [], 5)
  return programmeModal({ ...state, pilotTeams }, chart, runs, duplicates)
}

async function save(state: ProgrammeState, press: Press, services: BotServices): Promise<Outcome> {
  const drafts = programmeDrafts(state)
  if ('errors' in drafts) return { type: 'errors', errors: drafts.errors }
  if (state.duplicateShown !== duplicateKeyOf(state)) {
    const found = await Promise.all(
      drafts.map((draft) =>
        services.digests.duplicateOfProgramme(press.viewer, draft, { id: state.programmeId, submission: press.submission }),
      ),
    )
    const duplicates = found.flatMap((duplicate) => duplicate ?? [])
    if (duplicates.length > 0)
      return { type: 'redraw', modal: await draw({ ...state, duplicateShown: duplicateKeyOf(state) }, press, services, duplicates) }
  }
  const saved: ProgrammeEntry[] = []
  for (const draft of drafts) {
    saved.push(
      state.programmeId === undefined
        ? await services.digests.createProgramme(press.viewer, draft, press.submission)
        : await services.digests.changeProgramme(press.viewer, state.programmeId, draft),
    )
  }
  return { type: 'reply', message: await savedProgrammes(saved, press, services) }
}

/** What was saved, whom it reaches, and what comes next. At *Preview to me* the digest itself follows. */
async function savedProgrammes(saved: readonly ProgrammeEntry[], press: Press, services: BotServices): Promise<Message> {
  const [first] = saved
  const lines = saved.map((entry): Part => {
    const missing = entry.waitsForDirectory
      ? "; I am still reading Slack's directory, and it starts by itself as soon as I have"
      : entry.unmatched > 0
        ? `; ${entry.unmatched} have no Slack match`
        : ''
    const already = entry.haveIt > 0 ? `; ${people(entry.haveIt)} ${oneOrMany(entry.haveIt, 'has', 'have')} it already` : ''
    return {
      type: 'item',
      line: line(bold(`${kindLabel(entry.draft.kind)}, ${entry.org}`), ` · ${reachedInWords(entry)}${already}${missing}`),
      controls: [{ type: 'button', label: nextStage(entry.draft.stage), actionId: digestActions.programme, value: entry.id }],
    }
  })
  const schedule = first ? recurrenceInWords(first.draft.recurrence) : ''
  return {
    summary: `Saved: ${saved.map((entry) => `${kindLabel(entry.draft.kind)}, ${reachedInWords(entry)}`).join('; ')}. ${schedule}`,
    parts: [{ type: 'text', line: line(bold('Saved.'), ` ${schedule}.`) }, ...lines, ...(await previewParts(saved, press, services))],
  }
}

const reachedInWords = ({ draft, reached, wouldReach }: ProgrammeEntry): string =>
  draft.stage === 'preview'
    ? `nobody yet; ${wouldReach} at Everyone`
    : draft.stage === 'pilot'
      ? `pilot: ${reached} of ${wouldReach}`
      : people(reached)

const nextStage = (stage: ProgrammeDraft['stage']): string =>
  stage === 'preview' ? 'Start a pilot' : stage === 'pilot' ? 'Everyone' : 'Change'

async function previewParts(saved: readonly ProgrammeEntry[], press: Press, services: BotServices): Promise<Part[]> {
  const [entry] = saved
  if (entry?.draft.stage !== 'preview') return []
  const chart = await services.chart()
  const subjectId = exampleFor(entry.draft, press.viewer, chart)
  if (subjectId === undefined) return []
  const message = await services.digests.preview(press.viewer, {
    kind: entry.draft.kind,
    subjectId,
    destination: { type: 'dm', slackUserId: press.viewer.slackUserId },
    recurrence: entry.draft.recurrence,
    whenEmpty: entry.draft.whenEmpty,
    skipDates: [],
    showNames: false,
  })
  return [{ type: 'divider' }, { type: 'note', line: line('This is how one of them reads:') }, ...message.parts]
}

/** Whose digest shows how one reads. A reminder is shown to its coach and to nobody else: undefined for whoever coaches nobody. */
function exampleFor({ kind, orgOf }: ProgrammeDraft, { person }: Viewer, chart: OrgChart): PersonId | undefined {
  const hasTeam = (id: PersonId): boolean => chart.team(id).length > 0
  if (kind === 'reminder') return person && hasTeam(person.id) ? person.id : undefined
  const within = orgOf === undefined ? chart.active : chart.org(orgOf)
  return within.find(({ id }) => hasTeam(id) === (kind !== 'personal'))?.id ?? orgOf
}
