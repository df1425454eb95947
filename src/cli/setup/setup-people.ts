// The last part of the setup: the zone, who is found and matched, the first admin, what reading will cost, and a first digest. Works
// on the scratch store, into which people and Slack's directory are read here.

import type { Config } from '../../config/config.ts'
import { everyLeaderAlone } from '../../domain/onlookers.ts'
import { localDateOf, weekBefore } from '../../domain/period.ts'
import { AskError } from '../../errors.ts'
import { statsOver, weekStartOf } from '../../options.ts'
import { costFinding } from '../doctor/cost-finding.ts'
import { printFindings } from '../doctor/finding.ts'
import { matchedPeople } from '../doctor/matched-people.ts'
import { peopleFindings } from '../doctor/people-findings.ts'
import { preview } from '../preview/preview.ts'
import type { Prompts } from '../prompts.ts'
import { withSlack } from '../with-slack.ts'
import { openWorkbench, type Workbench } from '../workbench.ts'
import type { SetupDeps, Values } from './setup-deps.ts'

export async function setUpPeople(deps: SetupDeps, config: Config): Promise<Values> {
  const { prompts, scratch, around } = deps
  await prompts.working('Reading who is who in Slack', () =>
    withSlack(config.settings, scratch, around, ({ directory }) => directory.refresh()),
  )
  const zone = await settleZone(deps, config)
  const zoned = { ...config, settings: { ...config.settings, GONG_TIME_ZONE: zone ?? config.settings.GONG_TIME_ZONE } }
  const bench = await openWorkbench(zoned, scratch, around)
  try {
    await prompts.working('Reading who is who in Gong', async () => {
      const { records } = await bench.gong.source.fetchPeople({ purpose: 'background' })
      await scratch.people.replaceAll(records, { readAt: around.clock.now(), seenOn: localDateOf(around.clock.now(), bench.gong.zone) })
    })
    const admins = await askAdmin(deps, config)
    const { settings } = config
    prompts.say(
      printFindings([
        ...peopleFindings({
          chart: await scratch.people.chart(),
          matched: await matchedPeople(scratch),
          admins: admins === '' ? 0 : admins.split(',').length,
          adminsConfigured: admins === '' ? 0 : admins.split(',').length,
        }),
        costFinding(await bench.sync.plan(), {
          perSecond: settings.GONG_REQUESTS_PER_SECOND,
          perDay: settings.GONG_REQUESTS_PER_DAY,
        }),
      ]),
      'What was found',
    )
    await offerPreview(deps, zoned, bench)
    return { GONG_TIME_ZONE: zone, ADMINS: admins === '' ? undefined : admins }
  } finally {
    await bench.gong.close()
  }
}

/** The value that is set, else the answer to a question when Gong does not say. Undefined: Gong says. */
async function settleZone({ prompts, scratch, around }: SetupDeps, config: Config): Promise<string | undefined> {
  const { GONG_TIME_ZONE: known } = config.settings
  if (known !== undefined) return known
  const gongZone = await openWorkbench(config, scratch, around).then(
    async ({ gong }) => {
      await gong.close()
      return gong.zone
    },
    () => undefined,
  )
  if (gongZone !== undefined) {
    prompts.say(`Gong counts days in ${gongZone}.`)
    return undefined
  }
  const members = await scratch.directory.all()
  const usual = mostFrequent(members.flatMap((member) => (member.isBot || member.deleted || !member.zone ? [] : [member.zone])))
  if (
    usual !== undefined &&
    (await prompts.confirm({
      message: `Gong does not say in which zone it counts days. Most people are in ${usual}. Use it?`,
      initial: true,
    }))
  )
    return usual
  return askZone(prompts, usual)
}

async function askZone(prompts: Prompts, initial: string | undefined): Promise<string> {
  for (;;) {
    const zone = (await prompts.text({ message: "The company's zone in Gong, for example Europe/Berlin", initial })).trim()
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone || '-' }).resolvedOptions().timeZone
    } catch {
      prompts.warn(`${zone || 'Nothing'} is no time zone.`)
    }
  }
}

function mostFrequent(zones: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}

async function askAdmin({ prompts, scratch }: SetupDeps, { settings }: Config): Promise<string> {
  for (;;) {
    const known = settings.ADMINS.join(',')
    const answer = (await prompts.text({ message: 'E-mail of the first admin of the bot', ...(known && { initial: known }) })).trim()
    if (answer === '') {
      prompts.warn('Without an admin nobody can link people or see the company. Set ADMINS later.')
      return ''
    }
    const unknown: string[] = []
    const names = answer
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
    for (const name of names) {
      const member = (await scratch.directory.findByEmail(name.toLowerCase())) ?? (await scratch.directory.find(name))
      if (!member || member.deleted || member.isBot || member.isGuest || member.isOutside) unknown.push(name)
    }
    if (unknown.length === 0) return names.join(',')
    prompts.warn(`${unknown.join(', ')}: no member of this workspace has that address.`)
  }
}

/** Reads one team's last week and shows its digest: the first proof that everything hangs together. */
async function offerPreview({ prompts, scratch, around }: SetupDeps, config: Config, { gong, sync }: Workbench): Promise<void> {
  const chart = await scratch.people.chart()
  const [manager] = chart.managers
  if (!manager || !(await prompts.confirm({ message: "Read one team's last week now and show its digest here?", initial: true }))) return
  const now = around.clock.now()
  const today = localDateOf(now, gong.zone)
  const weekStart = weekStartOf(config)
  try {
    const { text } = await prompts.working('Reading one team', async () => {
      const personIds = chart.team(manager.id).map(({ id }) => id)
      await sync.ensureFetched({ period: weekBefore(today, weekStart), personIds, asker: 'setup' }, async () => undefined)
      const sources = {
        stats: statsOver(config, scratch, { ...around, onlookers: async () => everyLeaderAlone }),
        chart,
        today,
        now,
        zone: gong.zone,
        weekStart,
        gongAppUrl: config.settings.GONG_APP_URL,
      }
      return preview({ report: 'team', about: manager.id }, sources)
    })
    prompts.say(text.split('\n--- Block Kit ---')[0] ?? '', 'A team digest, as its channel would read it')
  } catch (error) {
    if (!(error instanceof AskError)) throw error
    prompts.warn(error.message)
  }
}
