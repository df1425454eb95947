// Shows somebody the digest they are about to set up, and records whose figures they saw.
import { isDeepStrictEqual } from 'node:util'
import type { Viewer } from '../domain/policy.ts'
import { AskError } from '../errors.ts'
import { hasWaited } from '../one-reading.ts'
import type { Message } from '../render/message.ts'
import { checkDraft } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import type { DigestDraft } from './service.ts'

/** A place the digest cannot go to is no obstacle: the viewer can choose another one after seeing it. */
export async function previewDigest(viewer: Viewer, draft: DigestDraft, deps: DigestServiceDeps): Promise<Message> {
  const verdict = await checkDraft(viewer, draft, deps)
  if (!verdict.ok && verdict.field !== 'where') throw new AskError(verdict.why)
  const chart = await deps.store.people.chart()
  const { message, shows } = await deps.preview(viewer, draft)
  if (hasWaited()) {
    const [viewerNow, chartNow] = await Promise.all([deps.viewerOf(viewer.slackUserId), deps.store.people.chart()])
    if (chartNow !== chart || !isDeepStrictEqual(viewerNow, viewer))
      throw new AskError('What you may see has changed while I was fetching. Look at it again.')
  }
  const seen = { at: deps.clock.now(), what: 'view', bySlackId: viewer.slackUserId, detail: '/gong-digest preview' } as const
  if (shows.length > 0) await deps.store.access.record(shows.map((personId) => ({ ...seen, personId })))
  return message
}
