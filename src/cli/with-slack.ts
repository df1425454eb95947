// Slack for commands of the terminal: a client that goes the configured way out, closed with the work it was opened for. Somebody waits
// at the terminal: what fails is asked once, and no long wait is spent.
import type { Settings } from '../config/config.ts'
import { openEgress } from '../egress.ts'
import { readIdentity } from '../slack/bolt.ts'
import { createDirectory, type Directory } from '../slack/directory.ts'
import { createMemberPages } from '../slack/list-members.ts'
import { createOneTryClient } from '../slack/web-client.ts'
import type { Store } from '../store/store.ts'
import { type Surroundings, usualPatience } from './workbench.ts'

export interface SlackAtHand {
  readonly client: ReturnType<typeof createOneTryClient>
  /** Over the store handed in. */
  readonly directory: Directory
}

export async function withSlack<T>(
  settings: Pick<Settings, 'SLACK_BOT_TOKEN' | 'SLACK_API_URL' | 'HTTPS_PROXY' | 'NO_PROXY'>,
  store: Pick<Store, 'directory'>,
  { clock, log, patience: { slackMs, slackWaitMs, slackRetryMs } = usualPatience }: Surroundings,
  work: (slack: SlackAtHand) => Promise<T>,
): Promise<T> {
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  try {
    const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = settings
    const client = createOneTryClient(token, { apiUrl, fetch: egress.fetch }, slackMs)
    const identity = once(() => readIdentity(client))
    const memberPages = createMemberPages(client, undefined, slackRetryMs, undefined, slackWaitMs)
    return await work({
      client,
      directory: createDirectory({ client, memberPages, store: store.directory, home: identity, clock, log }),
    })
  } finally {
    await egress.close()
  }
}

/** The same answer for everybody who asks. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask()
    return asked
  }
}
