// Words a refusal: why, and what the asker can see instead, as buttons. It reveals nothing about the refused figures.
import type { Person } from '../../domain/person.ts'
import type { RefusalReason, Subject, Viewer } from '../../domain/policy.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'
import { AskError, type Suggestion } from '../../errors.ts'
import type { Control, Message } from '../../render/message.ts'
import { line } from '../../render/text/text.ts'
import { strangerSentence } from '../strangers.ts'

/** What a person who was refused can ask instead. */
function within(viewer: Viewer, chart: OrgChart): Suggestion[] {
  // Nobody else without a Gong user is told what is not theirs.
  if (!viewer.person) return [{ label: 'Whom you can see', command: '/gong-stats', text: '' }]
  const suggestions: Suggestion[] = [{ label: 'My numbers', command: '/gong-stats', text: 'me' }]
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
      throw new AskError(notYours(subject, chart, viewer), within(viewer, chart))
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

function whatTheySee({ person }: Viewer, chart: OrgChart): string {
  if (!person) return 'You can see those for whom an admin gave you a role.'
  if (leadsLeaders(person.id, chart)) return "You can see your own, your team's, and those of everybody below you."
  if (chart.team(person.id).length > 0) return "You can see your own, and your team's."
  return chart.above(person.id).length > 0 ? "You can see your own, and the team's medians." : 'You can see your own.'
}

function notYours(subject: Subject, chart: OrgChart, viewer: Viewer): string {
  const yours = whatTheySee(viewer, chart)
  const nameOf = (id: string): string => firstName(chart.people.get(id))
  switch (subject.type) {
    case 'person': {
      const name = nameOf(subject.personId)
      return `${possessive(name)} figures are for ${name} and the managers above. ${yours}`
    }
    case 'team': {
      const name = nameOf(subject.managerId)
      return `The figures of ${possessive(name)} team are for the team, ${name} and the managers above. ${yours}`
    }
    case 'org': {
      const name = nameOf(subject.managerId)
      return `The figures of everybody below ${name} are for ${name} and the managers above. ${yours}`
    }
    case 'company':
      return `The figures of the whole company are for the bot's admins. ${yours} Ask an admin for a role if you need more.`
  }
}

const firstName = (person: Person | undefined): string => person?.name.split(/\s+/)[0] || 'That person'

const possessive = (name: string): string => (/s$/i.test(name) ? `${name}’` : `${name}'s`)
