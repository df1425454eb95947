// Slack for commands of the terminal: a client that goes the configured way out, closed with the work it was opened for.
import type { Settings } from '../config/config.ts'
import { openEgress } from '../egress.ts'
import { createSlackClient, readIdentity } from '../slack/bolt.ts'
import { createDirectory, type Directory } from '../slack/directory.ts'
import type { Store } from '../store/store.ts'
import type { Surroundings } from './workbench.ts'

export interface SlackAtHand {
  readonly client: ReturnType<typeof createSlackClient>
  /** Over the store handed in. */
  readonly directory: Directory
}

export async function withSlack<T>(
  settings: Pick<Settings, 'SLACK_BOT_TOKEN' | 'SLACK_API_URL' | 'HTTPS_PROXY' | 'NO_PROXY'>,
  store: Pick<Store, 'directory'>,
  { clock, log }: Surroundings,
  work: (slack: SlackAtHand) => Promise<T>,
): Promise<T> {
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  try {
    const client = createSlackClient({
      botToken: settings.SLACK_BOT_TOKEN,
      apiUrl: settings.SLACK_API_URL,
      log,
      fetch: egress.fetch,
    })
    return await work({
      client,
      directory: createDirectory({ client, store: store.directory, home: () => readIdentity(client), clock, log }),
    })
  } finally {
    await egress.close()
  }
}
