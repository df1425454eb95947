// Connects to Slack once it is known who the bot is: the client, the directory, viewers and the renderer. Receives nothing yet.

import type { Clock } from '../clock.ts'
import { ConfigError } from '../errors.ts'
import type { Log } from '../log.ts'
import { reportingMatches } from '../people/reported-matches.ts'
import { type Viewers, viewersOver } from '../people/viewers.ts'
import { type Naming, namingOf } from '../render/text/installed-names.ts'
import type { RenderForSlack } from '../slack-ports.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { SlackAccess } from './access.ts'
import { createSlackClient, readIdentity, type SlackIdentity } from './bolt.ts'
import { createDirectory, type Directory } from './directory.ts'
import { createHeardMembers, type HeardMembers } from './heard-members.ts'
import type { Hearing } from './hearing.ts'
import { createListingClient, createMemberPages } from './list-members.ts'
import { orgWideInWords } from './org-wide.ts'
import { createRefusedBlocks, type RefusedBlocks, renderForSlack } from './outbox/render-for-slack.ts'
import { mustBeOwnWorkspace } from './own-workspace.ts'

export interface ConnectedSlack {
  readonly access: SlackAccess
  readonly client: ReturnType<typeof createSlackClient>
  readonly identity: SlackIdentity
  /** For names, zones and languages, and to keep it up to date. */
  readonly directory: Directory
  /** For rights: whoever's change may have been missed is asked about in Slack. */
  readonly heard: { readonly members: HeardMembers; readonly directory: Pick<Directory, 'whoIs'> }
  readonly viewers: Viewers
  readonly refused: RefusedBlocks
  /** Under which names the commands are installed. */
  readonly naming: Naming
  readonly render: RenderForSlack
}

/** @throws ConfigError when Slack does not accept the token, cannot be reached or is another workspace; the words say what to look at */
export async function connectSlack(deps: {
  readonly botToken: string
  readonly apiUrl: string
  /** For a proxy. */
  readonly fetch: typeof globalThis.fetch | undefined
  readonly retryMs?: SlackAccess['retryMs']
  /** Between pages of the list of members; what Slack allows unless given. */
  readonly memberPageMs?: number | undefined
  readonly store: Pick<Store, 'directory' | 'access' | 'people' | 'tenant'>
  readonly hearing: Hearing
  readonly wake: Wake
  readonly clock: Clock
  readonly log: Log
  readonly zone: () => Promise<string>
  /** E-mails or Slack ids. */
  readonly adminNames: readonly string[]
  readonly slackAdminsAreAdmins: boolean
  readonly commandNames: readonly string[]
  readonly commandSuffix: string | undefined
}): Promise<ConnectedSlack> {
  const { botToken, apiUrl, fetch, store, clock, log, zone, adminNames, slackAdminsAreAdmins } = deps
  const access = { botToken, apiUrl, log, fetch, retryMs: deps.retryMs }
  const client = createSlackClient(access)
  const identity = await readIdentity(client).catch((cause: unknown) => {
    throw new ConfigError([
      `Slack does not accept SLACK_BOT_TOKEN, or SLACK_API_URL cannot be reached: ${cause instanceof Error ? cause.message : 'no answer'}`,
    ])
  })
  if (identity.isOrgWide) throw new ConfigError([`SLACK_BOT_TOKEN: ${orgWideInWords}`])
  await mustBeOwnWorkspace(store.tenant, identity.teamId)
  const memberPages = createMemberPages(createListingClient(access), undefined, access.retryMs, deps.memberPageMs)
  const home = async () => identity
  const stored = reportingMatches(store.directory, { adminNames, slackAdminsAreAdmins, clock, wake: deps.wake })
  const directory = createDirectory({ client, memberPages, store: stored, home, clock, log })
  const members = createHeardMembers(stored, deps.hearing, clock)
  const heardStore = { ...stored, ...members }
  const heard = { members, directory: createDirectory({ client, memberPages, store: heardStore, home, clock, log }) }
  const viewers = viewersOver({ ...store, directory: heardStore }, { directory: heard.directory, adminNames, slackAdminsAreAdmins, zone })
  const refused = createRefusedBlocks(store.tenant, clock)
  await refused.load()
  const naming = namingOf(deps.commandNames, deps.commandSuffix)
  return { access, client, identity, directory, heard, viewers, refused, naming, render: renderForSlack(refused, naming) }
}
