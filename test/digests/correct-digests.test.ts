// The correction of one posted digest, and how the difference is said.

import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { changesIn, correctDigests } from '../../src/digests/correct-digests.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import type { Message } from '../../src/render/message.ts'
import { line } from '../../src/render/text/text.ts'
import { bodyOf, type DeliveryBody, madeFor, readBody, writeBody } from '../../src/reports/delivery-body.ts'
import type { BuiltDigest } from '../../src/reports/digest.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { sentDelivery, teamDigest } from '../kit/team-digest.ts'

const render = renderForSlack()
const subscription = teamDigest({})
const monday = new Date('2026-11-23T08:00:00Z')

const digest = (scorecards: number, remark?: string): BuiltDigest => {
  const text = (words: string): Message['parts'][number] => ({ type: 'text', line: line(words) })
  const message: Message = {
    summary: 'A digest',
    parts: [text(`${scorecards} scorecards`), ...(remark === undefined ? [] : [text(remark)])],
    thread: [text(`${scorecards} in the thread`)],
  }
  return { message, isEmpty: false, shows: [], mentions: [], figures: { scorecards } }
}

const members = [['100', '101', '102']]

/** Monday's digest with 6 scorecards and its thread; today Gong shows `now` of them. `since`: what was changed about the digest meanwhile. */
function posted(
  now: number,
  since: Partial<Subscription> = {},
  /** Of the message as it was posted, and of the one built now. */
  {
    body = {},
    detail = 'medians',
    isOfOtherSetting = false,
  }: { readonly body?: Partial<DeliveryBody>; readonly detail?: 'by-name' | 'medians'; readonly isOfOtherSetting?: boolean } = {},
) {
  const updates: { readonly messageTs: string; readonly text: string }[] = []
  const row = sentDelivery(subscription, {
    sentAt: monday,
    body: writeBody({
      ...bodyOf(digest(6)),
      members,
      madeFor: madeFor({ ...subscription, ...(since.kind === 'personal' && since) }),
      ...body,
    }),
  })
  const thread: Delivery = { ...row, id: 't1', occurrence: 'thread:d1', messageTs: '1.2' }
  let kept = row
  const clock = movableClock(new Date('2026-11-24T13:05:00Z'))
  const run = () =>
    correctDigests({
      deliveries: {
        sentSince: async () => [kept, thread],
        history: async () => [thread, kept],
        update: async (_id, change) => {
          if (change.body) kept = { ...kept, body: change.body }
        },
      },
      subscriptions: { find: async () => ({ ...subscription, ...since }) },
      poster: {
        update: async ({ channelId, messageTs, payload }) => {
          updates.push({ messageTs, text: JSON.stringify(payload.blocks) })
          return { type: 'posted', channelId, messageTs }
        },
      },
      render,
      clock,
      log: keptLog().log,
      rebuild: async (_subscription, _delivery, remark) => ({
        ...digest(now, remark),
        detail,
        members,
        readers: undefined,
        isOfOtherSetting,
      }),
      asAnswered: async (_delivery, message) => message,
      recordSent: async () => undefined,
      timeInWords: () => 'Tue 14:05',
    })
  return { run, clock, updates, body: () => readBody(kept.body ?? '') }
}

describe('a posted digest', () => {
  it('is corrected in place with its thread, says what changed, and is left alone for the rest of the day', async () => {
    const { run, updates, clock, body } = posted(9)
    expect(await run()).toBe(1)
    expect(updates.map(({ messageTs }) => messageTs)).toEqual(['1.1', '1.2'])
    expect(updates[0]?.text).toContain('updated Tue 14:05: +3 scorecards')
    expect(updates[1]?.text).toContain('9 in the thread')
    expect(body()).toMatchObject({ figures: { scorecards: 9 }, correctedOn: '2026-11-24' })
    expect(await run()).toBe(0)
    clock.moveTo(new Date('2026-11-25T13:05:00Z'))
    expect(await run()).toBe(0)
    expect(updates).toHaveLength(2)
  })

  it('is not touched while its figures are the same', async () => {
    const { run, updates } = posted(6)
    expect(await run()).toBe(0)
    expect(updates).toEqual([])
  })

  it.each([
    ['about another team', { subjectId: '200' }],
    ['of another kind', { kind: 'company' }],
    ['for another channel', { destination: { type: 'channel', channelId: 'C2' } }],
    ['for one reader, who may see more than a channel', { destination: { type: 'dm', slackUserId: 'U100' } }],
  ] as const)('is not rewritten from a digest that is %s now', async (_what, since) => {
    const { run, updates } = posted(9, since)
    expect(await run()).toBe(0)
    expect(updates).toEqual([])
  })

  it('stays as it was where figures are made by other settings since', async () => {
    const { run, updates } = posted(0, {}, { isOfOtherSetting: true })
    expect(await run()).toBe(0)
    expect(updates).toEqual([])
  })

  it.each<[string, DeliveryBody['members']]>([
    ['somebody left or was forgotten', [['100', '101', '102', '103']]],
    ['somebody came', [['100', '101']]],
    [
      'somebody moved to another team within',
      [
        ['100', '101'],
        ['200', '102'],
      ],
    ],
    ['nobody noted of whom it was', undefined],
  ])('stays as it was where %s since: what differs would be theirs', async (_what, of) => {
    for (const detail of ['by-name', 'medians'] as const) {
      const { run, updates } = posted(9, {}, { body: { members: of, detail }, detail })
      expect(await run()).toBe(0)
      expect(updates).toEqual([])
    }
  })

  it('is corrected though its time or its days to skip were changed', async () => {
    const { run } = posted(9, { recurrence: { weekdays: [5], time: '15:00', zone: 'Europe/Berlin' }, skipDates: ['2026-12-25'] })
    expect(await run()).toBe(1)
  })
})

describe('the difference in words', () => {
  it('is signed, rounded to a tenth, and silent about what stayed', () => {
    expect(changesIn({ scorecards: 6, 'calls hosted': 50, same: 1 }, { scorecards: 9, 'calls hosted': 49, same: 1.04 })).toEqual([
      '+3 scorecards',
      '−1 calls hosted',
    ])
  })

  it('takes a figure that was not shown for unknown, never for zero', () => {
    expect(changesIn({}, { scorecards: 12 })).toEqual(['now 12 scorecards'])
    expect(changesIn({ scorecards: 12 }, {})).toEqual(['scorecards no longer shown'])
  })
})

describe('two versions of one message', () => {
  const own = { kind: 'personal', subjectId: 'ana', destination: { type: 'dm', slackUserId: 'U1' } } as const
  const before = { asShown: undefined }

  it('are both of figures as first shown: what was posted before that was so stays', async () => {
    expect(await posted(9).run()).toBe(1)
    expect(await posted(9, {}, { body: before }).run()).toBe(0)
    expect(await posted(9, {}, { body: { ...before, detail: 'by-name' }, detail: 'by-name' }).run()).toBe(1)
  })

  it('are so beside a person’s own figures too, where the team’s stand', async () => {
    expect(await posted(9, own, { body: { detail: 'by-name' }, detail: 'by-name' }).run()).toBe(1)
    expect(await posted(9, own, { body: { ...before, detail: 'by-name' }, detail: 'by-name' }).run()).toBe(0)
  })

  it('are not one with names and one without, which would tell whoever read both what came in between', async () => {
    expect(await posted(9, {}, { body: { detail: 'by-name' }, detail: 'medians' }).run()).toBe(0)
  })
})
