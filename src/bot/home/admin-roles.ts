// Home for admins: roles given (coach of a person, viewer of an org), newest first, each with its end; older ones are found by name.
import { cutList } from '../../domain/cut-list.ts'
import type { Part } from '../../render/message.ts'
import { bold, line, mention } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'

const shownAtMost = 10

export const roles: HomeSection = {
  id: 'roles',
  async write(viewer, services) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const given = await services.admin.roles()
    const { people } = await services.chart()
    const nameOf = (id: string): string => people.get(id)?.name ?? id
    const { shown, more } = cutList(given, shownAtMost)
    const words = given.length === 0 ? 'nobody sees more than the manager tree gives.' : `${given.length} given beside the manager tree.`
    return [
      { type: 'text', line: line(bold('Roles:'), ' ', words), control: { type: 'button', label: 'Give a role', actionId: 'grant' } },
      ...shown.map(
        ({ id, slackUserId, grant }): Part => ({
          type: 'text',
          line: line(
            mention(slackUserId),
            grant.type === 'coach' ? ` coaches ${nameOf(grant.personId)}` : ` sees ${nameOf(grant.orgOf)} and everybody below`,
            grant.until === undefined ? '' : `, until ${grant.until}`,
          ),
          control: {
            type: 'button',
            label: 'End',
            actionId: 'revoke',
            value: id,
            confirm: {
              title: 'End this role?',
              text: 'What this role alone opens is no longer shown from now on.',
              yes: 'End',
              no: 'Keep',
            },
          },
        }),
      ),
      ...(more > 0
        ? [
            {
              type: 'text' as const,
              line: line(`And ${more} more, given earlier.`),
              control: { type: 'button' as const, label: 'End another role', actionId: 'end-role' },
            },
          ]
        : []),
    ]
  },
}
