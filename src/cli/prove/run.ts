// `npm run prove` from its beginning to its report: Gong, then Slack, Gong's Team page and the shapes where somebody wants them. Knows no
// terminal: it asks through prompts, and goes without where there are none.
import type { Config } from '../../config/config.ts'
import { everyLeaderAlone } from '../../domain/onlookers.ts'
import { localDateOf, weekBefore } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import { openEgress } from '../../egress.ts'
import { AskError } from '../../errors.ts'
import { gongOptions, statsOver, weekStartOf } from '../../options.ts'
import type { Pace } from '../../slack/outbox/pacer.ts'
import { createPostingClient } from '../../slack/outbox/posting-client.ts'
import type { Store } from '../../store/store.ts'
import { failureFinding } from '../doctor/failure-finding.ts'
import { exitCodeOf, printFindings } from '../doctor/finding.ts'
import { withoutDatabase } from '../doctor/without-database.ts'
import { Cancelled, type Prompts } from '../prompts.ts'
import { openWorkbench, type Surroundings, scratchStore, seenLongAgo } from '../workbench.ts'
import { compareWithGong } from './compare.ts'
import { proveGong } from './prove.ts'
import { findingsOf, type ProvedStep, reportOf } from './report.ts'
import { proveSlack } from './slack-half.ts'
import type { FixtureFile } from './tenant-fixture.ts'

export interface ProveWishes {
  /** Where test messages go: a channel's id, or a person's; missing = asked for, and not done where nobody can be asked. */
  readonly place?: string | undefined
  /** Keep the shapes without asking. */
  readonly shapes: boolean
}

export interface ProveDeps {
  readonly config: Config
  /** Missing while the running service holds it: then Gong is asked over nothing that is kept. */
  readonly store: Store | undefined
  readonly around: Surroundings
  /** Missing where nobody can answer. */
  readonly prompts: Prompts | undefined
  readonly version: string
  readonly pace?: Pace
  onStep(step: string): void
}

export interface Proved {
  /** For the terminal. */
  readonly text: string
  /** For `prove-report.md`: without names, ids, figures and hosts. */
  readonly report: string
  /** The shapes, where they are to be kept. */
  readonly fixture: FixtureFile | undefined
  /** 0 when everything works, 1 when something is to fix. */
  readonly code: 0 | 1
}

export async function runProve(deps: ProveDeps, wishes: ProveWishes): Promise<Proved> {
  const { config, around, prompts, version } = deps
  const { settings } = config
  const limits = { perSecond: settings.GONG_REQUESTS_PER_SECOND, perDay: settings.GONG_REQUESTS_PER_DAY }
  const over = deps.store ?? withoutDatabase(around.storeChanges?.budget ?? limits, around.clock)
  const gong = await proveGong(gongOptions(config, over, around), (step) => deps.onStep(`Asking Gong: ${step}`))
  const steps: ProvedStep[] = [...gong.steps, await slackStep(deps, wishes.place)]
  if (prompts && gong.hasFigures && (await prompts.confirm({ message: "Compare last week with Gong's own Team page?", initial: false })))
    steps.push({
      title: "Held against Gong's Team page",
      area: 'figures',
      findings: await guarded('figures', () => compared(deps, prompts)),
    })
  const wanted = wishes.shapes || (gong.fixture !== undefined && prompts !== undefined && (await wantsShapes(prompts)))
  const findings = findingsOf(steps)
  return {
    text: printFindings(findings),
    report: reportOf(steps, { version, on: around.clock.now().toISOString().slice(0, 10) }),
    fixture: wanted ? gong.fixture : undefined,
    code: exitCodeOf(findings),
  }
}

const wantsShapes = (prompts: Prompts): Promise<boolean> =>
  prompts.confirm({
    message: "Keep the shapes of Gong's answers (names of fields and types, no values) as a file the project's tests can run against?",
    initial: false,
  })

