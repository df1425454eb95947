// What is kept with a delivery row: the body as rendered (so that a retry sends the same), the tree it came from (so that a
// refused picture can be said plainer), and the figures it rests on (so that a later correction can say what changed).
import type { PersonId } from '../domain/person.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Message } from '../render/message.ts'
import type { BuiltDigest } from '../reports/digest.ts'
import type { Payload } from './post.ts'

export interface DeliveryBody {
  readonly message: Message
  readonly payload: Payload
  readonly thread?: Payload
  /** How much was left out because Slack refused it: 0 nothing, up to `plainest`. */
  readonly plainer: number
  /** Set for a reply in a thread. */
  readonly threadTs?: string
  readonly shows: readonly PersonId[]
  readonly figures: Readonly<Record<string, number>>
  /** The Slack user who reads a digest of this bot for the first time. */
  readonly introduces?: string
  /** The UTC date of the latest correction, at most one a day. */
  readonly correctedOn?: string
  /** What it is about and for whom, by `madeFor`: a digest that is about or for somebody else now is not corrected by it. */
  readonly madeFor?: string
}

/** The same as long as a digest has the same subject and goes to the same place. */
export const madeFor = ({ kind, subjectId, target }: Pick<Subscription, 'kind' | 'subjectId' | 'target'>): string =>
  [kind, subjectId ?? 'company', target.type, target.type === 'channel' ? target.channelId : target.slackUserId].join(' ')

/** Makes a message into what Slack is sent. `plainer`: 0 everything, 1 without pictures and tables, 2 text only. `ephemeral`: a private reply, which has no thread. */
export type RenderForSlack = (
  message: Message,
  plainer: number,
  surface?: 'message' | 'ephemeral',
) => { readonly payload: Payload; readonly thread?: Payload }

export const plainest = 2

export function bodyOf(built: Pick<BuiltDigest, 'message' | 'shows' | 'figures'>, render: RenderForSlack, plainer = 0): DeliveryBody {
  return { message: built.message, ...render(built.message, plainer), plainer, shows: built.shows, figures: built.figures }
}

/** The same body one step plainer. */
export function plainerBody(body: DeliveryBody, render: RenderForSlack): DeliveryBody {
  const plainer = body.plainer + 1
  return { ...body, ...render(body.message, plainer), plainer }
}

export const writeBody = (body: DeliveryBody): string => JSON.stringify(body)

/** Reads what `writeBody` wrote. */
export const readBody = (text: string): DeliveryBody => JSON.parse(text) as DeliveryBody
