// Whether a digest could be delivered as drafted, and if not, which input of the editor is at fault and what to do. The same
// questions are asked again at every send; this says the answers early.

import { coacheesOf } from '../coaching/coachees.ts'
import type { LocalDate } from '../domain/period.ts'
import { maySee, type Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { Gate, GateReason } from '../slack-ports.ts'
import { outsidersOf, subjectOf } from './build-request.ts'
import type { DigestDraft, DraftVerdict } from './service.ts'

export interface DraftCheckDeps {
  readonly gate: Gate
  readonly namesInChannels: 'ask' | 'never'
  readonly botName: string
  viewerOf(slackUserId: string): Promise<Viewer>
}

type Refusal = Extract<DraftVerdict, { ok: false }>
const refuse = (field: Refusal['field'], why: string): DraftVerdict => ({ ok: false, field, why })

/** What to do about a closed gate, in one sentence. */
function gateInWords(reason: GateReason, people: number, botName: string): string {
  switch (reason) {
    case 'not-member':
      return `Type /invite @${botName} in that channel, then press Retry.`
    case 'archived':
      return 'That channel is archived. Choose another one.'
    case 'shared':
      return 'That channel is shared with another company, or about to be. Figures never go there; choose another channel.'
    case 'outsiders':
      return `${people === 1 ? 'Somebody' : `${people} people`} of another company can read that channel. Figures never go there; choose another channel.`
    case 'guests':
      return `${people === 1 ? 'A guest' : `${people} guests`} can read that channel. Choose one without guests.`
  }
}

export async function checkDraft(
  viewer: Viewer,
  draft: DigestDraft,
  chart: OrgChart,
  today: LocalDate,
  parts: DraftCheckDeps,
): Promise<DraftVerdict> {
  const { recurrence, destination } = draft
  if (recurrence.weekdays.length === 0) return refuse('when', 'Choose at least one weekday.')
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(recurrence.time)) return refuse('when', 'Choose a time such as 09:00.')
  if (draft.kind !== 'company' && draft.subjectId === undefined) return refuse('about', 'Choose whom it is about.')

  const subject = subjectOf(draft)
  const verdict = maySee(viewer, subject, chart, today)
  if (!verdict.allowed) return refuse('about', 'You can set up digests about yourself, your team and the teams below you.')
  if (draft.kind === 'reminder') return checkReminder(viewer, draft, chart, today)
  if (draft.kind !== 'personal' && draft.kind !== 'company' && chart.team(draft.subjectId ?? '').length === 0) {
    return refuse('about', 'Nobody reports to that person. Choose a manager.')
  }

  if (destination.type === 'dm') {
    if (draft.showNames) return refuse('names', 'Direct messages show what their reader may see; names need no switch there.')
    const isOwn = destination.slackUserId === viewer.slackUserId
    const reader = isOwn ? verdict : maySee(await parts.viewerOf(destination.slackUserId), subject, chart, today)
    if (reader.allowed && draft.kind === 'manager' && reader.detail !== 'by-name')
      return refuse('where', 'A manager digest names people; it goes to those who lead the team. Choose a team digest, or another reader.')
    if (!reader.allowed) return refuse('where', 'That person may not see these figures. Choose somebody above the team, or a channel.')
    return { ok: true, readers: 1, outsiders: [], isPrivate: true }
  }

  if (draft.kind === 'personal' || draft.kind === 'manager')
    return refuse('where', 'A personal or manager digest goes to one person. Choose a person.')
  if (verdict.detail !== 'by-name')
    return refuse('where', 'Only the managers of a team may post its figures in a channel. Choose yourself.')
  const gate = await parts.gate.check(destination.channelId)
  if (gate.type === 'unknown') return refuse('where', 'Slack did not answer about that channel. Try again in a minute.')
  if (gate.type === 'closed') {
    return { ok: false, field: 'where', why: gateInWords(gate.reason, gate.people, parts.botName), invite: gate.reason === 'not-member' }
  }
  if (draft.showNames && parts.namesInChannels === 'never') return refuse('names', 'Names in channels are switched off here.')
  if (draft.showNames && !gate.isPrivate) return refuse('names', 'People can be shown by name only in a private channel.')
  return {
    ok: true,
    channelName: gate.channelName,
    readers: gate.people.length,
    ...(gate.isPrivate && { readerIds: gate.people.map(({ slackUserId }) => slackUserId) }),
    outsiders: gate.isPrivate ? await outsidersOf(gate, subject, chart, today, parts) : [],
    isPrivate: gate.isPrivate,
  }
}

/** A reminder is about whom its reader coaches, and comes once a week at most. */
function checkReminder(
  viewer: Viewer,
  { subjectId, destination, recurrence }: DigestDraft,
  chart: OrgChart,
  today: LocalDate,
): DraftVerdict {
  if (subjectId !== viewer.person?.id || destination.type !== 'dm' || destination.slackUserId !== viewer.slackUserId)
    return refuse('where', 'A reminder is set up by the coach it is for, and goes to nobody else.')
  if (coacheesOf(viewer, chart, today).length === 0) return refuse('about', 'Nobody reports to you, and nobody was given to you to coach.')
  if (recurrence.weekdays.length !== 1) return refuse('when', 'A reminder comes once a week at most. Choose one weekday.')
  return { ok: true, readers: 1, outsiders: [], isPrivate: true }
}
