// Watches who is matched to whom while Slack's directory changes. A changed e-mail can make a Slack user somebody else in Gong, with that
// person's figures: it is written to the access log, and admins hear of it.
import type { Clock } from '../clock.ts'
import type { PersonId } from '../domain/person.ts'
import { line, mention } from '../render/text/text.ts'
import type { Store } from '../store/store.ts'
import { type NotifyDeps, notifyPerson } from './notify-person.ts'
import type { Viewers } from './viewers.ts'

export interface WatchDeps extends NotifyDeps {
  readonly store: Pick<Store, 'deliveries' | 'directory' | 'access' | 'people'>
  readonly clock: Clock
  readonly viewers: Pick<Viewers, 'personOfSlackUser' | 'admins'>
}

/** Runs `change`, then compares. `slackUserIds`: whom it may change; missing = everybody in the directory. */
export async function watchMatches(
  change: () => Promise<unknown>,
  slackUserIds: readonly string[] | undefined,
  deps: WatchDeps,
): Promise<void> {
  const before = await emailsOf(slackUserIds, deps)
  const matches = new Map<string, PersonId | undefined>()
  for (const slackUserId of before.keys()) matches.set(slackUserId, await deps.viewers.personOfSlackUser(slackUserId))
  await change()
  const after = await emailsOf([...before.keys()], deps)
  for (const [slackUserId, email] of before) {
    if (!after.has(slackUserId) || after.get(slackUserId) === email) continue
    const [was, is] = [matches.get(slackUserId), await deps.viewers.personOfSlackUser(slackUserId)]
    if (is !== undefined && is !== was) await reportMatch(slackUserId, was, is, deps)
  }
}

async function emailsOf(
  slackUserIds: readonly string[] | undefined,
  { store }: WatchDeps,
): Promise<ReadonlyMap<string, string | undefined>> {
  const members = slackUserIds ? [...(await store.directory.findMany(slackUserIds)).values()] : await store.directory.all()
  return new Map(members.map(({ slackUserId, email }) => [slackUserId, email]))
}

async function reportMatch(slackUserId: string, was: PersonId | undefined, is: PersonId, deps: WatchDeps): Promise<void> {
  const at = deps.clock.now()
  await deps.store.access.record([{ at, what: 'link', bySlackId: slackUserId, personId: is, detail: 'matched by a changed Slack e-mail' }])
  const { people } = await deps.store.people.chart()
  const nameOf = (id: PersonId): string => people.get(id)?.name ?? id
  const former = was === undefined ? 'nobody' : nameOf(was)
  const then = `is matched to ${nameOf(is)} in Gong now, because the e-mail in Slack changed; before, to ${former}. If that is wrong, link the right person in Home.`
  const message = {
    summary: `A Slack user ${then}`,
    parts: [{ type: 'text' as const, line: line(mention(slackUserId), ` ${then}`) }],
  }
  for (const admin of await deps.viewers.admins())
    await notifyPerson(admin, `admins:match:${slackUserId}:${at.toISOString()}`, message, deps)
}
