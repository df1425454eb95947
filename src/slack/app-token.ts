// The app token opens Socket Mode and nothing else. One that was never good stops the start with words; one that was good and is refused now
// keeps nobody from their digests: the service goes on, admins are notified, and connections come back when Slack accepts it again.
import { createHash } from 'node:crypto'
import { ConfigError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Outages } from '../people/outages.ts'
import type { TenantStore } from '../store/tenant.ts'
import type { SlackAccess } from './access.ts'
import { classifySlackFailure, isRefusal } from './slack-failure.ts'
import type { Sockets } from './sockets.ts'
import { createOneTryClient } from './web-client.ts'

const settingKey = 'app-token-worked'

/** Recognizes a token without keeping it. */
const fingerprintOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 16)

/**
 * Asks for one socket address, which is not used.
 * @throws ConfigError when Slack refuses an app token that has never worked here. Anything that may pass is tried again by the keeper.
 */
export async function checkAppToken(
  appToken: string,
  {
    apiUrl,
    fetch,
    memory,
    log,
  }: Pick<SlackAccess, 'apiUrl' | 'fetch' | 'log'> & { readonly memory: Pick<TenantStore, 'setting' | 'saveSetting'> },
): Promise<void> {
  const client = createOneTryClient(appToken, { apiUrl, fetch }, 10_000)
  try {
    await client.apiCall('apps.connections.open')
    await memory.saveSetting(settingKey, fingerprintOf(appToken))
  } catch (error) {
    const failure = classifySlackFailure(error)
    if (!isRefusal(failure)) return
    if ((await memory.setting(settingKey)) === fingerprintOf(appToken))
      return log.error(
        { slackError: failure.error },
        'Slack refuses the app token, which worked before; the service starts without commands',
      )
    throw new ConfigError([`SLACK_APP_TOKEN: Slack does not accept it (${failure.error}). ${newTokenInWords}`])
  }
}

const newTokenInWords = 'Create an app-level token with the scope connections:write (Slack app → Basic Information → App-Level Tokens)'

/** Notifies admins of a refused app token and of its end. `onChange`: after either, so that Home says so. */
export function watchAppToken(deps: {
  readonly outages: Pick<Outages, 'begin' | 'end'>
  readonly log: Log
  onChange(): Promise<void>
}): (state: Sockets) => void {
  /** What was last written down; nothing is known at the start. */
  let isRefused: boolean | undefined
  let writing: Promise<void> = Promise.resolve()

  async function write({ refused }: Sockets): Promise<void> {
    if (refused === undefined) await deps.outages.end('app-token', 'Slack accepts SLACK_APP_TOKEN again: commands and buttons are heard.')
    else
      await deps.outages.begin(
        'app-token',
        `*Slack refuses SLACK_APP_TOKEN (${refused}), so commands and buttons are not heard. Digests go on.* ${newTokenInWords}, put it into SLACK_APP_TOKEN and start the service again. If the token is right, switch on Socket Mode there.`,
      )
    await deps.onChange()
  }

  return (state) => {
    const now = state.refused !== undefined
    if (now === isRefused || (!now && state.open === 0)) return
    isRefused = now
    writing = writing
      .then(() => write(state))
      .catch((error: unknown) => deps.log.error({ err: error }, 'Admins could not be notified about the app token'))
  }
}
