// A posted reminder that is being redrawn while somebody is forgotten: it is not written to Slack again with their name.
import { expect, it } from 'vitest'
import { createReminderMessages } from '../../src/coaching/reminder-messages.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import type { Posted, SlackFailure } from '../../src/slack-ports.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { eachInAWorldOfItsOwn, others, store, turnOn, until } from './reminder-world.ts'

eachInAWorldOfItsOwn()

/** Redraws this week's reminder. `atRights`: while the rights are asked. `answers`: of Slack, one a try. */
async function redrawn({
  atRights = async () => undefined,
  answers = [],
}: {
  readonly atRights?: (reportId: string) => Promise<unknown>
  readonly answers?: readonly ((reportId: string) => Promise<SlackFailure>)[]
}) {
  await turnOn()
  await until('2026-09-08T12:00:00Z')
  const item = (await store.coaching.items('1000')).find(({ status }) => status === 'open')
  const reportId = item?.reportId ?? ''
  const texts: string[] = []
  const messages = createReminderMessages({
    ...store,
    poster: {
      async update({ channelId, messageTs, payload }): Promise<Posted | SlackFailure> {
        texts.push(JSON.stringify(payload))
        return (await answers[texts.length - 1]?.(reportId)) ?? { type: 'posted', channelId, messageTs }
      },
    },
    render: renderForSlack(),
    log: keptLog().log,
    chart: () => store.people.chart(),
    localeOf: async () => 'en-US',
    async mayBeSent() {
      await atRights(reportId)
      return true
    },
  })
  const name = (await store.people.chart()).people.get(reportId)?.name ?? ''
  return { outcome: await messages.show(item?.deliveryId ?? ''), texts, name }
}

const once = (act: (reportId: string) => Promise<unknown>) => {
  let done = false
  return async (reportId: string) => {
    if (done) return
    done = true
    await act(reportId)
  }
}

it('is written while nobody is forgotten', async () => {
  const { outcome, texts, name } = await redrawn({})
  expect([outcome, texts.length]).toEqual(['shown', 1])
  expect(texts[0]).toContain(name)
})

it('is not written once somebody it names is forgotten after it was read', async () => {
  const { outcome, texts } = await redrawn({ atRights: once((id) => store.people.forget(id, 'key')) })
  expect([outcome, texts]).toEqual(['gone', []])
})

it('is not written again where they are forgotten while Slack asks to wait', async () => {
  const waiting = async (id: string): Promise<SlackFailure> => {
    await store.people.forget(id, 'key')
    return { type: 'rate-limited', retryAfterMs: 1, error: 'ratelimited' }
  }
  const { outcome, texts } = await redrawn({ answers: [waiting] })
  expect([outcome, texts.length]).toEqual(['gone', 1])
})

it('is drawn anew and written where somebody else is forgotten', async () => {
  const { outcome, texts, name } = await redrawn({ atRights: once(() => store.people.forget(others[0] ?? '', 'key')) })
  expect([outcome, texts.length]).toEqual(['shown', 1])
  expect(texts[0]).toContain(name)
})
