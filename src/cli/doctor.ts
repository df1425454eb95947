// Looks the whole installation over and says what it found: environment, Slack, database, Gong, people, channels. Changes nothing
// but the database's tables, which it brings up to date as a start would. Goes on after every failure with what can still be asked.
import { createConnection } from 'node:net'
import type { Config, Settings } from '../config.ts'
import { readConfig, readSettings } from '../config.ts'
import { localDateOf } from '../domain/period.ts'
import { ConfigError, GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import { describeGong } from '../gong/check.ts'
import { openEgress } from '../gong/pool.ts'
import { createSlackClient, readIdentity } from '../slack/bolt.ts'
import { checkSlack, type SlackCheck } from '../slack/check.ts'
import { createDirectory } from '../slack/directory.ts'
import { createGate, type GateVerdict } from '../slack/gate.ts'
import { createViewers } from '../slack/viewer.ts'
import type { Store } from '../store/store.ts'
import { costFinding } from './cost-finding.ts'
import type { Finding } from './finding.ts'
import { gongFindings } from './gong-findings.ts'
import { peopleFindings } from './people-findings.ts'
import { slackFindings } from './slack-findings.ts'
import { findStore, gongOptions, openWorkbench, type StoreFound, type Surroundings, scratchStore } from './workbench.ts'

/** `environment`: the process's own unless a test hands in another. Never throws for what an operator can put right. */
export async function examine(
  environment: Readonly<Record<string, string | undefined>> | undefined,
  around: Surroundings,
): Promise<Finding[]> {
  const config = tryConfig(environment)
  const findings: Finding[] = config.problems.map((says) => ({
    area: 'environment',
    state: 'to mend',
    says,
    remedy: 'See .env.example, or run npm run setup.',
  }))
  if (findings.length === 0) findings.push({ area: 'environment', state: 'good', says: 'Every variable is in order.' })
  const slack = await lookAtSlack(environment, around)
  if (slack) findings.push(...slackFindings(slack))
  if (!config.value) return findings
  if (config.value.slackTransport.type === 'http') findings.push(await portFinding(config.value.slackTransport.port))

  const found = await findStore(config.value, around)
  findings.push(databaseFinding(found, config.value.settings))
  const scratch = found.type === 'open' ? undefined : await scratchStore(config.value, around)
  const store = found.type === 'open' ? found.store : scratch
  if (!store) return findings
  try {
    const gong = await describeGong(gongOptions(config.value, store, around))
    findings.push(...gongFindings(gong, around.clock.now()))
    const usable = gong.contract !== undefined && gong.zone !== undefined && gong.problems.length === 0
    if (slack?.token.ok && usable) findings.push(...(await lookAtPeople(config.value, store, found, around)))
  } finally {
    await store.close()
  }
  return findings
}

function tryConfig(environment: Parameters<typeof readConfig>[0]): { readonly value?: Config; readonly problems: readonly string[] } {
  try {
    return { value: readConfig(environment), problems: [] }
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems }
    throw error
  }
}

/** Slack is asked even where something else is missing. Undefined without a usable bot token. */
async function lookAtSlack(environment: Parameters<typeof readConfig>[0], { clock }: Surroundings): Promise<SlackCheck | undefined> {
  let settings: Pick<Settings, 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_API_URL' | 'HTTPS_PROXY' | 'NO_PROXY'>
  try {
    settings = readSettings(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'HTTPS_PROXY', 'NO_PROXY'], environment)
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  try {
    return await checkSlack({
      botToken: settings.SLACK_BOT_TOKEN,
      ...(settings.SLACK_APP_TOKEN !== undefined && { appToken: settings.SLACK_APP_TOKEN }),
      slackApiUrl: `${settings.SLACK_API_URL}/`,
      now: () => clock.now(),
      ...(egress.fetch && { fetch: egress.fetch }),
    })
  } finally {
    await egress.close()
  }
}

/** Whether this machine's side of the request URL is open. What lies between Slack and here cannot be seen from here. */
async function portFinding(port: number): Promise<Finding> {
  if (port !== 0 && (await isOpen(port))) {
    // Ours refuses an unsigned request with 401.
    const status = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', signal: AbortSignal.timeout(5000) }).then(
      (answer) => answer.status,
      () => undefined,
    )
    if (status === 401)
      return { area: 'Slack', state: 'good', says: `The service answers at port ${port} and refuses what Slack did not sign.` }
    return {
      area: 'Slack',
      state: 'to mend',
      says: `Something else than this bot answers at port ${port}.`,
      remedy: 'Give the bot another PORT, or stop what uses this one.',
    }
  }
  return {
    area: 'Slack',
    state: 'worth knowing',
    says: `The service is not running: nothing listens at port ${port}.`,
    remedy: 'Start it with npm start; Slack must reach it at https://your-host/slack/events, the request URL of the app.',
  }
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 2000 })
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })

