// Whether a digest could be delivered as drafted and, if not, which input of the editor is at fault and what to do. Every send asks the
// same questions again; this answers them early.

import { coacheesOf } from '../coaching/coachees.ts'
import type { GateReason } from '../domain/hold-reason.ts'
import type { LocalDate } from '../domain/period.ts'
import { isCalendarDate, isPlausibleDate, mostDays, plausibleDatesInWords } from '../domain/plausible-date.ts'
import { maySee, type Viewer } from '../domain/policy.ts'
import { isByName, type Subscription } from '../domain/subscription.ts'
import { leadsLeaders, type OrgChart } from '../domain/team.ts'
import { AskError } from '../errors.ts'
import { asSentence, whenClosed, whyClosed } from '../reports/wording/hold-reason.ts'
import { closedFor } from '../slack-ports.ts'
import type { DigestServiceDeps } from './deps.ts'
import { todayOf } from './find-digest.ts'
import { mayRead, namesPeople, onlyManagersPost } from './rights.ts'
import { outsidersOf } from './sending-rights.ts'
import type { DigestDraft, DraftVerdict } from './service.ts'
import { subjectOf } from './subject.ts'

export type CheckDeps = Pick<DigestServiceDeps, 'store' | 'clock' | 'company' | 'gate' | 'namesInChannels' | 'botName' | 'viewerOf'>

/** For a digest, or a kind of them, that its reader has stopped. */
export const stopStands = 'Its reader has stopped these. A stop stands until they set one up themselves with /gong-digest new.'

/** `goesThere`: it is a digest that goes to its place already. */
export async function checkDraft(viewer: Viewer, draft: DigestDraft, deps: CheckDeps, goesThere = false): Promise<DraftVerdict> {
  const { kind, destination } = draft
  const verdict = await checkRules(viewer, draft, await deps.store.people.chart(), todayOf(deps), goesThere, deps)
  if (!verdict.ok || destination.type !== 'dm' || destination.slackUserId === viewer.slackUserId) return verdict
  const hasStopped = (await deps.store.subscriptions.optedOut(kind)).has(destination.slackUserId)
  return hasStopped ? refuse('where', stopStands) : verdict
}

/** @throws AskError with what is in the way, including readers from outside the team where people are named. */
export async function mustPass(viewer: Viewer, draft: DigestDraft, deps: CheckDeps, goesThere = false): Promise<void> {
  const verdict = await checkDraft(viewer, draft, deps, goesThere)
  if (!verdict.ok) throw new AskError(verdict.why)
  if (draft.showNames && verdict.outsiders.length > 0) {
    throw new AskError('People from outside the team can read that channel, so nobody can be shown by name there.')
  }
}

/** As {@link mustPass} for an existing digest: where it may no longer name people it goes out without names, and says so. */
export const mustPassAgain = (viewer: Viewer, subscription: Subscription, deps: CheckDeps): Promise<void> =>
  mustPass(viewer, { ...subscription, showNames: false }, deps, true)

type Refusal = Extract<DraftVerdict, { ok: false }>
const refuse = (field: Refusal['field'], why: string): DraftVerdict => ({ ok: false, field, why })

