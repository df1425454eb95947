// A digest that went out without some figures: completed once they have come, also on a day on which it was corrected already.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { completeDigests } from '../../src/digests/complete-digests.ts'
import type { FigureKind } from '../../src/domain/figure-gap.ts'
import type { Delivery } from '../../src/domain/subscription.ts'
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

/** Monday's digest without `lacks`; `change` is what the world is like. */
function late(lacks: readonly FigureKind[], change: { correctedOn?: string; gate?: 'unknown'; refusals?: SlackFailure[] } = {}) {
  const missing = new Set<FigureKind>(lacks)
  const figures: Record<string, number> = { 'calls hosted': 50 }
  const said: string[] = []
  const refusals = [...(change.refusals ?? [])]
  let rebuilds = 0
  const body = {
    ...bodyOf(digest({ ...figures })),
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
      subscriptions: { find: async () => subscription },
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
        return { ...digest({ ...figures }, remark), detail: 'medians', readers: undefined }
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
