// Many matches that one list of Slack changes, as when a company renames its e-mail domain and Gong has the new addresses first: all are in the
// record, admins get one message, and no statement grows with the company.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import { type ReportDeps, reportingMatches } from '../../src/people/reported-matches.ts'
import { readBody } from '../../src/reports/delivery-body.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { member } from '../kit/delivery-world.ts'
import { onBothBackends } from '../store/backends.ts'

const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
const admins = { adminNames: [], slackAdminsAreAdmins: true }
const directoryOf = (store: OpenedStore, more: Partial<ReportDeps> = admins) =>
  reportingMatches(store.directory, { clock, wake: async () => undefined, ...admins, ...more })

/** So many people in Gong under new addresses, and `staff` beside them; who they are in Slack under a domain. */
async function renamed(store: OpenedStore, count: number, staff: readonly SlackMember[]) {
  const ids = Array.from({ length: count }, (_, index) => index + 1000)
  const people = ids.map((id) => ({ id: String(id), name: `Rep ${id}`, emails: [`u${id}@new.example`], active: true }))
  await store.people.replaceAll(people, { readAt: clock.now(), seenOn: '2026-01-05' })
  const of = (domain: string) => [...ids.map((id) => member(`U${id}`, `Rep ${id}`, { email: `u${id}@${domain}` })), ...staff]
  await store.directory.replaceAll(of('old.example'), clock.now())
  return of('new.example')
}
const slackAdmins = (count: number) => Array.from({ length: count }, (_, index) => member(`UAD${index}`, 'Admin', { isSlackAdmin: true }))
const notices = async (store: OpenedStore) =>
  (await store.deliveries.byStatus('reserved', 9999)).map(({ channelId, body }) => [channelId, readBody(body ?? '').message.summary])

onBothBackends((backend) => {
  it('more than five are one message to each admin, which names nobody', async () => {
    const store = await backend.open({ clock })
    const read = await renamed(store, 300, slackAdmins(2))
    await directoryOf(store).replaceAll(read, clock.now())
    const said = expect.stringContaining('300 Slack users are matched to others in Gong now')
    expect((await notices(store)).toSorted()).toEqual([
      ['UAD0', said],
      ['UAD1', said],
    ])
    expect(await store.access.changes(999)).toHaveLength(300)
    expect((await store.directory.find('U1299'))?.email).toBe('u1299@new.example')
  })

  it('up to five are told each, however many admins there are, in statements of at most 500 rows', async () => {
    const store = await backend.open({ clock })
    const read = await renamed(store, 5, slackAdmins(260))
    await store.queue.executeSql('CREATE TABLE sizes (rows int)')
    await store.queue.executeSql(`CREATE FUNCTION counts() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO sizes SELECT count(*) FROM written; RETURN NULL; END $$`)
    await store.queue.executeSql(
      'CREATE TRIGGER counts AFTER INSERT ON deliveries REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION counts()',
    )
    await directoryOf(store).replaceAll(read, clock.now())
    expect(await notices(store)).toHaveLength(5 * 260)
    const { rows } = await store.queue.executeSql('SELECT rows FROM sizes ORDER BY rows')
    expect(rows).toEqual([{ rows: 300 }, { rows: 500 }, { rows: 500 }])
  })

  it('admins are those whom ADMINS names by id or address, and Slack admins where they count', async () => {
    const store = await backend.open({ clock })
    const staff = [
      member('UBYID', 'One'),
      member('UBYMAIL', 'Two', { email: 'Two@acme.test' }),
      member('UGONE', 'Three', { email: 'three@acme.test', deleted: true }),
      ...slackAdmins(1),
    ]
    const read = await renamed(store, 1, staff)
    const adminNames = ['ubyid', 'TWO@acme.test', 'three@acme.test']
    const told = async () => (await notices(store)).map(([id]) => id).toSorted()
    await directoryOf(store, { adminNames, slackAdminsAreAdmins: false }).replaceAll(read, clock.now())
    expect(await told()).toEqual(['UBYID', 'UBYMAIL'])
  })

  it.each([{ isGuest: true }, { deleted: true }, { isOutside: true }])(
    'nobody is told of %o, who is matched to nobody',
    async (standing) => {
      const store = await backend.open({ clock })
      const [changed] = await renamed(store, 1, slackAdmins(1))
      if (!changed) throw new Error('there is one')
      await store.directory.upsert({ ...changed, ...standing, email: 'old@old.example' })
      await directoryOf(store).upsert({ ...changed, ...standing })
      expect([await store.access.changes(9), await notices(store)]).toEqual([[], []])
    },
  )
})