/** What goes wrong on the way is a finding: the report is written whatever happens. */
async function guarded(area: ProvedStep['area'], look: () => Promise<ProvedStep['findings']>): Promise<ProvedStep['findings']> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return [error instanceof AskError ? { state: 'to fix', says: error.message } : failureFinding(area, error)]
  }
}

async function slackStep(deps: ProveDeps, given: string | undefined): Promise<ProvedStep> {
  const { config, around, prompts } = deps
  const { settings } = config
  const title = 'What Slack takes'
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  try {
    const slackApiUrl = `${settings.SLACK_API_URL}/`
    const posting = createPostingClient({ token: settings.SLACK_BOT_TOKEN, slackApiUrl, ...egress })
    const place = given ?? (prompts && (await askPlace(prompts, settings.ADMINS[0])))
    if (!place) {
      const remedy = 'Run npm run prove -- --channel with a channel the bot is in, or an e-mail address for direct messages.'
      return { title, area: 'Slack', findings: [{ state: 'worth knowing', says: 'Slack was not tried.', remedy }] }
    }
    const findings = await guarded('Slack', async () => {
      const id = await idOf(posting, place)
      const half = { place: id, posting, clock: around.clock, ...(deps.pace && { pace: deps.pace }) }
      return proveSlack(half, (kind) => deps.onStep(`Posting a test to Slack: ${kind}`))
    })
    return { title, area: 'Slack', findings }
  } finally {
    await egress.close()
  }
}

/** The first admin's direct messages unless somebody names a channel; undefined when Slack is to be left alone. */
async function askPlace(prompts: Prompts, admin: string | undefined): Promise<string | undefined> {
  const where = await prompts.text({
    message: 'Where may one test message of each kind be posted and deleted at once? An e-mail address or a channel id; - for nowhere',
    initial: admin,
  })
  return ['', '-'].includes(where.trim()) ? undefined : where.trim()
}

/** @throws AskError for what is neither an id nor the address of somebody in Slack. */
async function idOf(posting: ReturnType<typeof createPostingClient>, place: string): Promise<string> {
  if (/^[CGDUW][A-Z0-9]{2,}$/.test(place)) return place
  if (!place.includes('@'))
    throw new AskError("Name the channel by its id, which Slack shows at the end of the channel's details; or give an e-mail address.")
  return idOfAddress(posting, place)
}

async function idOfAddress(posting: ReturnType<typeof createPostingClient>, email: string): Promise<string> {
  const answer = await posting.apiCall('users.lookupByEmail', { email }).catch(() => undefined)
  const id = (answer as { readonly user?: { readonly id?: string } } | undefined)?.user?.id
  if (id === undefined) throw new AskError(`Slack finds nobody with the address ${email}. Name a channel's id instead.`)
  return id
}

/** Over a database that is gone afterwards. */
async function compared({ config, store, around }: ProveDeps, prompts: Prompts): Promise<ProvedStep['findings']> {
  const scratch = await scratchStore(config, around)
  const bench = await openWorkbench(config, scratch, { ...around, ...(store && { secrets: store.tenant }) })
  try {
    const { clock } = around
    const people = await bench.gong.source.fetchPeople({ purpose: 'background' })
    await scratch.people.replaceAll(people.records, { readAt: clock.now(), seenOn: seenLongAgo })
    const period = weekBefore(localDateOf(clock.now(), bench.gong.zone), weekStartOf(config))
    return await compareWithGong({
      prompts,
      stats: statsOver(config, scratch, { ...around, onlookers: async () => everyLeaderAlone }),
      chart: await scratch.people.chart(),
      period,
      fetch: (of: readonly Person[]) =>
        bench.sync.ensureFetched({ period, personIds: of.map(({ id }) => id), asker: 'prove' }, async () => undefined),
    })
  } finally {
    await bench.gong.close()
    await scratch.close()
  }
}
