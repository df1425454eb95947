// Joins the use cases of people, digests and coaching over one store and one Slack. bot/ gets the services, schedule/ the work that runs on
// time. Decides nothing.

import type { Clock } from './clock.ts'
import { createReminders } from './coaching/reminders.ts'
import type { CoachingService } from './coaching/service.ts'
import { createDigestService } from './digests/create-digest-service.ts'
import { createSending, type SendingDeps } from './digests/delivery/sending.ts'
import { createAlignment } from './digests/programmes/align.ts'
import { createProgrammeService } from './digests/programmes/service.ts'
import { rightsDepsOf } from './digests/rights-deps.ts'
import { sendingRights } from './digests/sending-rights.ts'
import type { DigestService } from './digests/service.ts'
import { isKnownZone } from './domain/known-zone.ts'
import { guarded } from './guarded.ts'
import { notifyOfEndedRoles } from './people/ended-roles.ts'
import { contactAdmins, type FirstContactDeps } from './people/first-contact.ts'
import { notifyDataProblems } from './people/notify-data-problems.ts'
import { createOutages, type Outages } from './people/outages.ts'
import { notifyOfPause } from './people/pause-notice.ts'
import { refreshDirectoryWhenDue } from './people/refresh-directory.ts'
import { createSlackPeople } from './people/slack-people.ts'
import type { Viewers } from './people/viewers.ts'
import { wantDirectory } from './people/wanted-directory.ts'
import type { ScheduledWork } from './schedule/job.ts'
import type { Directory } from './slack-ports.ts'
import { createRefreshOnce } from './sync/refresh-once.ts'

export interface ServiceDeps extends Omit<SendingDeps, 'refresh' | 'people' | 'reminders' | 'outages' | 'viewers' | 'settings'> {
  readonly clock: Clock
  readonly viewers: Viewers
  readonly directory: Directory
  /** Since when every change in Slack was heard here; always unless given. */
  readonly heardSince?: (() => Date) | undefined
  /** The state of fetching, for the first message to admins; without it none is sent. */
  readonly reading?: FirstContactDeps['reading'] | undefined
  /** Lets the workers look now. */
  nudge(): void
  readonly settings: SendingDeps['settings'] & {
    /** Emoji of a Slack status that says away; a few usual ones unless given. */
    readonly awayEmoji?: readonly string[] | undefined
  }
}

export interface Services {
  readonly digests: DigestService
  readonly coaching: CoachingService
  /** Episodes in which Slack refuses the bot as a whole. */
  readonly outages: Outages
  /** What the schedule starts. */
  readonly work: ScheduledWork
}

export function createServices(deps: ServiceDeps): Services {
  const { store, clock, log, company, viewers, directory, gate, poster, render, wake, nudge, settings } = deps
  const refresh = createRefreshOnce({ store, sync: deps.sync })
  const people = createSlackPeople({ directory, viewers })
  const { nameOf, viewerOf } = people
  const rights = rightsDepsOf({ store, clock, company, people, viewers, settings })
  const reminders = createReminders({
    store,
    clock,
    log,
    company,
    directory,
    poster,
    render,
    nameOf,
    awayEmoji: settings.awayEmoji,
    mayBeSent: async (subscription) => (await sendingRights(subscription, undefined, rights)).type === 'may',
  })
  const outages = createOutages({ store, clock, viewers, wake, log })
  const sending = createSending({ ...deps, refresh, people, reminders, outages })
  const align = createAlignment({
    store,
    clock,
    company,
    log,
    slackUserOf: viewers.slackUserOfPerson,
    zoneOf: async (slackUserId) => {
      const { zone } = await people.person(slackUserId)
      return zone !== undefined && isKnownZone(zone) ? zone : company.zone
    },
  })
  const digests = createDigestService({
    store,
    clock,
    company,
    gate,
    namesInChannels: settings.namesInChannels,
    botName: settings.botName,
    preview: sending.preview,
    render,
    recordIntroduced: sending.recordIntroduced,
    programmes: createProgrammeService({ store, clock, zone: company.zone, align, nameOf, slackUserOf: viewers.slackUserOfPerson }),
    viewerOf,
    nameOf,
    wake,
    nudge,
  })
  async function alignProgrammes(): Promise<void> {
    for (const programme of await store.subscriptions.programmes())
      await guarded(() => align(programme), { log, programme: programme.id }, 'A programme could not be aligned with its rule')
  }

  return {
    digests,
    coaching: reminders.service,
    outages,
    work: {
      deliver: sending.deliver,
      correctDigests: sending.correct,
      completeDigests: sending.complete,
      refresh,
      closeReminders: reminders.close,
      async wantDirectory() {
        if (deps.heardSince) await wantDirectory(deps.heardSince(), { directory: store.directory, clock })
      },
      refreshDirectory: () => refreshDirectoryWhenDue({ store, clock, log, read: () => directory.refresh(), onRead: alignProgrammes }),
      alignProgrammes,
      async notifyDataProblems() {
        if ((await notifyDataProblems({ store, clock, viewers, wake })) > 0) nudge()
      },
      async notifyOfEndedRoles(now) {
        if ((await notifyOfEndedRoles({ store, clock, log, viewers, wake, nameOf, zone: company.zone }, now)) > 0) nudge()
      },
      async contactAdmins() {
        if (!deps.reading) return
        const contacted = await contactAdmins({ store, clock, viewers, reading: deps.reading, wake })
        if (contacted === 0) return
        log.info({ admins: contacted }, 'Wrote to admins about what was found')
        nudge()
      },
      async notifyOfPause() {
        const notified = await notifyOfPause({ store, clock, viewers, wake })
        if (notified === 0) return
        log.warn({ admins: notified }, 'Admins are notified that Gong requests are paused')
        nudge()
      },
    },
  }
}
