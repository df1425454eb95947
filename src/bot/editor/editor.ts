// The schedule editor: a button opens it, a changed input redraws it, and saving shows errors beside the input at fault.

import type { Duplicate } from '../../digests/service.ts'
import { cutList } from '../../domain/cut-list.ts'
import { zones } from '../../domain/known-zone.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { maySee, type Subject, type Viewer } from '../../domain/policy.ts'
import { isByName } from '../../domain/subscription.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'
import { plainPlace, zonesOfPlace } from '../../domain/zone-places.ts'
import type { Choice, Modal } from '../../render/modal.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import type { Action, Outcome, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { namesApart } from '../words/names-apart.ts'
import { editorModal, mostNamed } from './editor-modal.ts'
import {
  draftOf,
  duplicateKey,
  type EditorState,
  formId,
  inputs,
  isTime,
  kindsOffered,
  newState,
  stateOf,
  withInputs,
} from './editor-state.ts'
import { readState } from './form-state.ts'
import { savedMessage } from './saved-message.ts'
import { searchPeople } from './search-people.ts'

/** [Change schedule] on a digest, a list entry or a notice; the value is the subscription. */
export const editDigest: Action = {
  id: digestActions.edit,
  opensModal: true,
  async handle(press, services) {
    const entry = await services.digests.entry(press.viewer, press.value ?? '')
    return { type: 'modal', modal: await draw(stateOf(entry, press.viewer), press, services) }
  },
}

/** [New digest]. */
export const newDigest: Action = {
  id: digestActions.create,
  opensModal: true,
  async handle(press, services) {
    return { type: 'modal', modal: await draw(await stateOfNew(press, services), press, services) }
  },
}

/** Everything inside the editor: redraws, searches, the submission. */
export const digestForm: Action = {
  id: formId,
  async handle(press, services) {
    const before = readState(press.privateMetadata) ?? (await stateOfNew(press, services))
    const state = withInputs(before, {
      ...press.inputs,
      ...(press.from === 'modal' && press.value !== undefined && { [press.actionId]: press.inputs[press.actionId] ?? press.value }),
    })
    return press.from === 'submission' ? save(state, press, services) : { type: 'redraw', modal: await draw(state, press, services) }
  },
  async options(query, press, services) {
    if (press.actionId === inputs.zone) return zoneChoices(query)
    return aboutChoices(
      query,
      withInputs(readState(press.privateMetadata) ?? (await stateOfNew(press, services)), press.inputs),
      press,
      services,
    )
  },
}

const stateOfNew = async ({ viewer, zone }: Press, services: BotServices): Promise<EditorState> =>
  newState(viewer, await services.chart(), zone, await services.today())

/** The form names whom it is about: that is a claim, and left out where it is not theirs to see. */
async function draw(claimed: EditorState, press: Press, services: BotServices, duplicate?: Duplicate): Promise<Modal> {
  const [chart, today] = [await services.chart(), await services.today()]
  const isTheirs = maySee(press.viewer, subjectOf(claimed.kind, claimed.subjectId ?? ''), chart, today).allowed
  const state = isTheirs ? claimed : { ...claimed, subjectId: undefined }
  const draft = draftOf(state, press.viewer, today)
  // The channel is looked at as soon as it is chosen: who reads it, and whether the bot is in it. Names are asked for after that.
  const verdict =
    !('errors' in draft) && state.where === 'channel'
      ? await services.digests.check(press.viewer, { ...draft, showNames: false })
      : undefined
  const readerIds = verdict?.ok === true ? verdict.readerIds : undefined
  const listed = verdict?.ok === true ? { listedFor: readerIds && state.channelId } : {}
  const mayShowNames = verdict?.ok === true && readerIds !== undefined && verdict.outsiders.length === 0
  const namesOf = (slackUserIds: readonly string[] = []) => Promise.all(cutList(slackUserIds, mostNamed).shown.map(services.digests.nameOf))
  const skipDates = 'errors' in draft ? [] : draft.skipDates
  return editorModal({
    state: { ...state, ...listed, showNames: state.showNames && mayShowNames },
    kinds: kindsOffered(state, press.viewer, chart, today),
    chart,
    runs:
      state.weekdays.length === 0 || !isTime(state.time)
        ? []
        : services.digests.upcoming({ weekdays: state.weekdays, time: state.time, zone: state.zone }, skipDates, 5),
    companyZone: services.digests.company.zone,
    verdict,
    readerNames: await namesOf(readerIds),
    outsiderNames: verdict?.ok && readerIds ? await namesOf(verdict.outsiders) : undefined,
    namesAllowed: services.digests.company.namesInChannels === 'ask',
    duplicate,
  })
}

