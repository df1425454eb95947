// The schedule editor as a modal: kind, who, where, weekdays, time, zone, what when there is nothing to say, days to skip, names,
// and the next five runs. Pure: the same state draws the same modal.

import type { DraftVerdict, Duplicate } from '../../digests/service.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { UpcomingRun } from '../../domain/upcoming.ts'
import type { Part } from '../../render/message.ts'
import type { InputPart, Modal } from '../../render/modal.ts'
import { capital } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import { digestKindWords } from '../../reports/wording/digest-kind.ts'
import { duplicateWords } from '../../reports/wording/duplicate.ts'
import { runInWords } from '../wording/runs.ts'
import { type EditorState, formId, inputs, longestName, longestSkipDates, mayGoToChannel, writeState } from './editor-state.ts'
import { input, weekdayChoices, whenEmptyInput } from './inputs.ts'

export interface EditorView {
  readonly state: EditorState
  readonly kinds: readonly EditorState['kind'][]
  readonly chart: OrgChart
  readonly runs: readonly UpcomingRun[]
  readonly companyZone: string
  /** The digest service's verdict so far; missing on the first drawing. */
  readonly verdict?: DraftVerdict | undefined
  /** Of a private channel, for its members: everybody who reads it by name, and those of them who stand in the way of names. */
  readonly readerNames?: readonly string[] | undefined
  readonly outsiderNames?: readonly string[] | undefined
  readonly namesAllowed: boolean
  /** What there is already, for whoever is about to set up the same. */
  readonly duplicate?: Duplicate | undefined
}

const describedAs: Readonly<Record<EditorState['kind'], string>> = {
  team: 'Medians of a team; for a channel or a person',
  manager: 'A team by name, with coaching; direct message',
  org: 'One row per team of a manager of managers; direct message',
  personal: 'One person’s own week; direct message',
  company: 'All teams',
  reminder: 'Whom you have not coached lately; only to you',
}

export function editorModal(view: EditorView): Modal {
  const { state, verdict } = view
  const needsInvite = verdict?.ok === false && verdict.invite === true
  return {
    callbackId: formId,
    title: state.subscriptionId === undefined ? 'New digest' : 'Change digest',
    submit: view.duplicate ? (state.subscriptionId === undefined ? 'Add another anyway' : 'Save anyway') : needsInvite ? 'Retry' : 'Save',
    close: 'Cancel',
    privateMetadata: writeState(state),
    parts: [
      ...(view.duplicate ? [duplicatePart(view.duplicate, state)] : []),
      ...(verdict?.ok === false ? [{ type: 'text' as const, line: line(bold(verdict.why)) }] : []),
      input(
        inputs.kind,
        'Kind',
        {
          type: 'select',
          choices: view.kinds.map((kind) => ({ value: kind, label: capital(digestKindWords[kind]), description: describedAs[kind] })),
          initial: state.kind,
        },
        { redraws: true },
      ),
      ...aboutInput(view),
      ...whereInputs(state),
      weekdaysInput(state),
      input(inputs.time, 'Time', { type: 'time', initial: state.time }, { redraws: true }),
      input(
        inputs.zone,
        'Time zone',
        { type: 'search', initial: { label: state.zone, value: state.zone }, placeholder: 'Europe/Berlin' },
        { redraws: true },
      ),
      input(
        inputs.skipDates,
        'Days to skip',
        { type: 'text', initial: state.skipDates, maxLength: longestSkipDates, placeholder: '2026-12-24, 2026-12-28..2026-12-31' },
        {
          optional: true,
          redraws: true,
        },
      ),
      ...runsPart(view),
      ...(state.kind === 'reminder' ? [] : [whenEmptyInput(inputs.whenEmpty, state.whenEmpty)]),
      ...namesInputs(view),
      ...(state.isNamedByOther ? [] : [nameInput(state)]),
    ],
  }
}

const nameInput = ({ name }: EditorState): InputPart =>
  input(
    inputs.name,
    'Name',
    { type: 'text', initial: name ?? '', maxLength: longestName, placeholder: 'Monday, pipeline calls' },
    { optional: true, hint: 'Tells your digests apart in lists. Readers do not see it.' },
  )

/** What there is already, and the way to it for whoever may change it. */
const duplicatePart = (duplicate: Duplicate, { kind }: EditorState): Part => ({
  type: 'text',
  line: line(bold(duplicateWords(duplicate, kind))),
  ...(duplicate.isListed &&
    duplicate.mayChange && {
      control: { type: 'button', label: 'Change it', actionId: digestActions.edit, value: duplicate.subscription.id },
    }),
})

