// Failed fetches of Slack's directory in a row, kept so that replicas and restarts agree on when it is tried again and since when it fails.
import type { TenantStore } from '../store/tenant.ts'

export interface DirectoryFailures {
  readonly count: number
  readonly firstAt: Date
  readonly lastAt: Date
}

const settingKey = 'directory-failures'

/** Undefined while fetching works, and before it was tried. */
export async function directoryFailures(tenant: Pick<TenantStore, 'setting'>): Promise<DirectoryFailures | undefined> {
  const text = await tenant.setting(settingKey)
  if (text === undefined) return undefined
  const { count, firstAt, lastAt } = JSON.parse(text) as Record<keyof DirectoryFailures, number & string>
  return { count, firstAt: new Date(firstAt), lastAt: new Date(lastAt) }
}

export const saveDirectoryFailures = (tenant: Pick<TenantStore, 'saveSetting'>, failures: DirectoryFailures): Promise<void> =>
  tenant.saveSetting(settingKey, JSON.stringify(failures))

export const endDirectoryFailures = async (tenant: Pick<TenantStore, 'takeSetting'>): Promise<void> =>
  void (await tenant.takeSetting(settingKey))
