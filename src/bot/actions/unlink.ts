// Takes an admin's link back: the person is matched by e-mail again, or by nothing. The admin service writes it to the access log.
import type { LinkOutcome } from '../../people/admin-service.ts'
import type { Message } from '../../render/message.ts'
import type { Modal } from '../../render/modal.ts'
import { bold, line, mention } from '../../render/text/text.ts'
import type { Action } from '../action.ts'
import type { BotServices } from '../command.ts'
import { namesApart } from '../words/names-apart.ts'
import { linkedAgain, one, requireAdmin } from './link.ts'
import { personInput } from './person-input.ts'

/** The value may name the person; another one can be chosen in the form. */
export const openUnlink: Action = {
  id: 'unlink',
  opensModal: true,
  async handle(press, services) {
    requireAdmin(press)
    const person = press.value === undefined ? undefined : (await services.chart()).people.get(press.value)
    const modal: Modal = {
      callbackId: 'unlink-save',
      title: 'Unlink a person',
      submit: 'Unlink',
      close: 'Cancel',
      parts: [
        {
          type: 'text',
          line: line(
            'Takes a link back that an admin made. The person is matched again by PEOPLE_FILE or e-mail, where that is possible, and so is whoever lost the Slack user by it.',
          ),
        },
        personInput('pick-linked', person),
      ],
    }
    return { type: 'modal', modal }
  },
}

export const saveUnlink: Action = {
  id: 'unlink-save',
  async handle(press, services) {
    requireAdmin(press)
    const personId = one(press.inputs['pick-linked'])
    if (!personId) return { type: 'errors', errors: { 'pick-linked': 'Choose a person.' } }
    const slackUserId = (await services.admin.links()).get(personId)
    if (slackUserId === undefined)
      return { type: 'errors', errors: { 'pick-linked': 'No admin linked this person, or the link was taken back.' } }
    const { again } = await services.admin.link(personId, null, press.viewer.slackUserId)
    return { type: 'reply', message: await unlinked(personId, slackUserId, again, services) }
  },
}

export const pickLinked: Action = {
  id: 'pick-linked',
  handle: async () => ({ type: 'done' }),
  async options(query, press, services) {
    if (press.viewer.standing !== 'member' || !press.viewer.isAdmin) return []
    const wanted = query.trim().toLowerCase()
    const chart = await services.chart()
    const found = [...(await services.admin.links()).keys()]
      .flatMap((id) => chart.people.get(id) ?? [])
      .filter(({ name, emails }) => name.toLowerCase().includes(wanted) || emails.some((email) => email.includes(wanted)))
      .slice(0, 100)
    const called = namesApart(found, chart)
    return found.map((person) => ({ label: called(person), value: person.id, description: person.emails[0] }))
  },
}

async function unlinked(personId: string, slackUserId: string, again: LinkOutcome['again'], services: BotServices): Promise<Message> {
  const name = (await services.chart()).people.get(personId)?.name ?? personId
  const now = await services.slackUserOfPerson(personId)
  const said =
    now === slackUserId
      ? ['The link that an admin made is gone. ', mention(slackUserId), ' is still matched to ', bold(name), '.']
      : [
          mention(slackUserId),
          ' is no longer linked to ',
          bold(name),
          ...(now === undefined ? ['. Nobody in Slack is matched to them now.'] : ['. ', mention(now), ' is matched to them now.']),
        ]
  return { summary: `Unlinked ${name}.`, parts: [{ type: 'text', line: line(...said, ...linkedAgain(again)) }] }
}
