// What the owner of a digest reads: the reason and what was tried, never the wrong remedy.
import { describe, expect, it } from 'vitest'
import { noticeMessage } from '../../../src/digests/delivery/notice-message.ts'
import type { OwnerNotice } from '../../../src/digests/delivery/outcomes.ts'
import type { Destination } from '../../../src/domain/subscription.ts'
import { toSlack } from '../../../src/render/blocks/blocks.ts'
import { asRead } from '../../../src/render/text/as-read.ts'
import { problemText, validateBlocks } from '../../../src/sandbox/slack/block-kit-rules.ts'
import { reviewedNotices } from '../../kit/reviewed-notices.ts'

const said = (notice: OwnerNotice, destination: Destination, unreachable?: string): string =>
  noticeMessage(
    {
      title: 'The personal digest of Ana Diaz',
      subscription: { id: 's', destination },
      delivery: { id: 'd', occurrence: '2026-11-23T09:00[Europe/Berlin]' },
      botName: 'gong-digest',
      unreachable,
    },
    notice,
  ).summary

const dm: Destination = { type: 'dm', slackUserId: 'U1' }
const channel: Destination = { type: 'channel', channelId: 'C1' }

describe('a direct message that Slack refuses', () => {
  it.each(['channel_not_found', 'is_archived', 'not_in_channel', 'user_disabled'])(
    '%s names the reader and never a channel',
    (slackError) => {
      const words = said({ type: 'channel-gone', slackError }, dm, 'Ana Diaz is deactivated in Slack')
      expect(words).toBe(
        'The personal digest of Ana Diaz for Mon 23 Nov was not sent: Ana Diaz is deactivated in Slack. It is paused; nothing else is affected.',
      )
      const unknown = said({ type: 'channel-gone', slackError }, dm)
      expect(unknown).toContain(`Slack does not let me write to its reader (${slackError}).`)
      expect(unknown).not.toMatch(/\/invite|its channel/)
    },
  )

  it('in a channel the remedies stay as they are', () => {
    expect(said({ type: 'channel-gone', slackError: 'not_in_channel' }, channel)).toContain('/invite @gong-digest')
    expect(said({ type: 'channel-gone', slackError: 'is_archived' }, channel)).toContain('its channel is archived')
  })
})

describe('a delivery that was given up', () => {
  const givenUp = (attempts: number, triedForMs: number, needed?: string) =>
    said({ type: 'given-up', slackError: 'fatal', attempts, triedForMs, needed }, channel)

  it.each([
    [1, 0, 'I tried once; Slack said "fatal", which trying again does not change.'],
    [3, 20_000, 'I tried 3 times in a minute; Slack last said "fatal".'],
    [7, 15 * 60_000, 'I tried 7 times in 15 minutes; Slack last said "fatal".'],
    [40, 5 * 3_600_000, 'I tried 40 times in 5 hours; Slack last said "fatal".'],
    [150, 24 * 3_600_000, 'I tried 150 times in a day; Slack last said "fatal".'],
    [0, 24 * 3_600_000, 'I waited a day; the reason was "fatal".'],
  ])('after %d attempts in %d ms says so', (attempts, ms, words) => {
    expect(givenUp(attempts, ms)).toContain(words)
  })

  it('for want of a scope names it', () => {
    expect(givenUp(3, 20_000, 'groups:read')).toContain('The bot lacks the scope groups:read for it')
  })
})

describe('reviewed notices', () => {
  it.each(Object.entries(reviewedNotices))('%s reads as reviewed and is taken by Slack', async (name, make) => {
    const message = await make()
    expect(validateBlocks(toSlack(message).blocks, 'message').map(problemText)).toEqual([])
    await expect(asRead(message)).toMatchFileSnapshot(`../../fixtures/messages/${name}.txt`)
  })
})

it('lists many notices one to a line', async () => {
  const { blocks } = toSlack((await reviewedNotices['notice-many']?.()) ?? { summary: '', parts: [] })
  // Eight teams: their list has eight lines.
  const list = blocks.flatMap((block) => (block.type === 'section' && block.text?.text.includes('•') ? [block.text.text] : []))
  expect(list.join('\n').split('\n')).toHaveLength(8)
})
