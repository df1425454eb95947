// What a failure of Slack means to whoever asked for something to be sent.
import { ChannelGone, SlackRefused } from '../../errors.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import { isRefusal, neededBy } from '../slack-failure.ts'

/** A Slack failure as the expected failure it stands for; anything else stays what it was. */
export function asExpected(failure: SlackFailure, channelId: string, cause: unknown): unknown {
  if (failure.type === 'channel-gone') return new ChannelGone({ slackError: failure.error, channelId, cause })
  if (isRefusal(failure)) return new SlackRefused({ slackError: failure.error, needed: neededBy(failure), cause })
  return cause
}
