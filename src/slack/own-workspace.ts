// The workspace a database belongs to: its people, links, roles and digests are that one's. Under another workspace's token the bot would find
// none of its channels there and pause every digest.
import { ConfigError } from '../errors.ts'
import type { TenantStore } from '../store/tenant.ts'

const settingKey = 'slack-workspace'

/** In words, where the database belongs to another workspace than the bot token does; undefined where nothing is wrong. */
export const otherWorkspaceProblem = async (tenant: Pick<TenantStore, 'setting'>, teamId: string): Promise<string | undefined> =>
  inWords(await tenant.setting(settingKey), teamId)

/** @throws ConfigError under the token of another one */
export async function mustBeOwnWorkspace(tenant: Pick<TenantStore, 'setting'>, teamId: string): Promise<void> {
  const problem = await otherWorkspaceProblem(tenant, teamId)
  if (problem) throw new ConfigError([problem])
}

/**
 * Remembers the workspace at the first start, once nothing of the configuration can end it any more: by then the tokens are of one workspace.
 * @throws ConfigError under the token of another one
 */
export async function keepToWorkspace(tenant: Pick<TenantStore, 'settleSetting'>, teamId: string): Promise<void> {
  const problem = inWords(await tenant.settleSetting(settingKey, teamId), teamId)
  if (problem) throw new ConfigError([problem])
}

const inWords = (ownId: string | undefined, teamId: string): string | undefined =>
  ownId === undefined || ownId === teamId
    ? undefined
    : `SLACK_BOT_TOKEN: it is of workspace ${teamId}, and the database belongs to workspace ${ownId}. Use the token of that one, or give this one a database of its own (DATABASE_URL or DATA_DIR)`
