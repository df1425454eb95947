// Notices about digests that were not sent as planned, reviewed as texts and as pictures: every kind, to the owner, to whoever stands in,
// and several at once.
import { mergeBodies } from '../../src/digests/delivery/notice-list.ts'
import { noticeItem, noticeMessage, standInNotice, takeOverMessage } from '../../src/digests/delivery/notice-message.ts'
import type { OwnerNotice } from '../../src/digests/delivery/outcomes.ts'
import type { Destination } from '../../src/domain/subscription.ts'
import type { Message } from '../../src/render/message.ts'
import { bodyOf, readBody, writeBody } from '../../src/reports/delivery-body.ts'

const channel: Destination = { type: 'channel', channelId: 'C0TEAM0' }
const dm: Destination = { type: 'dm', slackUserId: 'U101' }
const delivery = { id: 'd1d1c2f4-0000-4000-8000-000000000001', occurrence: '2026-11-23T09:00[Europe/Berlin]' }

const about = (title = "The team digest of Maria Lind's team", destination: Destination = channel, unreachable?: string) => ({
  title,
  subscription: { id: 'f1c1c2f4-0000-4000-8000-000000000001', destination },
  delivery,
  botName: 'gong-digest',
  unreachable,
})

const owner =
  (notice: OwnerNotice, of = about()) =>
  async (): Promise<Message> =>
    noticeMessage(of, notice)

/** As several that waited for one person become one message. */
async function together(notices: readonly (readonly [title: string, notice: OwnerNotice])[]): Promise<Message> {
  const bodies = notices.map(([title, notice]) =>
    writeBody({
      ...bodyOf({ message: noticeMessage(about(title), notice), shows: [], mentions: [], figures: {} }),
      items: [noticeItem(about(title), notice)],
    }),
  )
  return readBody(mergeBodies(bodies)).message
}

const archived: OwnerNotice = { type: 'channel-gone', slackError: 'is_archived' }
const givenUp: OwnerNotice = { type: 'given-up', slackError: 'fatal_error', attempts: 7, triedForMs: 15 * 60_000 }
const teams = ['Maria Lind', 'Noor Aziz', 'Jonas Berg', 'Priya Nair', 'Tess Byrne', 'Sam Ito', 'Omar Haddad', 'Lena Vogt']

/** By the name of their fixture. */
export const reviewedNotices: Readonly<Record<string, () => Promise<Message>>> = {
  'notice-archived': owner(archived),
  'notice-not-in-channel': owner({ type: 'channel-gone', slackError: 'not_in_channel' }),
  'notice-reader-gone': owner(
    { type: 'channel-gone', slackError: 'user_disabled' },
    about('The personal digest of Ana Diaz', dm, 'Ana Diaz is deactivated in Slack'),
  ),
  'notice-held-guests': owner({ type: 'held', reason: 'guests', people: 2 }),
  'notice-held-shared': owner({ type: 'held', reason: 'shared' }),
  'notice-held-rights': owner({ type: 'held', reason: 'owner-rights' }),
  'notice-held-subject-left': owner({ type: 'held', reason: 'subject-left' }),
  'notice-rest-dropped': owner({ type: 'rest-dropped', reason: 'names' }),
  'notice-rest-refused': owner({ type: 'rest-dropped', slackError: 'restricted_action_non_threadable_channel' }),
  'notice-doubt': owner({ type: 'doubt' }),
  'notice-names-dropped': owner({ type: 'names-dropped', outsiders: ['U7'], isPublic: false }),
  'notice-names-dropped-moved': owner({ type: 'names-dropped', outsiders: [], isPublic: false, hasMoved: true }),
  'notice-names-dropped-public': owner({ type: 'names-dropped', outsiders: [], isPublic: true }),
  'notice-given-up': owner(givenUp),
  'notice-scope-missing': owner({ ...givenUp, slackError: 'missing_scope', needed: 'groups:read' }),
  'notice-take-over': async () => takeOverMessage(about().title, delivery),
  'notice-stand-in': async () => standInNotice(about(), archived, { takeOver: true, change: false }).message,
  'notice-several': () =>
    together([
      ["The team digest of Maria Lind's team", archived],
      ["The team digest of Noor Aziz's team", { type: 'channel-gone', slackError: 'not_in_channel' }],
      ["The team digest of Jonas Berg's team", givenUp],
    ]),
  'notice-many': () => together(teams.map((name) => [`The team digest of ${name}'s team`, archived])),
}