function databaseFinding(found: StoreFound, settings: Settings): Finding {
  const kind = settings.DATABASE_URL === undefined ? 'The embedded database' : 'The Postgres database'
  if (found.type === 'open') return { area: 'database', state: 'good', says: `${kind} opens and its tables are up to date.` }
  if (found.type === 'held')
    return {
      area: 'database',
      state: 'worth knowing',
      says: 'The running service holds the embedded database, so what is kept there cannot be looked at now.',
      remedy: 'Stop the service first to have its channels checked too.',
    }
  return { area: 'database', state: 'to mend', says: `${found.problems.join('. ')}.` }
}

/** People, admins, channels and what reading will cost. Fills a store that holds nothing yet, when it is a scratch one. */
async function lookAtPeople(config: Config, real: Store, found: StoreFound, around: Surroundings): Promise<Finding[]> {
  const { settings } = config
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  const access = {
    botToken: settings.SLACK_BOT_TOKEN,
    apiUrl: settings.SLACK_API_URL,
    log: around.log,
    ...(egress.fetch && { fetch: egress.fetch }),
  }
  const client = createSlackClient(access)
  const isRead = (await real.people.readAt()) !== undefined && (await real.directory.readAt()) !== undefined
  const store = isRead || found.type !== 'open' ? real : await scratchStore(config, around)
  const opened = await openWorkbench(config, store, around).catch(expected)
  try {
    if ('finding' in opened) return [opened.finding]
    const { gong, sync } = opened
    const directory = createDirectory({ client, store: store.directory, home: () => readIdentity(client), ...around })
    if (!isRead) {
      const answer = await gong.source.readPeople({ purpose: 'background' })
      await store.people.replaceAll(answer.records, { readAt: around.clock.now(), seenOn: '2015-01-01' })
      await directory.refresh()
    }
    const viewers = createViewers({
      directory,
      members: store.directory,
      chart: () => store.people.chart(),
      access: store.access,
      adminNames: settings.ADMINS,
      slackAdminsAreAdmins: settings.SLACK_ADMINS_ARE_ADMINS,
      zone: async () => gong.zone,
    })
    const gate = createGate({ client, members: store.directory, directory, allowGuests: settings.ALLOW_GUESTS, clock: around.clock })
    return [
      costFinding(await sync.plan(), {
        perSecond: settings.GONG_REQUESTS_PER_SECOND,
        perDay: settings.GONG_REQUESTS_PER_DAY,
        today: localDateOf(around.clock.now(), gong.zone),
      }),
      ...peopleFindings({
        chart: await store.people.chart(),
        matched: await viewers.matched(),
        admins: (await viewers.admins()).length,
        adminsConfigured: settings.ADMINS.length,
      }),
      ...(found.type === 'open' ? await channelFindings(real, (channelId) => gate.check(channelId)) : []),
    ]
  } catch (error) {
    return [expected(error).finding]
  } finally {
    if (!('finding' in opened)) await opened.gong.close()
    if (store !== real) await store.close()
    await egress.close()
  }
}

/** Gong's expected failures as a finding; anything else is a bug. */
function expected(error: unknown): { readonly finding: Finding } {
  const known = [GongRateLimited, GongRefused, GongSurprise, GongUnavailable, ConfigError].some((kind) => error instanceof kind)
  if (!known || !(error instanceof Error)) throw error
  return { finding: { area: 'Gong', state: 'to mend', says: `People cannot be read: ${error.message}.` } }
}

/** Every channel a digest goes to, once, through the gate each send passes. */
async function channelFindings(store: Store, check: (channelId: string) => Promise<GateVerdict>): Promise<Finding[]> {
  const digests = (await store.subscriptions.all()).filter(({ status }) => status === 'active')
  const channelIds = [...new Set(digests.flatMap(({ target }) => (target.type === 'channel' ? [target.channelId] : [])))]
  if (digests.length === 0)
    return [{ area: 'digests', state: 'worth knowing', says: 'No digest is set up yet.', remedy: 'Type /gong-digest new in Slack.' }]
  const findings: Finding[] = []
  for (const channelId of channelIds) {
    const verdict = await check(channelId)
    if (verdict.type === 'closed')
      findings.push({
        area: 'digests',
        state: 'to mend',
        says: `Channel ${channelId}: ${closedWords[verdict.reason]}.`,
        remedy: closedRemedies[verdict.reason],
      })
    if (verdict.type === 'unknown')
      findings.push({ area: 'digests', state: 'to mend', says: `Channel ${channelId} could not be looked at (${verdict.failure.error}).` })
  }
  if (findings.length === 0)
    findings.push({
      area: 'digests',
      state: 'good',
      says: `${digests.length} digests are set up; each of their ${channelIds.length} channels is open to the bot.`,
    })
  return findings
}

type GateReason = Extract<GateVerdict, { type: 'closed' }>['reason']
const closedWords: Readonly<Record<GateReason, string>> = {
  'not-member': 'the bot is not in it',
  archived: 'it is archived',
  shared: 'it is shared with another company',
  guests: 'guests can read it',
  outsiders: 'people of another company can read it',
}
const closedRemedies: Readonly<Record<GateReason, string>> = {
  'not-member': 'Invite the bot there with /invite.',
  archived: 'Move the digest to another channel.',
  shared: 'Move the digest: figures never go to a channel of two companies.',
  guests: 'Move the digest, or set ALLOW_GUESTS=true.',
  outsiders: 'Move the digest: figures never go there.',
}
