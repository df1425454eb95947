// A digest that went out without some figures: completed once they have come, also on a day on which it was corrected already.
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { completeDigests } from '../../src/digests/complete-digests.ts'
import type { Rebuilt } from '../../src/digests/correct-digests.ts'
import type { FigureKind } from '../../src/domain/figure-gap.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import { line } from '../../src/render/text/text.ts'
import { bodyOf, madeFor, readBody, writeBody } from '../../src/reports/delivery-body.ts'
import type { BuiltDigest } from '../../src/reports/digest.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import type { SlackFailure } from '../../src/slack-ports.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { sentDelivery, teamDigest } from '../kit/team-digest.ts'

const subscription = teamDigest({})
const monday = new Date('2026-11-23T10:00:00Z')
const digest = (figures: Record<string, number>, remark = ''): BuiltDigest => ({
  message: { summary: 'A digest', parts: [{ type: 'text', line: line(`${JSON.stringify(figures)} ${remark}`) }] },
  isEmpty: false,
  shows: [],
  mentions: [],
  figures,
})

interface World {
  readonly correctedOn: string
  readonly gate: 'unknown'
  readonly refusals: readonly SlackFailure[]
  /** What rebuilding gives. */
  readonly built: Partial<Rebuilt> | undefined
  /** By another setting; the figures that its groups no longer show. */
  readonly otherSetting: readonly string[]
  readonly subscription: Subscription
}

/** Monday's digest without `lacks`; `change` is what the world is like. */
function late(lacks: readonly FigureKind[], change: Partial<World> = {}) {
  const missing = new Set<FigureKind>(lacks)
  const figures: Record<string, number> = { 'calls hosted': 50 }
  const said: string[] = []
  const refusals = [...(change.refusals ?? [])]
  let rebuilds = 0
  const body = {
    ...bodyOf(digest({ ...figures })),
    members: [['100', '101']],
    madeFor: madeFor(subscription),
    ...(change.correctedOn && { correctedOn: change.correctedOn }),
  }
  let row: Delivery = sentDelivery(subscription, { sentAt: monday, body: writeBody(body), lacks })
  const run = () =>
    completeDigests({
      deliveries: {
        lackingSince: async () => (row.lacks ? [row] : []),
        find: async () => row,
        history: async () => [],
        async update(_id, { lacks: left, body: written }) {
          const { lacks: before, ...rest } = row
          const kept = left === undefined ? before : (left ?? undefined)
          row = { ...rest, ...(written && { body: written }), ...(kept && { lacks: kept }) }
        },
      },
      subscriptions: { find: async () => change.subscription ?? subscription },
      poster: {
        async update({ channelId, messageTs, payload }) {
          const refusal = refusals.shift()
          if (refusal) return refusal
          said.push(JSON.stringify(payload.blocks))
          return { type: 'posted', channelId, messageTs }
        },
      },
      render: renderForSlack(),
      clock: movableClock(new Date('2026-11-23T13:05:00Z')),
      log: keptLog().log,
      async rebuild(_subscription, _delivery, remark) {
        rebuilds += 1
        if (change.gate === 'unknown') return 'later'
        if ('built' in change && !change.built) return undefined
        const shown = Object.fromEntries(Object.entries(figures).filter(([name]) => !change.otherSetting?.includes(name)))
        const isOfOtherSetting = change.otherSetting !== undefined
        return {
          ...digest(shown, remark),
          detail: 'medians',
          members: [['100', '101']],
          readers: undefined,
          isOfOtherSetting,
          ...change.built,
        }
      },
      asAnswered: async (_delivery, message) => message,
      recordSent: async () => undefined,
      timeInWords: () => 'Mon 14:05',
      periodOf: () => ({ from: '2026-11-16', to: '2026-11-23' }),
      missingIn: async () => missing,
    })
  return {
    run,
    said,
    rebuilds: () => rebuilds,
    row: () => row,
    /** Gong gives it. */
    comes(kind: FigureKind, figure: string, value: number) {
      missing.delete(kind)
      figures[figure] = value
    },
  }
}

it('waits while nothing has come, without building anything', async () => {
  const { run, rebuilds, row } = late(['interaction'])
  expect(await run()).toBe(0)
  expect(rebuilds()).toBe(0)
  expect(row().lacks).toEqual(['interaction'])
})

