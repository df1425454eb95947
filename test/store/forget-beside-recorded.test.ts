// A digest is changed, with its record, in the moment in which its owner is forgotten: both get through, one after the other.
import { sql } from 'drizzle-orm'
import { afterEach, expect, it } from 'vitest'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { openOn } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { noon, onPostgres, stillClock } from './backends.ts'

onPostgres((database) => {
  const opened: OpenedStore[] = []
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
  })
  const open = async (url: string): Promise<OpenedStore> => {
    const store = await openOn(url, { clock: stillClock() })
    opened.push(store)
    return store
  }

  it.each(['paused', 'deleted'])('%s', async (what) => {
    const url = await database()
    const [here, elsewhere, looking] = [await open(url), await open(url), await open(url)]
    const owner = { id: '101', name: 'Ana Diaz', emails: ['ana@acme.test'], active: true, slackUserId: 'U101' }
    await here.people.replaceAll([owner], { readAt: noon, seenOn: '2026-01-05' })
    await here.subscriptions.insert(teamDigest({ id: 's1', subjectId: undefined, kind: 'company', ownerSlackId: 'U101' }))
    let forgetting: Promise<unknown> | undefined
    const waiting = async () =>
      (await rowsOf(looking.database, sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
        .length
    await here.recorded(
      async ({ subscriptions }) => {
        if (what === 'paused') await subscriptions.updateUnlessStopped('s1', { status: 'paused', nextAt: null })
        else await subscriptions.remove('s1')
        forgetting = elsewhere.people.forget('101', '')
        await expect.poll(waiting).toBe(1)
      },
      () => [{ at: noon, what: 'change', bySlackId: 'UADMIN', detail: `digest company ${what}` }],
    )
    await forgetting
    expect((await here.people.chart()).people.size).toBe(0)
  })
})
