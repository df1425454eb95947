// Looks the whole installation over and says what it found: environment, Slack, database, Gong, people, channels. Changes nothing that
// a running service works by, except that it ends a pause of Gong requests when asked to. Goes on after every failure with what can still be
// asked.

import type { Config, Settings } from '../../config/config.ts'
import { misspelledInWords, readConfig, readSettings } from '../../config/config.ts'
import type { Misspelled } from '../../config/misspelled.ts'
import { openEgress } from '../../egress.ts'
import { ConfigError } from '../../errors.ts'
import { describeGong } from '../../gong/check/check.ts'
import { gongOptions } from '../../options.ts'
import { checkSlack, type SlackCheck } from '../../slack/check.ts'
import { otherWorkspaceProblem } from '../../slack/own-workspace.ts'
import type { Store } from '../../store/store.ts'
import { version } from '../../version.ts'
import { findStore, lookingOnly, type Surroundings, usualPatience } from '../workbench.ts'
import { channelFindings } from './channel-findings.ts'
import { databaseFinding, encryptionFindings } from './database-finding.ts'
import { failureFinding } from './failure-finding.ts'
import type { Finding } from './finding.ts'
import { gongFindings } from './gong-findings.ts'
import { lookAtPeople } from './look-at-people.ts'
import { clearPause, pauseFinding } from './pause-finding.ts'
import { reachabilityFinding } from './reachability-finding.ts'
import { runningServiceFindings } from './running-service.ts'
import { slackFindings } from './slack-findings.ts'
import { slackbotFindings } from './slackbot-finding.ts'
import { withoutDatabase } from './without-database.ts'

/**
 * `environment`: the process's own unless a test hands in another. `clearPause`: lets Gong requests go on. `onStep`: called with what Gong
 * is being asked. Never throws for what an operator can put right.
 */
export async function examine(
  environment: Readonly<Record<string, string | undefined>> | undefined,
  around: Surroundings,
  wish: { readonly clearPause: boolean; readonly onStep?: (step: string) => void } = { clearPause: false },
): Promise<Finding[]> {
  const config = tryConfig(environment)
  const findings: Finding[] = [
    { area: 'environment', state: 'good', says: `gong-digest ${version} on Node ${process.versions.node}.` },
    ...config.problems.map(
      (says): Finding => ({ area: 'environment', state: 'to fix', says, remedy: 'See .env.example, or run npm run setup.' }),
    ),
  ]
  if (config.problems.length === 0) findings.push({ area: 'environment', state: 'good', says: 'Every variable is in order.' })
  findings.push(...(config.value?.misspelled ?? []).map(misspelledFinding))
  const slack = await lookAtSlack(environment, around)
  if (slack) findings.push(...slackFindings(slack), ...slackbotFindings(slack, config.value?.mcp !== undefined))
  if (!config.value) return findings
  if (config.value.slackTransport.type === 'http')
    findings.push(await reachabilityFinding(config.value.slackTransport.port, config.value.slackTransport.host))

  const { settings } = config.value
  const found = await findStore(config.value, around)
  findings.push(databaseFinding(found, settings))
  const store = found.type === 'open' ? lookingOnly(found.store) : undefined
  try {
    if (store)
      findings.push(...(await guarded('database', async () => encryptionFindings(settings.DATABASE_URL, await store.isEncrypted()))))
    if (store && slack?.token.ok) {
      const { teamId } = slack.token
      findings.push(...(await guarded('Slack', () => workspaceFindings(store, teamId))))
    }
    if (found.type === 'held') findings.push(...(await runningServiceFindings(settings.DATA_DIR)))
    if (wish.clearPause) findings.push(...(await guarded('database', async () => [await clearPause(found)])))
    findings.push(...(await guarded('Gong', () => lookAtGong(config.value as Config, store, slack, around, wish.onStep))))
    if (slack?.token.ok && store) findings.push(...(await guarded('digests', () => channelFindings(settings, store, around))))
  } finally {
    await store?.close()
  }
  return findings
}

async function workspaceFindings({ tenant }: Store, teamId: string): Promise<Finding[]> {
  const problem = await otherWorkspaceProblem(tenant, teamId)
  return problem === undefined
    ? []
    : [{ area: 'Slack', state: 'to fix', says: `${problem}.`, remedy: 'Until then the service does not start.' }]
}

async function lookAtGong(
  config: Config,
  store: Store | undefined,
  slack: SlackCheck | undefined,
  around: Surroundings,
  onStep: ((step: string) => void) | undefined,
): Promise<Finding[]> {
  // A refresh token works once: taken without the database, it would be lost, and the service could not go on.
  if (!store && config.gongCredentials.type === 'oauth') return [tokensElsewhere]
  const { settings } = config
  const limits = { perSecond: settings.GONG_REQUESTS_PER_SECOND, perDay: settings.GONG_REQUESTS_PER_DAY }
  const over = store ?? withoutDatabase(around.storeChanges?.budget ?? limits, around.clock)
  const pause = await pauseFinding(over.budget)
  if (pause) return [pause]
  const gong = await describeGong({ ...gongOptions(config, over, around), limits: around.patience?.gong }, onStep)
  const isUsable = gong.contract !== undefined && gong.zone !== undefined && gong.problems.length === 0
  const mayAsk = gong.activePeople !== undefined
  const people = store && slack?.token.ok && isUsable ? await guarded('people', () => lookAtPeople(config, store, mayAsk, around)) : []
  return [...gongFindings(gong, around.clock.now()), ...people]
}

/** The doctor goes on whatever happens: what nobody foresaw is a finding too, without anything it carries. */
async function guarded(area: Finding['area'], look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [failureFinding(area, error)]
  }
}

const misspelledFinding = (misspelled: Misspelled): Finding => ({
  area: 'environment',
  state: 'worth knowing',
  says: `${misspelledInWords(misspelled)}.`,
  remedy: `Rename it to ${misspelled.meant}, or take it away.`,
})

const tokensElsewhere: Finding = {
  area: 'Gong',
  state: 'worth knowing',
  says: 'Gong is not asked: its OAuth tokens work once and lie in the database, which cannot be opened now.',
  remedy: 'While the service runs, an admin sees in its Home tab how reading Gong goes; or stop it and run the doctor again.',
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
async function lookAtSlack(
  environment: Parameters<typeof readConfig>[0],
  { clock, patience = usualPatience }: Surroundings,
): Promise<SlackCheck | undefined> {
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
      fetch: egress.fetch,
      timeoutMs: patience.slackMs,
    })
  } finally {
    await egress.close()
  }
}