async function save(state: EditorState, press: Press, services: BotServices): Promise<Outcome> {
  const draft = draftOf(state, press.viewer, await services.today())
  if ('errors' in draft) return { type: 'errors', errors: draft.errors }
  const verdict = await services.digests.check(press.viewer, draft)
  if (!verdict.ok && verdict.invite) return { type: 'redraw', modal: await draw(state, press, services) }
  const namesRefused = verdict.ok
    ? draft.showNames && (state.listedFor !== state.channelId || verdict.outsiders.length > 0)
    : verdict.field === 'names'
  if (namesRefused) return { type: 'redraw', modal: await draw({ ...state, showNames: false }, press, services) }
  if (!verdict.ok) return { type: 'errors', errors: { [inputAtFault(verdict.field, state)]: verdict.why } }
  const { digests } = services
  const isExtra = state.duplicateShown === duplicateKey(draft)
  const duplicate = isExtra
    ? undefined
    : await digests.duplicateOf(press.viewer, draft, { id: state.subscriptionId, submission: press.submission })
  if (duplicate) return { type: 'redraw', modal: await draw({ ...state, duplicateShown: duplicateKey(draft) }, press, services, duplicate) }
  const wanted = isExtra ? { ...draft, isExtra } : draft
  const entry =
    state.subscriptionId === undefined
      ? await digests.create(press.viewer, wanted, press.submission)
      : await digests.change(press.viewer, state.subscriptionId, wanted)
  return { type: 'reply', message: savedMessage(entry, state.subscriptionId === undefined, verdict.channelName) }
}

/** An input that is drawn for this kind: Slack drops an error beside any other. */
function inputAtFault(field: 'about' | 'where' | 'when' | 'names', state: EditorState): string {
  if (field === 'when') return inputs.time
  if (state.kind === 'reminder') return inputs.kind
  if (field === 'about') return state.kind === 'company' ? inputs.kind : inputs.about
  return state.where === 'channel' ? inputs.channel : state.where === 'person' ? inputs.person : inputs.where
}

/** Zones of the place or country that was typed, then those whose name holds every word: `berlin`, `bombay` and `türkiye` find one. */
export function zoneChoices(query: string): Choice[] {
  const words = plainPlace(query).split(' ')
  const named = zones.filter((zone) => words.every((word) => plainPlace(zone).includes(word)))
  // The place first: names may hold it by chance, as Indianapolis holds India.
  return [...new Set([...zonesOfPlace(query), ...named])].slice(0, 100).map((zone) => ({ label: zone, value: zone }))
}

/** As many as Slack shows. */
const mostChoices = 100

const subjectOf = (kind: EditorState['kind'], id: string): Subject =>
  kind === 'company'
    ? { type: 'company' }
    : kind === 'personal'
      ? { type: 'person', personId: id }
      : { type: kind === 'org' ? 'org' : 'team', managerId: id }

/** Whom the viewer may see; for the kinds that name people, by name. */
function mayBeAbout(viewer: Viewer, kind: EditorState['kind'], id: PersonId, chart: OrgChart, today: LocalDate): boolean {
  const verdict = maySee(viewer, subjectOf(kind, id), chart, today)
  return verdict.allowed && (verdict.detail === 'by-name' || !isByName(kind))
}

/** People or managers the viewer may choose, by name. */
async function aboutChoices(query: string, state: EditorState, press: Press, services: BotServices): Promise<Choice[]> {
  const chart = await services.chart()
  const today = await services.today()
  const { kind } = state
  const isOfTeam = kind !== 'personal'
  const group = kind === 'org' ? 'org' : 'team'
  const offered = !isOfTeam ? chart.active : group === 'org' ? chart.managers.filter(({ id }) => leadsLeaders(id, chart)) : chart.managers
  const found = await searchPeople(offered, query, (id) => mayBeAbout(press.viewer, kind, id, chart, today), mostChoices)
  const called = namesApart(found, chart)
  return found.map((person) => ({
    label: isOfTeam ? `${person.name}'s ${group}${called(person).slice(person.name.length)}` : called(person),
    value: person.id,
    description: person.title,
  }))
}
