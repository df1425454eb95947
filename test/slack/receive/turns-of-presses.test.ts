// One person's flood of presses, in a message, in Home or in a form, of submitted forms or of searches, keeps nobody else waiting, and there is
// an end to the views it opens.
import type { App } from '@slack/bolt'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Press } from '../../../src/bot/action.ts'
import { createUnderWay, listen } from '../../../src/slack/receive/listeners.ts'
import type { Receiver } from '../../../src/slack/receive/receive.ts'
import type { ReceiveDeps } from '../../../src/slack/receive/receive-deps.ts'
import { receiveSubmission } from '../../../src/slack/receive/submission.ts'
import { keptLog } from '../../kit/quiet-log.ts'

const views = {
  home: { type: 'home', id: 'V1' },
  modal: { type: 'modal', id: 'V2' },
}

// A turn would be given on after two seconds.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A receiver whose work goes on until `release`; actions that begin with `open` open a view. */
function listening() {
  const did = { opened: 0, begun: [] as string[], done: 0, refused: [] as string[] }
  const held = Promise.withResolvers<void>()
  const receiver = {
    begin({ actionId }) {
      if (!actionId.startsWith('open')) return undefined
      did.opened += 1
      return held.promise.then(() => 'V3')
    },
    async press({ slackUserId }, opened) {
      did.begun.push(`${slackUserId}${opened ? ' fills a view' : ''}`)
      await held.promise
      did.done += 1
    },
    submission: (facts, takeTurn) => receiveSubmission(facts, takeTurn, deps),
    async search(_query, { slackUserId }) {
      await begin(slackUserId)
      return [{ label: 'Ana Diaz', value: '3' }]
    },
    refuse: async ({ slackUserId }) => void did.refused.push(slackUserId),
  } as Partial<Receiver> as Receiver
  const begin = async (slackUserId: string): Promise<void> => {
    did.begun.push(slackUserId)
    await held.promise
    did.done += 1
  }
  const deps = {
    actions: [
      {
        id: 'form',
        async handle({ viewer }: Press) {
          await begin(viewer.slackUserId)
          return { type: 'done' }
        },
      },
    ],
    viewers: { readerOf: async (slackUserId: string) => ({ viewer: { slackUserId, standing: 'member' } }) },
    clock: { now: () => new Date(0) },
    guard: async (_at: unknown, _say: unknown, work: () => Promise<unknown>) => void (await work()),
    views: { loading: {}, showing: (message: unknown) => message, update: async () => undefined },
  } as unknown as ReceiveDeps
  const listeners: Record<string, ((given: object) => Promise<void>)[]> = { action: [], view: [], options: [] }
  const app = new Proxy({}, { get: (_, name) => (_what: unknown, listener: never) => listeners[String(name)]?.push(listener) })
  const { log } = keptLog()
  const underWay = createUnderWay(log)
  listen(app as App, { receiver, onUser: async () => undefined, underWay, botUserId: 'UBOT', log })
  const press = async (user: string, actionId: string, view?: object): Promise<void> => {
    const body = { user: { id: user }, trigger_id: 't', actions: [{ action_id: actionId }], ...(view && { view }) }
    await listeners.action?.[0]?.({ body, ack: async () => undefined })
    await vi.advanceTimersByTimeAsync(0)
  }
  /** What Slack is answered. */
  const answers: unknown[] = []
  const ack = async (answer: unknown): Promise<void> => void answers.push(answer)
  const asked = (work: Promise<void> | undefined): Promise<unknown> => {
    underWay.add(work ?? Promise.resolve())
    return vi.advanceTimersByTimeAsync(0)
  }
  const submit = (user: string) => {
    const state = { values: { weeks: { weeks: { value: '2' } } } }
    return asked(listeners.view?.[0]?.({ body: { user: { id: user }, view: { id: 'V4', callback_id: 'form', state } }, ack }))
  }
  const search = (user: string) => asked(listeners.options?.[0]?.({ body: { user: { id: user }, action_id: 'form', value: 'an' }, ack }))
  return { did, answers, press, submit, search, release: () => held.resolve(), settled: () => underWay.settled() }
}

it.each([
  ['in a message that open views', 'open-form', undefined],
  ['in Home that open views', 'open-form', views.home],
  ['in a form that open another', 'open-form', views.modal],
  ['in Home', 'toggle', views.home],
  ['in a form', 'toggle', views.modal],
] as const)('seventy presses %s: six go on at once, fifty wait, and a colleague’s is begun before them', async (_where, action, view) => {
  const { did, press, release, settled } = listening()
  for (let at = 0; at < 70; at += 1) await press('U1', action, view)
  const opens = action === 'open-form'
  const own = opens ? 'U1 fills a view' : 'U1'
  // Every view that will be filled is open by then; the fourteen that are refused open none.
  expect([did.opened, did.begun]).toEqual([opens ? 56 : 0, Array.from({ length: 6 }, () => own)])
  await press('U2', action, view)
  expect(did.begun.at(-1)).toMatch(/^U2/)
  // Where there is no place for words but their messages they are said once.
  expect(did.refused).toEqual(Array.from({ length: view ? 1 : 14 }, () => 'U1'))
  release()
  await settled()
  expect([did.done, did.begun.length]).toEqual([57, 57])
})

it('seventy submitted forms: six go on at once, fifty wait, the others read so beside an input, and a colleague’s is begun before them', async () => {
  const { did, answers, submit, release, settled } = listening()
  for (let at = 0; at < 70; at += 1) await submit('U1')
  expect(did.begun).toEqual(Array.from({ length: 6 }, () => 'U1'))
  const refusal = { response_action: 'errors', errors: { weeks: expect.stringContaining('faster than I can answer') } }
  expect(answers).toEqual(Array.from({ length: 14 }, () => refusal))
  await submit('U2')
  expect(did.begun.at(-1)).toBe('U2')
  release()
  await vi.advanceTimersByTimeAsync(0)
  await settled()
  expect([did.done, answers.length]).toEqual([57, 71])
})

it('a form that waits for its turn longer than Slack does goes on behind a loading view', async () => {
  const { did, answers, submit, release, settled } = listening()
  for (let at = 0; at < 8; at += 1) await submit('U1')
  await vi.advanceTimersByTimeAsync(1999)
  expect(answers).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(answers).toEqual(Array.from({ length: 8 }, () => ({ response_action: 'update', view: {} })))
  release()
  await settled()
  expect(did.done).toBe(8)
})

it('seventy searches: six go on at once, fifty wait, the others find nothing, and a colleague’s is begun before them', async () => {
  const { did, answers, search, release, settled } = listening()
  for (let at = 0; at < 70; at += 1) await search('U1')
  expect([did.begun.length, answers]).toEqual([6, Array.from({ length: 14 }, () => ({ options: [] }))])
  await search('U2')
  expect(did.begun.at(-1)).toBe('U2')
  release()
  await settled()
  expect(answers.filter((answer) => JSON.stringify(answer).includes('Ana Diaz'))).toHaveLength(57)
})

it('whoever was answered since is refused in words again', async () => {
  const { did, press, release, settled } = listening()
  for (let at = 0; at < 60; at += 1) await press('U1', 'toggle', views.home)
  release()
  await settled()
  expect(did.refused).toEqual(['U1'])
  await press('U1', 'toggle', views.home)
  await settled()
  expect(did.done).toBe(57)
})
