// The programme editor as a modal: who in an organization gets which digest, when, and how far the rollout goes. Pure.

import type { ProgrammeDuplicate, ProgrammeEntry } from '../../digests/service.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { UpcomingRun } from '../../domain/upcoming.ts'
import type { Part } from '../../render/message.ts'
import type { Modal } from '../../render/modal.ts'
import { bold, line } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import { duplicateProgrammeWords } from '../../reports/wording/duplicate.ts'
import { runInWords } from '../wording/runs.ts'
import { input, weekdayChoices, whenEmptyInput } from './inputs.ts'
import { programmeInputs as inputs, type ProgrammeState, programmeFormId, wholeCompany } from './programme-state.ts'

const kindChoices = [
  { label: 'Every team: team digest', value: 'team', description: 'To its manager, who may move it to a channel' },
  { label: 'Every manager: coaching digest', value: 'manager', description: 'Direct message' },
  { label: 'Every leader of managers: org digest', value: 'org', description: 'One row per team; direct message' },
  { label: 'Every rep: personal digest', value: 'personal', description: 'Direct message' },
  {
    label: 'Every manager: coaching reminders',
    value: 'reminder',
    description: "Whom to hear first; on the first weekday, in each manager's zone",
  },
] as const

/** `duplicates`: programmes there are already for the same people. */
export function programmeModal(
  state: ProgrammeState,
  chart: OrgChart,
  runs: readonly UpcomingRun[],
  duplicates: readonly ProgrammeDuplicate[] = [],
): Modal {
  const isNew = state.programmeId === undefined
  return {
    callbackId: programmeFormId,
    title: isNew ? 'New programme' : 'Change programme',
    submit: duplicates.length > 0 ? (isNew ? 'Add another anyway' : 'Save anyway') : 'Save',
    close: 'Cancel',
    privateMetadata: JSON.stringify(state),
    parts: [
      ...duplicates.map(duplicatePart),
      ...(isNew
        ? [input(inputs.kinds, 'Who gets what', { type: 'checkboxes', choices: kindChoices, initial: state.kinds }, { redraws: true })]
        : [{ type: 'text' as const, line: line(bold(kindChoices.find(({ value }) => value === state.kinds[0])?.label ?? '')) }]),
      ...(state.kinds.includes('team') && state.kinds.includes('manager') ? [oneMessage] : []),
      input(
        inputs.org,
        'In which organization',
        { type: 'search', initial: { label: orgLabel(state.org, chart), value: state.org } },
        { redraws: true },
      ),
      { type: 'note', line: line(reachInWords(state, chart)) },
      input(
        inputs.stage,
        'How far',
        {
          type: 'radio',
          choices: [
            { label: 'Preview to me', value: 'preview', description: 'Nobody else gets anything' },
            { label: 'Pilot', value: 'pilot', description: 'Only the teams chosen' },
            { label: 'Everyone', value: 'everyone', description: 'People who join or leave follow by themselves' },
          ],
          initial: state.stage,
        },
        { redraws: true },
      ),
      ...(state.stage === 'pilot'
        ? [
            input(inputs.pilot, 'Teams of the pilot', {
              type: 'search',
              many: true,
              initial: state.pilotTeams.map((id) => ({ label: teamLabel(id, chart), value: id })),
              placeholder: 'Managers',
            }),
          ]
        : []),
      input(
        inputs.weekdays,
        'Weekdays',
        {
          type: 'checkboxes',
          choices: weekdayChoices,
          initial: state.weekdays.map(String),
        },
        { redraws: true },
      ),
      input(inputs.time, 'Time', { type: 'time', initial: state.time }, { redraws: true }),
      input(inputs.zone, 'Time zone', { type: 'search', initial: { label: state.zone, value: state.zone } }, { redraws: true }),
      ...(runs.length > 0
        ? [{ type: 'text' as const, line: line(bold('The next five:'), ' ', runs.map((run) => runInWords(run)).join(' · ')) }]
        : []),
      whenEmptyInput(inputs.whenEmpty, state.whenEmpty),
      introduction,
    ],
  }
}

export const kindLabel = (kind: ProgrammeEntry['draft']['kind']): string => kindChoices.find(({ value }) => value === kind)?.label ?? kind

const duplicatePart = ({ kind, entry }: ProgrammeDuplicate): Part => ({
  type: 'text',
  line: line(bold(duplicateProgrammeWords(kindLabel(kind), entry && { ...entry.draft, ...entry }))),
  ...(entry && { control: { type: 'button', label: 'Change it', actionId: digestActions.programme, value: entry.id } }),
})

const oneMessage: Part = {
  type: 'note',
  line: line(
    'A coaching digest says all that a team digest says. Nobody gets both in one hour: the team digest comes once its manager has moved it to a channel.',
  ),
}

const introduction: Part = {
  type: 'note',
  line: line('The first message to each person says who switched it on, who can see it, and how to stop it. A stop stands.'),
}

export const orgLabel = (org: string, chart: OrgChart): string =>
  org === wholeCompany ? 'The whole company' : `${chart.people.get(org)?.name ?? 'A former manager'}'s organization`

export const teamLabel = (managerId: string, chart: OrgChart): string => `${chart.people.get(managerId)?.name ?? 'A former manager'}'s team`

/** `338 people in 41 teams.` */
function reachInWords(state: ProgrammeState, chart: OrgChart): string {
  const head = state.org === wholeCompany ? undefined : chart.people.get(state.org)
  const people = state.org === wholeCompany ? chart.active : [...(head?.active ? [head] : []), ...chart.org(state.org)]
  const managers = people.filter(({ id }) => chart.team(id).length > 0).length
  return `${people.length - managers} reps in ${managers} ${managers === 1 ? 'team' : 'teams'} there today.`
}
