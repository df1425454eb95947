// The setting "cards that count", which admins change from Home. Scorecards outside it are neither fetched nor counted anywhere. Both
// steps check the presser again; the admin service records who changed it to what.
import type { Modal } from '../../render/modal.ts'
import { line } from '../../render/text/text.ts'
import type { Action } from '../action.ts'
import { requireAdmin } from './link.ts'

const input = 'count-cards-chosen'

export const openCountedCards: Action = {
  id: 'count-cards',
  opensModal: true,
  async handle(press, services) {
    requireAdmin(press)
    const { known, counted } = await services.admin.cards()
    const modal: Modal = {
      callbackId: 'count-cards-save',
      title: 'Cards that count',
      submit: 'Save',
      close: 'Cancel',
      parts: [
        {
          type: 'text',
          line: line(
            'Averages, coverage and reminders rest on these cards, for everybody. Cards chosen back are read again; until then figures say what is missing. Once they are changed, weeks that have ended are shown by name only.',
          ),
        },
        {
          type: 'input',
          id: input,
          label: 'Scorecards',
          optional: true,
          hint: 'Leave empty to count all. A card made in Gong later is met, and offered here, only while all count.',
          element: {
            type: 'multi-select',
            choices: known.map(({ id, name }) => ({ label: name.trim() || 'Without a name', value: id })),
            initial: counted.map(({ id }) => id),
          },
        },
      ],
    }
    return { type: 'modal', modal }
  },
}

export const saveCountedCards: Action = {
  id: 'count-cards-save',
  async handle(press, services) {
    requireAdmin(press)
    const given = press.inputs[input]
    const ids = given === undefined ? [] : typeof given === 'string' ? [given] : given
    const { known } = await services.admin.cards()
    const offered = new Set(known.map(({ id }) => id))
    if (ids.some((id) => !offered.has(id))) return { type: 'errors', errors: { [input]: 'Choose cards from the list.' } }
    await services.admin.countCards(ids, press.viewer.slackUserId)
    return { type: 'done', home: true }
  },
}
