// Ends a role: from its line on Home, or any role found by the name of its holder or of whom it is about. The admin service writes it to the
// access log.
import { AskError } from '../../errors.ts'
import type { Modal } from '../../render/modal.ts'
import { line } from '../../render/text/text.ts'
import type { Action } from '../action.ts'
import { one, requireAdmin } from './link.ts'

export const revoke: Action = {
  id: 'revoke',
  async handle(press, services) {
    requireAdmin(press)
    const role = (await services.admin.roles()).find(({ id }) => id === press.value)
    if (!role) throw new AskError('This role has ended already.')
    await services.admin.revoke(role.id, press.viewer.slackUserId)
    return { type: 'done', home: true }
  },
}

export const openEndRole: Action = {
  id: 'end-role',
  opensModal: true,
  async handle(press) {
    requireAdmin(press)
    const modal: Modal = {
      callbackId: 'end-role-save',
      title: 'End a role',
      submit: 'End',
      close: 'Cancel',
      parts: [
        { type: 'text', line: line('What this role alone opens is no longer shown from now on. Both people are notified.') },
        {
          type: 'input',
          id: 'pick-role',
          label: 'Role',
          hint: 'Begin to type the name of who has it, or of whom it is about.',
          element: { type: 'search' },
        },
      ],
    }
    return { type: 'modal', modal }
  },
}

export const saveEndRole: Action = {
  id: 'end-role-save',
  async handle(press, services) {
    requireAdmin(press)
    const chosen = one(press.inputs['pick-role'])
    const role = (await services.admin.roles()).find(({ id }) => id === chosen)
    if (!role) return { type: 'errors', errors: { 'pick-role': chosen ? 'This role has ended already.' : 'Choose a role.' } }
    await services.admin.revoke(role.id, press.viewer.slackUserId)
    return { type: 'done', home: true }
  },
}

export const pickRole: Action = {
  id: 'pick-role',
  handle: async () => ({ type: 'done' }),
  async options(query, press, services) {
    if (press.viewer.standing !== 'member' || !press.viewer.isAdmin) return []
    const found = await services.admin.searchRoles(query, 100)
    return found.map(({ id, grant, holder, subject }) => ({
      label: grant.type === 'coach' ? `${holder} coaches ${subject}` : `${holder} sees ${subject} and everybody below`,
      value: id,
      description: grant.until === undefined ? undefined : `until ${grant.until}`,
    }))
  },
}
