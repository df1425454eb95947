// The channels digests go to, in words: each is looked at once, through the gate every send passes, until Slack says nothing of any.

import { commands } from '../../bot/commands/index.ts'
import type { Settings } from '../../config/config.ts'
import type { GateReason } from '../../domain/hold-reason.ts'
import { namingOf } from '../../render/text/installed-names.ts'
import { whyClosed } from '../../reports/wording/hold-reason.ts'
import { createGate } from '../../slack/gate.ts'
import { isAnswered } from '../../slack/slack-failure.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import type { Store } from '../../store/store.ts'
import { withSlack } from '../with-slack.ts'
import type { Surroundings } from '../workbench.ts'
import type { Finding } from './finding.ts'
import { failureInWords, slackRemedy } from './slack-remedy.ts'

/** Channels of all digests that are not paused. Needs Slack, not Gong. */
export async function channelFindings(settings: Settings, store: Store, around: Surroundings): Promise<Finding[]> {
  const digests = (await store.subscriptions.all()).filter(({ status }) => status === 'active')
  const channelIds = [...new Set(digests.flatMap(({ destination }) => (destination.type === 'channel' ? [destination.channelId] : [])))]
  if (digests.length === 0) {
    const naming = namingOf(
      commands.map(({ name }) => name),
      settings.COMMAND_SUFFIX,
    )
    return [
      { area: 'digests', state: 'worth knowing', says: 'No digest is set up yet.', remedy: naming('Type /gong-digest new in Slack.') },
    ]
  }
  const findings = await withSlack(settings, store, around, async ({ client, directory }) => {
    const gate = createGate({ client, members: store.directory, directory, allowGuests: settings.ALLOW_GUESTS, clock: around.clock })
    const found: Finding[] = []
    for (const [index, channelId] of channelIds.entries()) {
      const verdict = await gate.check(channelId)
      if (verdict.type === 'closed')
        found.push({
          area: 'digests',
          state: 'to fix',
          says: `Channel ${channelId}: ${whyClosed(verdict.reason, 'it', verdict.people)}.`,
          remedy: remedies[verdict.reason],
        })
      if (verdict.type === 'unknown') {
        const { failure } = verdict
        const further = isOfChannel(failure) ? 0 : channelIds.length - index - 1
        const rest = further === 0 ? '' : ` The ${further} after it were not looked at.`
        found.push({
          area: 'digests',
          state: 'to fix',
          says: `Channel ${channelId} could not be looked at ${failureInWords(failure)}.${rest}`,
          remedy: isOfChannel(failure) ? 'Run the doctor again; if it stays, move the digest to another channel.' : slackRemedy(failure),
        })
        if (further > 0) break
      }
    }
    return found
  })
  if (findings.length > 0) return findings
  return [
    {
      area: 'digests',
      state: 'good',
      says: `${digests.length} digests are set up; each of their ${channelIds.length} channels is open to the bot.`,
    },
  ]
}

/** Slack answered for this channel alone: the next may be well. */
const isOfChannel = (failure: SlackFailure): boolean => (failure.type === 'refused' || failure.type === 'ambiguous') && isAnswered(failure)

/** For whoever runs the bot, who can set what an owner cannot. */
const remedies: Readonly<Record<GateReason, string>> = {
  'not-member': 'Invite the bot there with /invite.',
  archived: 'Move the digest to another channel.',
  shared: 'Move the digest: figures never go to a channel of two companies.',
  guests: 'Move the digest, or set ALLOW_GUESTS=true.',
  outsiders: 'Move the digest: figures never go there.',
}
