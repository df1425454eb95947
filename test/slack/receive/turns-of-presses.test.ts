// One person's flood of presses, in a message, in Home or in a form, keeps nobody else waiting, and there is an end to the views it opens.
import type { App } from '@slack/bolt'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createUnderWay, listen } from '../../../src/slack/receive/listeners.ts'
import type { Receiver } from '../../../src/slack/receive/receive.ts'
import { keptLog } from '../../kit/quiet-log.ts'

const views = {
  home: { type: 'home', id: 'V1' },
  modal: { type: 'modal', id: 'V2' },
}

// A turn would be given on after two seconds.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A receiver whose presses go on until `release`; actions that begin with `open` open a view. */
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
    refuse: async ({ slackUserId }) => void did.refused.push(slackUserId),
  } as Partial<Receiver> as Receiver
  const pressed: ((given: object) => Promise<void>)[] = []
  const app = new Proxy({}, { get: (_, name) => (_what: unknown, listener: never) => name === 'action' && pressed.push(listener) })
  const { log } = keptLog()
  const underWay = createUnderWay(log)
  listen(app as App, { receiver, onUser: async () => undefined, underWay, botUserId: 'UBOT', log })
  const press = async (user: string, actionId: string, view?: object): Promise<void> => {
    const body = { user: { id: user }, trigger_id: 't', actions: [{ action_id: actionId }], ...(view && { view }) }
    await pressed[0]?.({ body, ack: async () => undefined })
    await vi.advanceTimersByTimeAsync(0)
  }
  return { did, press, release: () => held.resolve(), settled: () => underWay.settled() }
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
