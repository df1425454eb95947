// The correction of one posted digest, and how the difference is said.

import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { changesIn, correctDigests } from '../../src/digests/correct-digests.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import type { Message } from '../../src/render/message.ts'
import { line } from '../../src/render/text/text.ts'
import { bodyOf, madeFor, readBody, writeBody } from '../../src/reports/delivery-body.ts'
import type { BuiltDigest } from '../../src/reports/digest.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import type { Contributions } from '../../src/stats/figures/results.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { teamDigest } from '../kit/team-digest.ts'

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
  return { message, isEmpty: false, shows: [], figures: { scorecards } }
}

/** Monday's digest with 6 scorecards and its thread; today Gong shows `now` of them. `since`: what was changed about the digest meanwhile. */
function posted(
  now: number,
  since: Partial<Subscription> = {},
  world: { before: BuiltDigest; after: BuiltDigest } = { before: digest(6), after: digest(now) },
) {
  const asked: boolean[] = []
  const updates: { readonly messageTs: string; readonly text: string }[] = []
  const row: Delivery = {
    id: 'd1',
    subscriptionId: subscription.id,
    occurrence: '2026-11-23T09:00[Europe/Berlin]',
    dueAt: monday,
    status: 'sent',
    attempts: 1,
    looks: 0,
    channelId: 'C1',
    messageTs: '1.1',
    sentAt: monday,
    body: writeBody({ ...bodyOf(world.before), madeFor: madeFor({ ...subscription, ...(since.kind === 'personal' && since) }) }),
    createdAt: monday,
  }
  const thread: Delivery = { ...row, id: 't1', occurrence: 'thread:d1', messageTs: '1.2' }
  let kept = row
  const clock = movableClock(new Date('2026-11-24T13:05:00Z'))
  const run = () =>
    correctDigests({
      deliveries: {
        sentSince: async () => [kept, thread],
        history: async () => [thread, kept],
        update: async (_id, change) => {
          kept = { ...kept, body: change.body ?? '' }
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
      rebuild: async (_subscription, _delivery, remark, { alone }) => {
        asked.push(alone)
        const { message, ...built } = world.after
        const said = remark === undefined ? message : digest(built.figures.scorecards ?? 0, remark).message
        return { ...built, message: said, detail: 'medians', readers: undefined, ...(alone && { contributions: undefined }) }
      },
      asAnswered: async (_delivery, message) => message,
      recordSent: async () => undefined,
      timeInWords: () => 'Tue 14:05',
    })
  return { run, clock, updates, body: () => readBody(kept.body ?? ''), alone: () => asked }
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

describe('a posted digest without names', () => {
  const people = ['ana', 'ben', 'eva', 'jon', 'kai', 'zoe']
  /** Each person's fingerprint; of those named, another one. */
  const contributionsOf = (changed: readonly string[] = [], basis = 'one'): Contributions => ({
    basis,
    of: new Map(people.map((id) => [id, `${id} ${changed.includes(id) ? 'late' : 'first'}`])),
    isAnonymous: (ids) => ids.length >= 5,
  })
  const late = (count: number, basis?: string) => ({ ...digest(6 + count), contributions: contributionsOf(people.slice(0, count), basis) })

  it('stays as it was for one late card, and for four people; is corrected once five changed', async () => {
    for (const [count, corrected] of [
      [1, 0],
      [4, 0],
      [5, 1],
      [6, 1],
    ] as const) {
      const { run } = posted(6 + count, {}, { before: late(0), after: late(count) })
      expect([count, await run()]).toEqual([count, corrected])
    }
  })

  it('waits for five people, however many days pass, and begins to count anew after that', async () => {
    const world = { before: late(0), after: late(3) }
    const { run, clock, body } = posted(9, {}, world)
    for (const day of [24, 25]) {
      clock.moveTo(new Date(`2026-11-${day}T13:05:00Z`))
      expect(await run()).toBe(0)
    }
    world.after = late(5)
    expect(await run()).toBe(1)
    // Nobody's name or figure is kept with it.
    expect(body().contributions).toEqual({ basis: 'one', of: [...late(5).contributions.of.values()].toSorted() })
    clock.moveTo(new Date('2026-11-26T13:05:00Z'))
    world.after = late(6)
    expect(await run()).toBe(0)
  })

  it('stays where nobody can say what changed: stored before fingerprints, other statistics, somebody more or fewer', async () => {
    const { contributions: _, ...bare } = late(0)
    const fewer = { ...late(5), contributions: { ...late(5).contributions, of: new Map([...late(5).contributions.of].slice(1)) } }
    // Figures that changed though nobody's own did: the group is another one.
    const same = { ...digest(9), contributions: contributionsOf() }
    for (const [before, after] of [
      [bare, late(5)],
      [late(0), late(5, 'two')],
      [late(0), fewer],
      [late(0), same],
    ] as const)
      expect(await posted(11, {}, { before, after }).run()).toBe(0)
  })

  it('with names in it is corrected for one', async () => {
    expect(await posted(7, {}, { before: digest(6), after: digest(7) }).run()).toBe(1)
  })
})

describe("a person's own digest, with the team's medians beside it", () => {
  const own = { kind: 'personal', subjectId: 'ana', destination: { type: 'dm', slackUserId: 'U1' } } as const
  const beside = (scorecards: number, others: readonly string[]): BuiltDigest => ({
    ...digest(scorecards),
    contributions: {
      basis: 'one',
      of: new Map(['ben', 'eva', 'jon', 'kai', 'zoe'].map((id) => [id, `${id}${others.includes(id) ? ' late' : ''}`])),
      isAnonymous: (ids) => ids.length >= 5,
    },
  })

  it('is corrected as a whole when only their own changed, and without the team when a colleague’s did too', async () => {
    const mine = posted(9, own, { before: beside(6, []), after: beside(9, []) })
    expect([await mine.run(), mine.alone()]).toEqual([1, [false, false]])
    const both = posted(9, own, { before: beside(6, []), after: beside(9, ['ben']) })
    expect([await both.run(), both.alone()]).toEqual([1, [false, true, true]])
    expect(both.body().contributions).toBeUndefined()
  })
})
