// users.*, auth.test, team.info and usergroups: who is who. E-mails only with their own scope.
import { knownUser, limitArgument, type Method, page, textArgument } from '../method.ts'
import { userObject } from '../objects.ts'
import { Refusal } from '../refusal.ts'

export const userMethods: readonly Method[] = [
  {
    name: 'auth.test',
    tier: 'special',
    scopes: [],
    run(_args, { workspace, origin }) {
      return {
        url: `${origin()}/`,
        team: workspace.teamName,
        user: 'gong-digest',
        team_id: workspace.teamId,
        user_id: workspace.botUserId,
        bot_id: workspace.botId,
        app_id: workspace.appId,
        is_enterprise_install: workspace.isOrgWide === true,
      }
    },
  },
  {
    name: 'users.info',
    tier: 4,
    scopes: ['users:read'],
    run: (args, world) => ({ user: userObject(knownUser(textArgument(args, 'user'), world), world.workspace, world.manifest) }),
  },
  {
    name: 'users.list',
    tier: 2,
    scopes: ['users:read'],
    run(args, { workspace, manifest }) {
      const { items, cursor } = page([...workspace.users.values()], args, limitArgument(args, 1000, 1000))
      return { members: items.map((user) => userObject(user, workspace, manifest)), response_metadata: { next_cursor: cursor } }
    },
  },
  {
    name: 'users.lookupByEmail',
    tier: 3,
    scopes: ['users:read.email'],
    run(args, { workspace, manifest }) {
      const email = textArgument(args, 'email').toLowerCase()
      const user = [...workspace.users.values()].find((known) => known.email?.toLowerCase() === email && !known.isOutside)
      if (!user || user.deleted) throw new Refusal('users_not_found')
      return { user: userObject(user, workspace, manifest) }
    },
  },
  {
    name: 'team.info',
    tier: 3,
    scopes: ['team:read'],
    run: (_args, { workspace }) => ({ team: { id: workspace.teamId, name: workspace.teamName, domain: workspace.domain } }),
  },
  {
    name: 'usergroups.users.list',
    tier: 2,
    scopes: ['usergroups:read'],
    run(args, { workspace }) {
      const group = workspace.userGroups.get(textArgument(args, 'usergroup'))
      if (!group) throw new Refusal('no_such_subteam')
      return { users: group.memberIds }
    },
  },
]
