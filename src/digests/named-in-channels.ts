// Where digests name somebody to the readers of a channel today, for the person who asks who can see their figures.
import type { Viewer } from '../domain/policy.ts'
import { membersOf } from '../stats/groups/subject-people.ts'
import type { DigestServiceDeps } from './deps.ts'
import { todayOf } from './find-digest.ts'
import { namesFor } from './sending-rights.ts'
import { subjectOf } from './subject.ts'

/** One for each channel: `#emea`, or undefined of one whose name is not the viewer's to know, or that Slack does not say. Untrusted text. */
export async function namedInChannels({ person, slackUserId }: Viewer, deps: DigestServiceDeps): Promise<readonly (string | undefined)[]> {
  if (!person || deps.namesInChannels === 'never') return []
  const [chart, today, digests] = [await deps.store.people.chart(), todayOf(deps), await deps.store.subscriptions.namingInChannels()]
  const channels = new Map<string, string | undefined>()
  for (const digest of digests) {
    const { destination } = digest
    const subject = subjectOf(digest)
    if (destination.type === 'dm' || channels.has(destination.channelId)) continue
    if (!membersOf(subject, chart).some(({ id }) => id === person.id)) continue
    const verdict = await deps.gate.check(destination.channelId)
    // Where Slack could not be asked it may name them.
    if (verdict.type === 'unknown') channels.set(destination.channelId, undefined)
    if (verdict.type !== 'open' || !(await namesFor(digest, verdict, subject, chart, today, deps)).shown) continue
    const isReader = verdict.people.some((each) => each.slackUserId === slackUserId)
    channels.set(destination.channelId, isReader ? `#${verdict.channelName}` : undefined)
  }
  return [...channels.values()]
}
