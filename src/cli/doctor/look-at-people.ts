// The part of the doctor that needs both ends: who of Gong is found in Slack, who administers, and what reading will cost. Over the
// real store once it has been filled, else over one that is thrown away.
import type { Config } from '../../config/config.ts'
import { viewersOver } from '../../people/viewers.ts'
import type { Store } from '../../store/store.ts'
import { dataProblems } from '../../sync/data-problems.ts'
import { withSlack } from '../with-slack.ts'
import { openWorkbench, type Surroundings, scratchStore, seenLongAgo, usualPatience, type Workbench } from '../workbench.ts'
import { costFinding } from './cost-finding.ts'
import type { Finding } from './finding.ts'
import { peopleFindings } from './people-findings.ts'

/**
 * Over the real store once people were read, else over one that is thrown away; nothing where Gong would have to be asked for them and
 * has just refused. `mayAsk`: it has not. @throws what Slack, Gong or a bug throws.
 */
export async function lookAtPeople(config: Config, real: Store, mayAsk: boolean, given: Surroundings): Promise<Finding[]> {
  const isRead = (await real.people.readAt()) !== undefined && (await real.directory.readAt()) !== undefined
  if (!isRead && !mayAsk) return []
  const around = { ...given, patience: given.patience ?? usualPatience }
  const store = isRead ? real : await scratchStore(config, around)
  let bench: Workbench | undefined
  try {
    bench = await openWorkbench(config, store, { ...around, secrets: real.tenant })
    return await found(config, store, isRead, bench, around)
  } finally {
    await bench?.gong.close()
    if (store !== real) await store.close()
  }
}

const found = (config: Config, store: Store, isRead: boolean, { gong, sync }: Workbench, around: Surroundings): Promise<Finding[]> =>
  withSlack(config.settings, store, around, async ({ directory }) => {
    const { settings } = config
    if (!isRead) {
      const answer = await gong.source.fetchPeople({ purpose: 'background' })
      await store.people.replaceAll(answer.records, { readAt: around.clock.now(), seenOn: seenLongAgo })
      await directory.refresh()
    }
    const viewers = viewersOver(store, {
      directory,
      adminNames: settings.ADMINS,
      slackAdminsAreAdmins: settings.SLACK_ADMINS_ARE_ADMINS,
      zone: async () => gong.zone,
    })
    return [
      ...(await dataProblems(store, around.clock.now())).map(({ words }): Finding => ({ area: 'people', state: 'to fix', says: words })),
      costFinding(await sync.plan(), {
        perSecond: settings.GONG_REQUESTS_PER_SECOND,
        perDay: settings.GONG_REQUESTS_PER_DAY,
      }),
      ...peopleFindings({
        chart: await store.people.chart(),
        matched: await viewers.matched(),
        admins: (await viewers.admins()).length,
        adminsConfigured: settings.ADMINS.length,
      }),
    ]
  })