it('is completed by each kind when it comes, twice on one day where they come apart', async () => {
  const { run, said, comes, row } = late(['interaction', 'scorecards'])
  comes('interaction', 'talk ratio', 48)
  expect(await run()).toBe(1)
  expect(said.at(-1)).toContain('updated Mon 14:05: now 48 talk ratio')
  expect(row().lacks).toEqual(['scorecards'])
  expect(await run()).toBe(0)
  comes('scorecards', 'scorecards', 6)
  expect(await run()).toBe(1)
  expect(said.at(-1)).toContain('updated Mon 14:05: now 6 scorecards')
  expect(row().lacks).toBeUndefined()
  expect(await run()).toBe(0)
  expect(said).toHaveLength(2)
})

it('is completed on a day on which it was corrected, and then counts as corrected that day', async () => {
  const { run, comes, row } = late(['interaction'], { correctedOn: '2026-11-23' })
  comes('interaction', 'talk ratio', 48)
  expect(await run()).toBe(1)
  expect(readBody(row().body ?? '').correctedOn).toBe('2026-11-23')
})

it('is tried again where Slack could not be reached or asked who reads it, and not where Slack refused', async () => {
  const away = late(['interaction'], { refusals: [{ type: 'unreached', error: 'ECONNREFUSED' }] })
  away.comes('interaction', 'talk ratio', 48)
  expect([await away.run(), away.row().lacks]).toEqual([0, ['interaction']])
  expect([await away.run(), away.row().lacks]).toEqual([1, undefined])

  const unknown = late(['interaction'], { gate: 'unknown' })
  unknown.comes('interaction', 'talk ratio', 48)
  expect([await unknown.run(), unknown.row().lacks]).toEqual([0, ['interaction']])

  const gone = late(['interaction'], { refusals: [{ type: 'refused', error: 'message_not_found' }] })
  gone.comes('interaction', 'talk ratio', 48)
  expect([await gone.run(), gone.row().lacks]).toEqual([0, undefined])
})

it('is left to the daily look where what came changes nothing that it shows', async () => {
  const { run, said, comes, row } = late(['interaction'])
  comes('interaction', 'calls hosted', 50)
  expect(await run()).toBe(0)
  expect(said).toEqual([])
  expect(row().lacks).toBeUndefined()
})

describe('after a setting for groups was changed', () => {
  it('is completed by what the setting of today shows, where it loses nothing', async () => {
    const { run, said, comes, row } = late(['interaction'], { otherSetting: [] })
    comes('interaction', 'talk ratio', 48)
    expect(await run()).toBe(1)
    expect(said).toEqual([expect.stringContaining('updated Mon 14:05: now 48 talk ratio')])
    expect(row().lacks).toBeUndefined()
  })

  it.each([
    ['what has come', ['talk ratio']],
    ['what it showed', ['calls hosted']],
    ['both', ['talk ratio', 'calls hosted']],
  ])('says why it is not completed where the setting does not show %s, and keeps what it showed', async (_what, otherSetting) => {
    const { run, said, comes, row } = late(['interaction', 'scorecards'], { otherSetting })
    comes('interaction', 'talk ratio', 48)
    expect(await run()).toBe(0)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('calls hosted')
    expect(said[0]).toContain(
      'What was missing has come, but is not shown here: a setting that decides how groups are shown was changed after this week.',
    )
    expect(row().lacks).toEqual(['scorecards'])
    // Said once, whatever else comes.
    comes('scorecards', 'talk ratio', 48)
    expect(await run()).toBe(0)
    expect(said).toHaveLength(1)
    expect(row().lacks).toBeUndefined()
  })
})

it.each<[string, Partial<World>, string]>([
  ['may not be shown any more', { built: undefined }, 'who may see them, or who reads this, has changed since'],
  ['would be shown in another detail', { built: { detail: 'by-name' } }, 'who may see them, or who reads this, has changed since'],
  ['would be of other people', { built: { members: [['100']] } }, 'somebody has left, moved or come since'],
  ['would name somebody else', { built: { shows: ['7'] } }, 'who may see them, or who reads this, has changed since'],
  ['is of another team', { subscription: teamDigest({ subjectId: '999' }) }, 'the digest was changed since to another subject or place'],
])('says why it is not completed where it %s', async (_what, change, why) => {
  const { run, said, comes, row } = late(['interaction'], change)
  comes('interaction', 'talk ratio', 48)
  expect([await run(), row().lacks]).toEqual([0, undefined])
  expect(said).toEqual([expect.stringContaining(why)])
  expect(said[0]).not.toContain('48')
})

it('says why once Slack can be reached again', async () => {
  const { run, said, comes, row } = late(['interaction'], { built: undefined, refusals: [{ type: 'unreached', error: 'ECONNREFUSED' }] })
  comes('interaction', 'talk ratio', 48)
  await run()
  expect([said, row().lacks]).toEqual([[], ['interaction']])
  await run()
  expect([said.length, row().lacks]).toEqual([1, undefined])
})
