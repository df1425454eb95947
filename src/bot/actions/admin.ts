// Admin actions from Home: move a person under another manager, give a role (coach of a person, viewer of an org). Each action
// checks the presser again; the admin service writes it to the access log.
import { cutText } from '../../domain/outside-text.ts'
import { isCalendarDate, isPlausibleDate, latestDate } from '../../domain/plausible-date.ts'
import type { Modal } from '../../render/modal.ts'
import { line } from '../../render/text/text.ts'
import type { Action } from '../action.ts'
import { one, requireAdmin } from './link.ts'

/** A right holds for what was: a sum that somebody was shown before they had it cannot be taken back. */
const pastWeeks = (whoSees: string): string =>
  `${whoSees} past weeks by name too. From team figures they saw before, they can then work out those of the rest of the team.`

/** Value of the manager input that takes a correction back. */
const asGongSays = 'as-gong-says'

export const openMove: Action = {
  id: 'move',
  opensModal: true,
  async handle(press, services) {
    requireAdmin(press)
    const chart = await services.chart()
    const person = press.value === undefined ? undefined : chart.people.get(press.value)
    const modal: Modal = {
      callbackId: 'move-save',
      title: 'Move a person',
      submit: 'Move',
      close: 'Cancel',
      parts: [
        { type: 'text', line: line('Puts a person under another manager here. Gong is not changed; the move survives refreshes.') },
        { type: 'text', line: line(pastWeeks('The manager sees')) },
        {
          type: 'input',
          id: 'pick-person',
          label: 'Person',
          element: { type: 'search', initial: person && { label: cutText(person.name, 75) || person.id, value: person.id } },
        },
        {
          type: 'input',
          id: 'pick-person:manager',
          label: 'Manager',
          optional: true,
          hint: 'Leave empty to follow Gong again.',
          element: { type: 'search' },
        },
      ],
    }
    return { type: 'modal', modal }
  },
}

export const saveMove: Action = {
  id: 'move-save',
  async handle(press, services) {
    requireAdmin(press)
    const chart = await services.chart()
    const personId = one(press.inputs['pick-person'])
    const managerId = one(press.inputs['pick-person:manager']) ?? asGongSays
    if (!personId || !chart.people.has(personId)) return { type: 'errors', errors: { 'pick-person': 'Choose a person.' } }
    if (managerId !== asGongSays) {
      if (!chart.people.get(managerId)?.active)
        return { type: 'errors', errors: { 'pick-person:manager': 'Choose somebody who works here.' } }
      const circle = managerId === personId || chart.above(managerId).some(({ id }) => id === personId)
      if (circle) return { type: 'errors', errors: { 'pick-person:manager': 'That person reports to the one you move: a circle.' } }
    }
    await services.admin.move(personId, managerId === asGongSays ? null : managerId, press.viewer.slackUserId)
    return { type: 'done', home: true }
  },
}

export const openGrant: Action = {
  id: 'grant',
  opensModal: true,
  async handle(press) {
    requireAdmin(press)
    const modal: Modal = {
      callbackId: 'grant-save',
      title: 'Give a role',
      submit: 'Give',
      close: 'Cancel',
      parts: [
        { type: 'input', id: 'grant-user', label: 'Who gets it', element: { type: 'user' } },
        {
          type: 'input',
          id: 'grant-role',
          label: 'Role',
          element: {
            type: 'radio',
            initial: 'coach',
            choices: [
              { label: 'Coach of a person', value: 'coach', description: "Sees that person's figures as a manager would." },
              { label: 'Viewer of an org', value: 'viewer', description: 'Sees a manager and everybody below by name.' },
            ],
          },
        },
        { type: 'input', id: 'pick-person', label: 'The person, or the manager of the org', element: { type: 'search' } },
        { type: 'input', id: 'grant-until', label: 'Until (the day it ends)', optional: true, element: { type: 'date' } },
        { type: 'text', line: line(pastWeeks('Whoever gets it sees')) },
      ],
    }
    return { type: 'modal', modal }
  },
}

export const saveGrant: Action = {
  id: 'grant-save',
  async handle(press, services) {
    requireAdmin(press)
    const slackUserId = one(press.inputs['grant-user'])
    const role = one(press.inputs['grant-role'])
    const personId = one(press.inputs['pick-person'])
    const until = one(press.inputs['grant-until'])
    const chart = await services.chart()
    if (!slackUserId) return { type: 'errors', errors: { 'grant-user': 'Choose who gets the role.' } }
    if ((await services.outbox.viewerOf(slackUserId)).standing !== 'member') {
      return { type: 'errors', errors: { 'grant-user': 'Guests, bots and people of other companies see no figures.' } }
    }
    if (role !== 'coach' && role !== 'viewer') return { type: 'errors', errors: { 'grant-role': 'Choose a role.' } }
    if (!personId || !chart.people.has(personId)) return { type: 'errors', errors: { 'pick-person': 'Choose a person.' } }
    const today = await services.today()
    if (until !== undefined && !(isCalendarDate(until) && until > today))
      return { type: 'errors', errors: { 'grant-until': 'Choose a day to come.' } }
    if (until !== undefined && !isPlausibleDate(until, today))
      return { type: 'errors', errors: { 'grant-until': `Choose a day up to ${latestDate(today)}.` } }
    const end = until === undefined ? {} : { until }
    await services.admin.grant(
      slackUserId,
      role === 'coach' ? { type: 'coach', personId, ...end } : { type: 'viewer', orgOf: personId, ...end },
      press.viewer.slackUserId,
    )
    return { type: 'done', home: true }
  },
}
