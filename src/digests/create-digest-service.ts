// The digest service: what somebody receives and sends, and what they can do with it, each action in its own file.

import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { changeDigest } from './change-digest.ts'
import { checkDraft } from './check-draft.ts'
import { createDigest } from './create-digest.ts'
import { isDigest } from './delivery/row-kind.ts'
import type { DigestServiceDeps } from './deps.ts'
import { duplicateOf, placeOf } from './duplicate.ts'
import { entryOf, findEntry } from './find-digest.ts'
import { namedInChannels } from './named-in-channels.ts'
import { pauseDigest, resumeDigest, skipNextRun } from './pause-digest.ts'
import { previewDigest } from './preview-digest.ts'
import { removeDigest, stopDigest } from './remove-digest.ts'
import { isReader } from './rights.ts'
import { confirmArrival, postAgain, sendDigestNow, takeOverDigest } from './send-digest.ts'
import type { DigestEntry, DigestService } from './service.ts'

export function createDigestService(deps: DigestServiceDeps): DigestService {
  const { store, clock, company, programmes } = deps
  return {
    company: { zone: company.zone, namesInChannels: deps.namesInChannels },
    nameOf: deps.nameOf,
    mine: (viewer) => digestsOf(viewer, deps),
    namedInChannels: (viewer) => namedInChannels(viewer, deps),
    entry: (viewer, id) => findEntry(viewer, id, deps),
    async history(viewer, id, limit) {
      await findEntry(viewer, id, deps)
      return (await store.deliveries.history(id, limit * 3)).filter(isDigest).slice(0, limit)
    },
    upcoming: (recurrence, skipDates, count) => upcomingRuns(recurrence, skipDates, clock.now(), count, company),
    check: (viewer, draft) => checkDraft(viewer, draft, deps),
    duplicateOf: (viewer, draft, own) => duplicateOf(viewer, draft, own, deps),
    placeOf: (viewer, subscription) => placeOf(viewer, subscription, deps),
    preview: (viewer, draft) => previewDigest(viewer, draft, deps),
    create: (viewer, draft, submission) => createDigest(viewer, draft, submission, deps),
    change: (viewer, id, draft) => changeDigest(viewer, id, draft, deps),
    remove: (viewer, id) => removeDigest(viewer, id, deps),
    stop: (viewer, id) => stopDigest(viewer, id, deps),
    sendNow: (viewer, id, triggerId) => sendDigestNow(viewer, id, triggerId, deps),
    pause: (viewer, id, until) => pauseDigest(viewer, id, until, deps),
    resume: (viewer, id) => resumeDigest(viewer, id, deps),
    skipNext: (viewer, id) => skipNextRun(viewer, id, deps),
    arrived: (viewer, deliveryId) => confirmArrival(viewer, deliveryId, deps),
    postAgain: (viewer, deliveryId) => postAgain(viewer, deliveryId, deps),
    takeOver: (viewer, deliveryId) => takeOverDigest(viewer, deliveryId, deps),
    programmes: programmes.list,
    duplicateOfProgramme: programmes.duplicateOf,
    createProgramme: programmes.create,
    changeProgramme: programmes.change,
    stopProgramme: programmes.stop,
  }
}

async function digestsOf(viewer: Viewer, deps: DigestServiceDeps): ReturnType<DigestService['mine']> {
  const { subscriptions } = deps.store
  const entries = (list: readonly Subscription[]): Promise<DigestEntry[]> =>
    Promise.all(list.filter(({ status }) => status !== 'stopped').map((subscription) => entryOf(viewer, subscription, deps)))
  const [received, owned] = await Promise.all([subscriptions.receivedBy(viewer.slackUserId), subscriptions.ownedBy(viewer.slackUserId)])
  // The direct messages of a programme can be hundreds; they are listed as one.
  const isListed = (one: Subscription) => one.programmeId === undefined || one.destination.type === 'channel'
  const sent = owned.filter((one) => isListed(one) && !isReader(viewer, one))
  return { receives: await entries(received), sends: await entries(sent) }
}
