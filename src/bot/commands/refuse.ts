// Words a refusal: why, and what the asker can see instead, as buttons. It reveals nothing about the refused figures.
import type { LocalDate } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import { coachedByRole, type RefusalReason, type Subject, type Viewer, viewedOrgs } from '../../domain/policy.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'
import { AskError, type Suggestion } from '../../errors.ts'
import type { Control, Message } from '../../render/message.ts'
import { listWords } from '../../render/text/numbers.ts'
import { line } from '../../render/text/text.ts'
import { whoSees } from '../../reports/wording/who-sees.ts'
import { strangerSentence } from '../strangers.ts'
import { ownNumbers } from '../words/who.ts'

/** What a person who was refused can ask instead. */
function within(viewer: Viewer, chart: OrgChart): Suggestion[] {
  const suggestions = [ownNumbers(viewer)]
  // Nobody else without a Gong user is told what is not theirs.
  if (!viewer.person) return suggestions
  if (chart.team(viewer.person.id).length > 0 || chart.above(viewer.person.id).length > 0) {
    suggestions.push({ label: 'My team', command: '/gong-stats', text: 'team' })
  }
  if (leadsLeaders(viewer.person.id, chart)) suggestions.push({ label: 'My org', command: '/gong-stats', text: 'org' })
  return suggestions
}

/** @throws AskError always, except that an unmatched asker gets a message with a button of its own (returned). */
export function refuse(
  reason: RefusalReason,
  subject: Subject,
  asker: { readonly viewer: Viewer; readonly email?: string | undefined },
  chart: OrgChart,
  today: LocalDate,
): Message {
  const { viewer } = asker
  switch (reason) {
    case 'guest':
    case 'outside':
      throw new AskError(strangerSentence(reason) ?? '')
    case 'unmatched':
      return unmatched(asker)
    case 'unknown-subject':
      throw new AskError('I do not know who that is. Mention somebody with @, or write the name as Gong has it.', within(viewer, chart))
    case 'not-yours':
      throw new AskError(notYours(subject, whatTheySee(viewer, chart, today), chart), within(viewer, chart))
  }
}

/**
 * The asker has no active match in Gong (an unknown address, none at all, or they left): says what was searched for and offers to ask an
 * admin.
 */
export function unmatched(asker: { readonly viewer: Viewer; readonly email?: string | undefined }): Message {
  const left = asker.viewer.person !== undefined
  const sentence = left
    ? `Gong says that ${asker.viewer.person?.name ?? 'you'} no longer works here, so there are no figures to show.`
    : asker.email === undefined
      ? 'I could not look you up in Gong, because Slack shows me no e-mail address of yours.'
      : `I could not find ${asker.email} in Gong.`
  const control: Control = { type: 'button', label: 'Ask an admin to link me', actionId: 'ask-link', style: 'primary' }
  return {
    summary: `${sentence} You can ask an admin to link you.`,
    parts: [
      { type: 'text', line: line(sentence) },
      { type: 'buttons', controls: [control] },
    ],
  }
}

function whatTheySee(viewer: Viewer, chart: OrgChart, today: LocalDate): string {
  const hasRole = coachedByRole(viewer, today).length > 0 || viewedOrgs(viewer, today).length > 0
  const byRole = 'those for whom an admin gave you a role'
  const own = viewer.person ? ownOf(viewer.person, chart) : [byRole]
  return `You can see ${listWords(viewer.person && hasRole ? [...own, byRole] : own)}.`
}

function ownOf({ id }: Person, chart: OrgChart): readonly string[] {
  if (leadsLeaders(id, chart)) return ['your own', "your team's", 'those of everybody below you']
  if (chart.team(id).length > 0) return ['your own', "your team's"]
  return chart.above(id).length > 0 ? ['your own', "the team's medians"] : ['your own']
}

function notYours(subject: Subject, yours: string, chart: OrgChart): string {
  const nameOf = (id: string): string => firstName(chart.people.get(id))
  switch (subject.type) {
    case 'person': {
      const name = nameOf(subject.personId)
      return `${possessive(name)} figures are for ${name}, ${whoSees('above')}. ${yours}`
    }
    case 'team': {
      const name = nameOf(subject.managerId)
      return `The figures of ${possessive(name)} team are for the team, ${name}, ${whoSees('above')}. ${yours}`
    }
    case 'org': {
      const name = nameOf(subject.managerId)
      return `The figures of everybody below ${name} are for ${name}, ${whoSees('above')}. ${yours}`
    }
    case 'company':
      return `The figures of the whole company are for the bot's admins. ${yours} Ask an admin for a role if you need more.`
  }
}

const firstName = (person: Person | undefined): string => person?.name.split(/\s+/)[0] || 'That person'

const possessive = (name: string): string => (/s$/i.test(name) ? `${name}’` : `${name}'s`)
