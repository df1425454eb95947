// Watches who is matched to whom while Slack's directory changes. A changed e-mail can make a Slack user somebody else in Gong, with that
// person's figures: it is written to the access log, and admins hear of it.
import type { Clock } from '../clock.ts'
import type { PersonId } from '../domain/person.ts'
import type { SlackMember } from '../domain/slack-member.ts'
import { line, mention } from '../render/text/text.ts'
import type { Store } from '../store/store.ts'
import { type NotifyDeps, notifyPerson } from './notify-person.ts'
import type { Viewers } from './viewers.ts'

export interface WatchDeps extends NotifyDeps {
  readonly store: Pick<Store, 'deliveries' | 'directory' | 'access' | 'people'>
  readonly clock: Clock
  readonly viewers: Pick<Viewers, 'peopleOf' | 'admins'>
}

/** Runs `change`, then compares. `slackUserIds`: whom it may change; missing = everybody in the directory. */
export async function watchMatches(
  change: () => Promise<unknown>,
  slackUserIds: readonly string[] | undefined,
  deps: WatchDeps,
): Promise<void> {
  const { directory } = deps.store
  const before = slackUserIds ? await directory.findMany(slackUserIds) : bySlackId(await directory.all())
  const matchesBefore = await deps.viewers.peopleOf([...before.values()])
  await change()
  const after = slackUserIds ? await directory.findMany([...before.keys()]) : bySlackId(await directory.all())
  const changed = [...after.values()].filter(({ slackUserId, email }) => {
    const known = before.get(slackUserId)
    return known !== undefined && known.email !== email
  })
  if (changed.length === 0) return
  const matches = await deps.viewers.peopleOf(changed)
  for (const { slackUserId } of changed) {
    const [was, is] = [matchesBefore.get(slackUserId), matches.get(slackUserId)]
    if (is !== undefined && is !== was) await reportMatch(slackUserId, was, is, deps)
  }
}

const bySlackId = (members: readonly SlackMember[]): ReadonlyMap<string, SlackMember> =>
  new Map(members.map((member) => [member.slackUserId, member]))

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
  const mentions = [slackUserId, is, ...(was === undefined ? [] : [was])]
  for (const admin of await deps.viewers.admins())
    await notifyPerson(admin, `admins:match:${slackUserId}:${at.toISOString()}`, { message, mentions }, deps)
}
