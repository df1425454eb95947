// The Slack half of `npm run prove`: posts one message of each kind, finds it again, changes it and deletes it, in one channel or one
// person's direct messages, by the product's own way out. Opens nothing in Home and no form of anybody.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import { type Pace, politePace } from '../../slack/outbox/pacer.ts'
import { createPoster } from '../../slack/outbox/post.ts'
import type { TimedPostingClient } from '../../slack/outbox/posting-client.ts'
import { createReconciler } from '../../slack/outbox/reconcile.ts'
import { classifySlackFailure } from '../../slack/slack-failure.ts'
import type { Poster, Reconciler, SlackFailure } from '../../slack-ports.ts'
import type { FindingOfArea } from '../doctor/finding.ts'
import { type TestMessage, testMessages } from './test-messages.ts'

export interface SlackHalf {
  /** A channel's id, or a person's for their direct messages. */
  readonly place: string
  readonly posting: TimedPostingClient
  readonly clock: Clock
  readonly pace?: Pace
}

/** What became of one message. A step that was not reached is missing. */
interface Walk {
  readonly kind: string
  readonly refused?: SlackFailure
  readonly found?: 'found' | 'absent' | 'blind' | 'failed'
  readonly updated?: SlackFailure | 'yes'
  readonly deleted?: SlackFailure | 'yes'
}

/** Slack holds posts for a moment now and then; longer than this ends the look. */
const longestWaitMs = 60_000

/** `onStep`: called with each kind before it is posted. */
export async function proveSlack(half: SlackHalf, onStep: (step: string) => void = () => undefined): Promise<readonly FindingOfArea[]> {
  const { posting, clock, pace = politePace } = half
  const slack = { poster: createPoster(posting, { clock, pace }), reconciler: createReconciler(posting, clock) }
  const walks: Walk[] = []
  for (const message of testMessages) {
    onStep(message.kind)
    const walk = await walkThrough(message, half, slack)
    walks.push(walk)
    if (walk.refused && endsAll(walk.refused)) break
  }
  return inWords(walks)
}

/** It would be the same for every kind. */
const endsAll = ({ type }: SlackFailure): boolean => type !== 'blocks-refused' && type !== 'refused'

async function walkThrough(
  { kind, payload }: TestMessage,
  { place, posting, clock }: SlackHalf,
  { poster, reconciler }: { readonly poster: Poster; readonly reconciler: Reconciler },
): Promise<Walk> {
  const id = randomUUID()
  const attemptedAt = clock.now()
  const post = () => poster.post({ channelId: place, payload: payload(1), deliveryId: id, right: { leftMs: () => longestWaitMs } })
  const posted = await patiently(post)
  const look = await reconciler.look({ id, channelId: place, attemptedAt })
  const at = posted.type === 'posted' ? posted : look.type === 'found' ? look : undefined
  if (!at) return { kind, ...(posted.type !== 'posted' && { refused: posted }) }
  const updated = await patiently(() => poster.update({ channelId: at.channelId, messageTs: at.messageTs, payload: payload(2) }))
  const deleted = await posting.apiCall('chat.delete', { channel: at.channelId, ts: at.messageTs }).then(
    () => 'yes' as const,
    (error: unknown) => classifySlackFailure(error),
  )
  return { kind, found: look.type, updated: updated.type === 'posted' ? 'yes' : updated, deleted }
}

/** Once more after the pause Slack asks for. */
async function patiently<T extends { readonly type: string }>(call: () => Promise<T | SlackFailure>): Promise<T | SlackFailure> {
  const first = await call()
  if (first.type !== 'rate-limited' || !('retryAfterMs' in first) || first.retryAfterMs > longestWaitMs) return first
  await wait(first.retryAfterMs)
  return call()
}

function inWords(walks: readonly Walk[]): readonly FindingOfArea[] {
  const whole = walks.filter(({ refused, updated, deleted }) => !refused && updated === 'yes' && deleted === 'yes')
  const kinds = (list: readonly Walk[]): string => list.map(({ kind }) => kind).join(', ')
  const blind = walks.filter(({ found }) => found === 'blind' || found === 'failed')
  const absent = walks.filter(({ found }) => found === 'absent')
  return [
    ...(whole.length > 0 ? [{ state: 'good' as const, says: `Posted, changed in place and deleted: ${kinds(whole)}.` }] : []),
    ...(blind.length > 0
      ? [
          {
            state: 'worth knowing' as const,
            says: 'Posts cannot be looked for in this place.',
            remedy: 'Grant the history scopes of manifest.yml; until then the owner is asked after a doubtful post.',
          },
        ]
      : absent.length > 0
        ? [
            {
              state: 'to fix' as const,
              says: `Not found again by what was sent along: ${kinds(absent)}.`,
              remedy: 'After a doubtful post the bot could post twice: attach this report to an issue.',
            },
          ]
        : whole.length > 0
          ? [{ state: 'good' as const, says: 'Every post was found again.' }]
          : []),
    ...walks.flatMap(ofOne),
  ]
}

function ofOne({ kind, refused, updated, deleted }: Walk): readonly FindingOfArea[] {
  if (refused?.type === 'blocks-refused' || refused?.type === 'refused')
    return [
      {
        state: kind === 'text' ? 'to fix' : 'worth knowing',
        says: `This workspace does not take ${kind} (${refused.error}).`,
        ...(kind !== 'text' && { remedy: 'Messages say the same in plainer form there.' }),
      },
    ]
  if (refused)
    return [{ state: 'to fix', says: `Posting failed at ${kind} (${refused.error}); the rest was not tried.`, remedy: remedyFor(refused) }]
  return [
    ...(updated !== undefined && updated !== 'yes'
      ? [
          {
            state: 'to fix' as const,
            says: `A message of ${kind} could not be changed in place (${updated.error}).`,
            remedy: 'Late figures could not be corrected.',
          },
        ]
      : []),
    ...(deleted !== undefined && deleted !== 'yes'
      ? [
          {
            state: 'to fix' as const,
            says: `A test message of ${kind} could not be deleted (${deleted.error}).`,
            remedy: 'Delete it by hand: it says that it is a test of gong-digest.',
          },
        ]
      : []),
  ]
}

function remedyFor(failure: SlackFailure): string {
  if ('needed' in failure && failure.needed) return `Give the app the scope ${failure.needed} and install it again.`
  if (failure.type === 'channel-gone') return 'Invite the bot there with /invite, or name another channel.'
  if (failure.type === 'token-refused') return 'Install the app again and set SLACK_BOT_TOKEN.'
  if (failure.type === 'direct-refused') return 'Direct messages are off for the app; name a channel with --channel.'
  if (failure.type === 'ambiguous') return 'A test message may have stayed there; delete it by hand. Then run this again.'
  return 'Run this again later.'
}
