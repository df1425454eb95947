// The body stored with a delivery row: the message as a tree, so that a retry posts the same and a block Slack refuses can be replaced by
// words, and the figures in it, so that a later correction can say what changed. It becomes blocks only when it is posted.
import type { PersonId } from '../domain/person.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Control, Message } from '../render/message.ts'
import type { BuiltDigest } from './digest.ts'

export interface DeliveryBody {
  readonly message: Message
  /** How much was left out because Slack refused it: 0 nothing, up to `plainest`. */
  readonly plainer: number
  /** Set for a reply in a thread. */
  readonly threadTs?: string | undefined
  /** Set for what belongs in the thread of a message that cannot be found: it follows that message as one of its own. */
  readonly isAfter?: true | undefined
  readonly shows: readonly PersonId[]
  /**
   * Gong and Slack ids of everybody it names in any words; whoever is forgotten is found by them. Missing in bodies stored before this was
   * kept, which are searched for names.
   */
  readonly mentions?: readonly string[] | undefined
  readonly figures: Readonly<Record<string, number>>
  /**
   * Everybody of whom its group figures are, by team, its leader first: a correction is of the same people, and forgetting one of them clears
   * the body. Missing of what is no digest, and in bodies stored before this was kept.
   */
  readonly members?: readonly (readonly PersonId[])[] | undefined
  /** The Slack user who reads a digest of this bot for the first time. */
  readonly introduces?: string | undefined
  /** The UTC date of the latest correction, at most one a day. */
  readonly correctedOn?: string | undefined
  /** In which detail it was built; missing in bodies stored before this was kept. */
  readonly detail?: 'by-name' | 'medians' | undefined
  /**
   * The same as long as each of its readers sees the same people by name, so that group figures give nothing away beside, and groups are made
   * by the same settings; missing in direct messages stored before this was kept.
   */
  readonly readBy?: string | undefined
  /** By `recordKeyOf`: whom it was recorded as shown to, so that another attempt at posting it is not another look. */
  readonly recordedFor?: string | undefined
  /** What it shows without names was as first shown, so that a later version differs by enough people; missing in bodies stored before. */
  readonly asShown?: true | undefined
  /** What it is about and for whom, by `madeFor`: a digest that is about or for somebody else now is not corrected by it. */
  readonly madeFor?: string | undefined
  /** The delivery of the coaching reminder whose rows stand in this digest, and which is not sent alone. */
  readonly brings?: string | undefined
  /** What a notice says, so that several which wait for one person become one message. */
  readonly items?: readonly NoticeItem[] | undefined
}

/** One thing that could not be sent: a sentence of untrusted text, and what its reader can press. */
export interface NoticeItem {
  readonly line: string
  readonly controls: readonly Control[]
}

/** The same as long as a digest has the same subject and goes to the same place. */
export const madeFor = ({ kind, subjectId, destination }: Pick<Subscription, 'kind' | 'subjectId' | 'destination'>): string =>
  [kind, subjectId ?? 'company', destination.type, destination.type === 'channel' ? destination.channelId : destination.slackUserId].join(
    ' ',
  )

/** `mentions`: undefined where it is not known, because the message was made before it was kept. */
type ToKeep = Pick<BuiltDigest, 'message' | 'shows' | 'figures'> & { readonly mentions: readonly string[] | undefined }

export const bodyOf = (built: ToKeep, plainer = 0): DeliveryBody => ({
  message: built.message,
  plainer,
  shows: built.shows,
  mentions: built.mentions,
  figures: built.figures,
  asShown: true,
})

/**
 * What did not fit into a message, for its thread. It shows who is shown in `above`, by the rights of the same moment; it belongs below the
 * message as long as that shows the same figures.
 */
export const restBelow = (
  { shows, mentions, figures, detail, readBy }: Pick<DeliveryBody, 'shows' | 'mentions' | 'figures' | 'detail' | 'readBy'>,
  message: Message,
  threadTs: string | undefined,
): DeliveryBody => ({ ...bodyOf({ message, shows, mentions, figures }), detail, readBy, threadTs })

export const writeBody = (body: DeliveryBody): string => JSON.stringify(body)

/** Reads what `writeBody` wrote. */
export const readBody = (text: string): DeliveryBody => JSON.parse(text) as DeliveryBody
