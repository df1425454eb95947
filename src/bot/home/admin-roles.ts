// Home for admins: roles given (coach of a person, viewer of an org), each with its end.
import type { Part } from '../../render/message.ts'
import { line, mention } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'

const shownAtMost = 10

export const roles: HomeSection = {
  id: 'roles',
  async write(viewer, services) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const given = await services.admin.roles()
    const { people } = await services.chart()
    const nameOf = (id: string): string => people.get(id)?.name ?? id
    return [
      { type: 'heading', text: 'Roles' },
      ...(given.length === 0
        ? [
            {
              type: 'text' as const,
              line: line(
                'Nobody has a role beyond the manager tree. A coach sees one person; a viewer sees a manager and everybody below by name.',
              ),
            },
          ]
        : given.slice(0, shownAtMost).map(
            ({ id, slackUserId, grant }): Part => ({
              type: 'item',
              line: line(
                mention(slackUserId),
                grant.type === 'coach' ? ` coaches ${nameOf(grant.personId)}` : ` sees ${nameOf(grant.orgOf)} and everybody below`,
                grant.until === undefined ? '' : `, until ${grant.until}`,
              ),
              controls: [
                {
                  type: 'button',
                  label: 'End',
                  actionId: 'revoke',
                  value: id,
                  confirm: { title: 'End this role?', text: 'The figures are no longer shown from now on.', yes: 'End', no: 'Keep' },
                },
              ],
            }),
          )),
      ...(given.length > shownAtMost ? [{ type: 'note' as const, line: line(`And ${given.length - shownAtMost} more.`) }] : []),
      { type: 'buttons', controls: [{ type: 'button', label: 'Give a role', actionId: 'grant' }] },
    ]
  },
}