/** A reminder comes once a week at most, so it has one day. */
function weekdaysInput({ kind, weekdays }: EditorState): InputPart {
  const element: InputPart['element'] =
    kind === 'reminder'
      ? { type: 'radio', choices: weekdayChoices, initial: String(weekdays[0] ?? 1) }
      : { type: 'checkboxes', choices: weekdayChoices, initial: weekdays.map(String) }
  return input(inputs.weekdays, kind === 'reminder' ? 'Weekday' : 'Weekdays', element, { redraws: true })
}

function aboutInput({ state, chart }: EditorView): InputPart[] {
  if (state.kind === 'company' || state.kind === 'reminder') return []
  const person = state.subjectId === undefined ? undefined : chart.people.get(state.subjectId)
  const isOfTeam = state.kind !== 'personal'
  const group = state.kind === 'org' ? 'org' : 'team'
  const label = person && (isOfTeam ? `${person.name}'s ${group}` : person.name)
  return [
    input(inputs.about, isOfTeam ? `Whose ${group}` : 'About whom', {
      type: 'search',
      placeholder: isOfTeam ? 'A manager' : 'A person',
      initial: label !== undefined && state.subjectId !== undefined ? { label, value: state.subjectId } : undefined,
    }),
  ]
}

function whereInputs(state: EditorState): InputPart[] {
  // A reminder goes to the coach it is about and to nobody else.
  if (state.kind === 'reminder') return []
  const canBeChannel = mayGoToChannel(state.kind)
  const choices = [
    { label: 'To me, as a direct message', value: 'me' },
    ...(canBeChannel ? [{ label: 'To a channel', value: 'channel' }] : []),
    { label: 'To another person', value: 'person' },
  ]
  const where = !canBeChannel && state.where === 'channel' ? 'me' : state.where
  return [
    input(inputs.where, 'Where', { type: 'radio', choices, initial: where }, { redraws: true }),
    ...(where === 'channel'
      ? [
          input(
            inputs.channel,
            'Channel',
            { type: 'conversation', initial: state.channelId },
            { redraws: true, hint: 'Private channels too. I have to be a member.' },
          ),
        ]
      : []),
    ...(where === 'person' ? [input(inputs.person, 'Person', { type: 'user', initial: state.readerId })] : []),
  ]
}

function runsPart({ runs, companyZone }: EditorView): Part[] {
  if (runs.length === 0) return []
  return [
    { type: 'text', line: line(bold('The next five:'), ' ', runs.map((run) => runInWords(run, companyZone)).join(' · ')) },
    { type: 'note', line: line('Each shows the last full week before its day.') },
  ]
}

/** Names are offered for a private channel only, after its readers were listed. */
function namesInputs({ state, verdict, readerNames = [], outsiderNames = [], namesAllowed }: EditorView): (Part | InputPart)[] {
  if (!namesAllowed || state.where !== 'channel' || state.kind !== 'team' || verdict?.ok !== true || !verdict.isPrivate) return []
  const readers = `${verdict.readers} ${verdict.readers === 1 ? 'person reads' : 'people read'} this channel`
  if (!verdict.readerIds)
    return [{ type: 'text', line: line(`${readers}. Who they are is for those who are in it, and so is showing people by name there.`) }]
  const outsiders = verdict.outsiders.length
  if (outsiders > 0) {
    return [
      {
        type: 'text',
        line: line(
          `${readers}, ${outsiders} of them from outside the team (${listed(outsiderNames, outsiders)}). Nobody can be shown by name there; the team’s figures can.`,
        ),
      },
    ]
  }
  return [
    {
      type: 'text',
      line: line(
        `${readers}, all of the team or above it: ${listed(readerNames, verdict.readers)}. Whoever joins it later reads earlier posts too, names and all.`,
      ),
    },
    input(
      inputs.names,
      'People',
      {
        type: 'checkboxes',
        choices: [{ label: 'Show people by name', value: 'show', description: 'Said in every post, with who switched it on' }],
        initial: state.showNames ? ['show'] : undefined,
      },
      { optional: true },
    ),
  ]
}

/** At most this many people are named in the modal. */
export const mostNamed = 20

/** `count`: of how many people `names` are the first. */
const listed = (names: readonly string[], count: number): string =>
  `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`
