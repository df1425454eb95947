// Who asks: Slack signs the request and puts user, workspace and organization into its metadata. Only our own workspace or organization
// is answered; whether the user is a member, a guest or from another company is then looked up as for a command.
import { z } from 'zod'
import { errorCodes, RpcError } from './json-rpc.ts'

/** The workspace the bot is installed in. */
export interface Home {
  readonly teamId: string
  readonly enterpriseId?: string
}

const slackId = z.string().regex(/^[A-Z0-9]{2,30}$/)
const identity = z.object({
  _meta: z.object({
    slack: z.object({ user_id: slackId, team_id: slackId.nullish(), enterprise_id: slackId.or(z.literal('')).nullish() }),
  }),
})

/** The Slack user of a call. @throws RpcError when Slack does not say who asks, or it is somebody of another workspace */
export function askerOf(params: Readonly<Record<string, unknown>>, home: Home): string {
  const { success, data } = identity.safeParse(params)
  if (!success) throw new RpcError(errorCodes.params, 'Slack does not say who asks: _meta.slack.user_id and team_id are missing', 400)
  const { user_id: userId, team_id: teamId, enterprise_id: enterpriseId } = data._meta.slack
  // Of an organization every workspace may ask; the workspace alone counts where there is none.
  const isOurs = enterpriseId ? enterpriseId === home.enterpriseId : teamId === home.teamId
  if (!isOurs) throw new RpcError(errorCodes.forbidden, 'this bot answers people of its own workspace', 403)
  return userId
}
