// Messages to every admin of the bot, and what one person asks of them once a day.
import type { Outbox } from '../../bot/command.ts'
import type { Clock } from '../../clock.ts'
import { ageMs } from '../../domain/age.ts'
import { PostInDoubt } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { Message } from '../../render/message.ts'
import type { Store } from '../../store/store.ts'

const dayMs = 24 * 3_600_000
/** The admins are told one after another, and Slack may take ten seconds for each. */
const askingEndsMs = 30 * 60_000

export interface AdminNoticeDeps {
  readonly viewers: Pick<Viewers, 'admins'>
  readonly store: Pick<Store, 'submissions'> & { readonly tenant: Pick<Store['tenant'], 'setting' | 'saveSetting'> }
  readonly clock: Clock
  readonly log: Log
}

export function createAdminNotices(
  { viewers, log, store, clock }: AdminNoticeDeps,
  post: (channel: string, message: Message) => Promise<void>,
): Pick<Outbox, 'notifyAdmins' | 'askAdmins'> {
  async function notifyEach(message: Message): Promise<{ readonly notified: number; readonly inDoubt: number }> {
    let notified = 0
    let inDoubt = 0
    for (const slackUserId of await viewers.admins()) {
      try {
        await post(slackUserId, message)
        notified += 1
      } catch (error) {
        if (error instanceof PostInDoubt) inDoubt += 1
        log.warn({ slackUserId, err: error }, 'an admin could not be notified')
      }
    }
    return { notified, inDoubt }
  }

  async function askAdmins(slackUserId: string, message: Message): Promise<number | 'already'> {
    const key = `admins-asked:${slackUserId}`
    const last = await store.tenant.setting(key)
    const now = clock.now()
    if (last !== undefined && ageMs(new Date(last), now) < dayMs) return 'already'
    const { notified, inDoubt } = await notifyEach(message)
    if (notified === 0 && inDoubt > 0) throw new PostInDoubt()
    // Nobody reached is no request: the next press tries again.
    if (notified > 0) await store.tenant.saveSetting(key, now.toISOString())
    return notified
  }

  return {
    async notifyAdmins(about, message) {
      const key = `admins notified ${about}`
      if ((await store.submissions.claim(key, askingEndsMs)) !== 'mine') return
      let reached = 0
      try {
        const { notified, inDoubt } = await notifyEach(message)
        reached = notified + inDoubt
      } finally {
        // Nobody reached is no notice: the next one tries again.
        await store.submissions.settle(key, reached > 0)
      }
    },
    async askAdmins(slackUserId, message) {
      const key = `asks admins ${slackUserId}`
      if ((await store.submissions.claim(key, askingEndsMs)) !== 'mine') return 'already'
      try {
        return await askAdmins(slackUserId, message)
      } finally {
        await store.submissions.settle(key, false)
      }
    },
  }
}
