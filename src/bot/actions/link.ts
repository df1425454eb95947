// Links Slack users to Gong people: somebody without a match asks, an admin links. Every step checks the presser again; the admin
// service writes a link to the access log.
import type { Person } from '../../domain/person.ts'
import { AskError } from '../../errors.ts'
import type { LinkOutcome } from '../../people/admin-service.ts'
import type { Message } from '../../render/message.ts'
import type { Modal } from '../../render/modal.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { listWords } from '../../render/text/numbers.ts'
import { bold, type Line, line, mention } from '../../render/text/text.ts'
import type { Action, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { mustBeMember } from '../strangers.ts'
import { namesApart } from '../words/names-apart.ts'
import { personInput } from './person-input.ts'

/** @throws AskError for anybody but an admin of the bot. */
export function requireAdmin(press: Pick<Press, 'viewer'>): void {
  if (press.viewer.standing !== 'member' || !press.viewer.isAdmin) {
    throw new AskError("Only the bot's admins can do this. Ask one of them.")
  }
}

/** *Ask an admin to link me*: a direct message to every admin, with a button. */
export const askLink: Action = {
  id: 'ask-link',
  async handle(press, services) {
    const { viewer, email } = press
    mustBeMember(viewer)
    if (viewer.person?.active) {
      return { type: 'reply', message: oneSentenceMessage('You are linked already. Type /gong-stats to see your numbers.') }
    }
    const asked = await services.outbox.askAdmins(viewer.slackUserId, {
      summary: `${email ?? 'Somebody'} asks to be linked to a person in Gong.`,
      parts: [
        {
          type: 'text',
          line: line(
            mention(viewer.slackUserId),
            email === undefined ? '' : ` (${email})`,
            ' asks to be linked to a person in Gong: no address there fits.',
          ),
          control: { type: 'button', label: 'Link', actionId: 'link', value: `slack:${viewer.slackUserId}` },
        },
      ],
    })
    if (asked === 'already') {
      return {
        type: 'reply',
        message: oneSentenceMessage('The admins were asked within the last day. You will see your numbers once you are linked.'),
      }
    }
    return {
      type: 'reply',
      message: oneSentenceMessage(
        asked > 0
          ? `Asked ${asked === 1 ? 'the admin' : `${asked} admins`}. You will see your numbers once you are linked; nothing more is needed from you.`
          : 'No admin could be reached. Ask whoever runs the bot to set ADMINS and to link you.',
      ),
    }
  },
}

/** Opens the form that links. The value names a Slack user or a Gong person; both can be changed in the form. */
export const openLink: Action = {
  id: 'link',
  opensModal: true,
  async handle(press, services) {
    requireAdmin(press)
    const [kind, id] = split(press.value)
    const person = kind === 'person' ? (await services.chart()).people.get(id) : undefined
    const modal: Modal = {
      callbackId: 'link-save',
      title: 'Link a person',
      submit: 'Link',
      close: 'Cancel',
      parts: [
        { type: 'text', line: line('Ties a Slack user to a person in Gong. It survives refreshes and is written to the access log.') },
        {
          type: 'input',
          id: 'link-user',
          label: 'Slack user',
          element: { type: 'user', initial: kind === 'slack' ? id : undefined },
        },
        personInput('pick-person', person),
      ],
    }
    return { type: 'modal', modal }
  },
}

export const saveLink: Action = {
  id: 'link-save',
  async handle(press, services) {
    requireAdmin(press)
    const slackUserId = one(press.inputs['link-user'])
    const personId = one(press.inputs['pick-person'])
    if (!slackUserId) return { type: 'errors', errors: { 'link-user': 'Choose a Slack user.' } }
    if (!personId) return { type: 'errors', errors: { 'pick-person': 'Choose a person.' } }
    const person = (await services.chart()).people.get(personId)
    if (!person) return { type: 'errors', errors: { 'pick-person': 'Gong does not know this person any more.' } }
    const viewer = await services.outbox.viewerOf(slackUserId)
    if (viewer.standing !== 'member') {
      return {
        type: 'errors',
        errors: { 'link-user': 'Guests, bots and people of other companies see no figures, so they cannot be linked.' },
      }
    }
    const outcome = await services.admin.link(personId, slackUserId, press.viewer.slackUserId)
    return { type: 'reply', message: linked(slackUserId, person, outcome) }
  },
}

/** Answers every search for a Gong person (`pick-person`, `pick-person:manager` …); admins only, because it lists everybody. */
export const pickPerson: Action = {
  id: 'pick-person',
  handle: async () => ({ type: 'done' }),
  async options(query, press, services) {
    if (press.viewer.standing !== 'member' || !press.viewer.isAdmin) return []
    return searchPeople(query, services)
  },
}

async function searchPeople(query: string, services: BotServices) {
  const wanted = query.trim().toLowerCase()
  const chart = await services.chart()
  const found = chart.active
    .filter(({ name, emails }) => name.toLowerCase().includes(wanted) || emails.some((email) => email.includes(wanted)))
    .slice(0, 100)
  const called = namesApart(found, chart)
  return found.map((person) => ({ label: called(person), value: person.id, description: person.emails[0] }))
}

const linked = (slackUserId: string, { id, name }: Person, { ended, again }: LinkOutcome): Message => ({
  summary: `Linked to ${name}.`,
  parts: [
    {
      type: 'text',
      line: line(
        mention(slackUserId),
        ' is now ',
        bold(name),
        ended.length === 0 ? '.' : `, and no longer linked to ${listWords(ended.map((each) => each.name))}.`,
        ...linkedAgain(again),
      ),
      control: { type: 'button', label: 'Unlink', actionId: 'unlink', value: id },
    },
  ],
})

export const linkedAgain = (again: LinkOutcome['again']): readonly (string | Line)[] =>
  again.flatMap(({ person, slackUserId }) => [' ', bold(person.name), ' is linked to ', mention(slackUserId), ', as PEOPLE_FILE says.'])

export const one = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.[0])

/** `kind:id`. */
const split = (value: string | undefined): [string, string] => {
  const at = value?.indexOf(':') ?? -1
  return value === undefined || at < 0 ? ['', ''] : [value.slice(0, at), value.slice(at + 1)]
}