async function checkRules(
  viewer: Viewer,
  draft: DigestDraft,
  chart: OrgChart,
  today: LocalDate,
  goesThere: boolean,
  deps: CheckDeps,
): Promise<DraftVerdict> {
  const { recurrence, destination } = draft
  if (recurrence.weekdays.length === 0) return refuse('when', 'Choose at least one weekday.')
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(recurrence.time)) return refuse('when', 'Choose a time such as 09:00.')
  if (draft.skipDates.length > mostDays) return refuse('when', `At most ${mostDays} days can be skipped.`)
  if (!draft.skipDates.every((date) => isCalendarDate(date) && isPlausibleDate(date, today)))
    return refuse('when', `Days to skip lie ${plausibleDatesInWords(today)}.`)
  if (draft.kind !== 'company' && draft.subjectId === undefined) return refuse('about', 'Choose whom it is about.')

  const subject = subjectOf(draft)
  const verdict = maySee(viewer, subject, chart, today)
  if (!verdict.allowed) return refuse('about', 'You can set up digests about yourself, your team and the teams below you.')
  if (isByName(draft.kind) && verdict.detail !== 'by-name')
    return refuse('about', `${namesPeople(draft.kind)} Choose a team digest, or another team.`)
  if (draft.kind === 'reminder') return checkReminder(viewer, draft, chart, today)
  if (draft.kind === 'org' && !leadsLeaders(draft.subjectId ?? '', chart))
    return refuse('about', 'Nobody who reports to that person leads a team. Choose a manager of managers, or a team digest.')
  if (draft.kind !== 'personal' && draft.kind !== 'company' && chart.team(draft.subjectId ?? '').length === 0) {
    return refuse('about', 'Nobody reports to that person. Choose a manager.')
  }

  if (destination.type === 'dm') {
    if (draft.showNames) return refuse('names', 'Direct messages show what their reader may see; names need no switch there.')
    const isOwn = destination.slackUserId === viewer.slackUserId
    const reader = isOwn ? verdict : maySee(await deps.viewerOf(destination.slackUserId), subject, chart, today)
    if (reader.allowed && isByName(draft.kind) && reader.detail !== 'by-name')
      return refuse('where', `${namesPeople(draft.kind)} Choose a team digest, or another reader.`)
    if (!reader.allowed) return refuse('where', 'That person may not see these figures. Choose somebody above the team, or a channel.')
    return { ok: true, readers: 1, outsiders: [], isPrivate: true }
  }

  if (draft.kind === 'personal' || isByName(draft.kind))
    return refuse('where', 'A personal, manager or org digest goes to one person. Choose a person.')
  if (verdict.detail !== 'by-name') return refuse('where', `${onlyManagersPost} Choose yourself.`)
  const gate = await deps.gate.check(destination.channelId)
  if (gate.type === 'unknown') return refuse('where', 'Slack did not answer about that channel. Try again in a minute.')
  const shown = closedFor(viewer.slackUserId, gate)
  const is = gate.type === 'closed' ? gate.reason : undefined
  const mayKnow = shown === is || goesThere || (await goesThereAlready(viewer, destination.channelId, chart, today, deps))
  if (gate.type === 'closed') return refuseClosed((mayKnow ? is : shown) ?? gate.reason, gate.people, deps)
  if (!mayKnow && shown) return refuseClosed(shown, 0, deps)
  if (draft.showNames && deps.namesInChannels === 'never') return refuse('names', 'Names in channels are switched off here.')
  if (draft.showNames && !gate.isPrivate) return refuse('names', 'People can be shown by name only in a private channel.')
  return {
    ok: true,
    channelName: gate.channelName,
    readers: gate.people.length,
    // Whoever only has a digest there goes on with it, and learns of its readers how many there are.
    readerIds: gate.isPrivate && shown === is ? gate.people.map(({ slackUserId }) => slackUserId) : undefined,
    outsiders: gate.isPrivate ? await outsidersOf(gate, subject, chart, today, deps) : [],
    isPrivate: gate.isPrivate,
  }
}

function refuseClosed(reason: GateReason, people: number, { botName }: Pick<CheckDeps, 'botName'>): DraftVerdict {
  const next = whenClosed(reason, botName)
  const isToInvite = reason === 'not-member'
  // "Type /invite" says by itself that the bot is not in the channel.
  const why = isToInvite ? next : `${asSentence(whyClosed(reason, 'that channel', people))} ${next}`
  return { ok: false, field: 'where', why, invite: isToInvite }
}

/** That there is such a private channel is its members' own, and known to whoever may read of a digest that goes there. */
async function goesThereAlready(
  viewer: Viewer,
  channelId: string,
  chart: OrgChart,
  today: LocalDate,
  { store }: CheckDeps,
): Promise<boolean> {
  return (await store.subscriptions.inChannel(channelId)).some((one) => one.status !== 'stopped' && mayRead(viewer, one, chart, today))
}

/** A reminder is about the people its reader coaches, and comes once a week at most. */
function checkReminder(
  viewer: Viewer,
  { subjectId, destination, recurrence }: DigestDraft,
  chart: OrgChart,
  today: LocalDate,
): DraftVerdict {
  if (subjectId !== viewer.person?.id || destination.type !== 'dm' || destination.slackUserId !== viewer.slackUserId)
    return refuse('where', 'A reminder is set up by the coach it is for, and goes to nobody else.')
  if (coacheesOf(viewer, chart, today).length === 0)
    return refuse('about', 'You have no direct reports in Gong, and nobody has been assigned to you for coaching.')
  if (recurrence.weekdays.length !== 1) return refuse('when', 'A reminder comes once a week at most. Choose one weekday.')
  return { ok: true, readers: 1, outsiders: [], isPrivate: true }
}
