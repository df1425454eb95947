// `npm run preview <report> [who] [--period "last month"] [--demo]`: prints a message as a person reads it and as Block Kit JSON,
// from what the service has read or, with --demo, from the simulated company.

import { parseArgs } from 'node:util'
import { isAnswer } from '../../bot/words/complete-period.ts'
import { readPeriodPhrase } from '../../bot/words/period.ts'
import { systemClock } from '../../clock.ts'
import { type Config, readConfig } from '../../config/config.ts'
import { everyLeaderAlone } from '../../domain/onlookers.ts'
import { localDateOf } from '../../domain/period.ts'
import { AskError, ConfigError } from '../../errors.ts'
import { createLog } from '../../log.ts'
import { statsOver, weekStartOf } from '../../options.ts'
import type { Store } from '../../store/store.ts'
import { argument } from '../argument.ts'
import { runCommand } from '../run-command.ts'
import { findStore, type Surroundings } from '../workbench.ts'
import { type PreviewWork, preview, previewNamed, previews } from './preview.ts'

const help = `npm run preview -- <report> [who] [--period "last month"] [--demo]

  report    ${previews.join(', ')}
  who       an e-mail, a Gong id or part of a name
  --period  the period of an answer (stats, scorecards, coaching): last week unless given
  --demo    of the simulated company; nothing need be set up`

async function main(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { period: { type: 'string' }, demo: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  const [report, ...who] = positionals
  if (values.help || report === undefined) {
    console.log(help)
    return
  }
  // Before anything is opened or fetched for it.
  const ask = { report: previewNamed(argument('The report', report)), ...(who.length > 0 && { about: argument('Who', who.join(' ')) }) }
  const over = values.demo ? (await import('./demo-company.ts')).overDemoCompany : withStore
  await over((config, store, around, zone) => print(ask, argument('--period', values.period), config, store, around, zone))
}

async function withStore(work: PreviewWork): Promise<void> {
  const config = readConfig()
  const around = { clock: systemClock, log: createLog('silent') }
  const found = await findStore(config, around)
  if (found.type === 'held')
    throw new AskError('The running service holds the database. Use /gong-digest preview in Slack, stop the service, or add --demo.')
  if (found.type === 'closed') throw new ConfigError(found.problems)
  try {
    const zone = config.settings.GONG_TIME_ZONE ?? (await found.store.tenant.get('zone'))
    if (!zone) throw new AskError('Nothing was read from Gong yet. Start the service once, or add --demo.')
    await work(config, found.store, around, zone)
  } finally {
    await found.store.close()
  }
}

async function print(
  ask: { readonly report: string; readonly about?: string },
  phrase: string | undefined,
  config: Config,
  store: Store,
  around: Surroundings,
  zone: string,
): Promise<void> {
  const now = around.clock.now()
  const today = localDateOf(now, zone)
  const weekStart = weekStartOf(config)
  const reading = phrase === undefined ? undefined : readPeriodPhrase(phrase, { today, weekStart })
  if (phrase !== undefined && !reading)
    throw new AskError(`"${phrase}" is no period I know. Try "last week", "November" or "2026-11-01..2026-11-15".`)
  if (reading && !isAnswer(reading)) throw new AskError(`${reading.why} Try "${reading.instead.join('" or "')}".`)
  // What readers are newly shown is for the service to decide, which knows everybody's role.
  const reads = { ...store.reads, release: async () => false }
  const { text, shows } = await preview(
    { ...ask, ...(reading && { period: reading.period }) },
    {
      stats: statsOver(config, { reads }, { ...around, onlookers: async () => everyLeaderAlone }),
      chart: await store.people.chart(),
      today,
      now,
      zone,
      weekStart,
      gongAppUrl: config.settings.GONG_APP_URL,
    },
  )
  // Written down before it is shown: everybody can see who has seen their numbers.
  const record = { at: now, what: 'view', bySlackId: 'whoever runs the bot, in a terminal', detail: 'npm run preview' } as const
  await store.access.record(shows.map((personId) => ({ ...record, personId })))
  process.stdout.write(text)
}

await runCommand(() => main(process.argv.slice(2)))
