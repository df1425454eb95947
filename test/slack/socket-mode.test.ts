// Socket Mode at the edge: two connections, every envelope acknowledged with nothing and answered once, while Slack refreshes
// connections and the network drops them.
import { afterEach, expect, it } from 'vitest'
import { type Edge, startEdge } from './edge-kit.ts'

let edge: Edge
afterEach(() => edge.stop())

async function start(): Promise<Edge> {
  edge = await startEdge('socket')
  await connected(2)
  return edge
}

const connected = (count: number): Promise<true> => edge.slack.until(() => edge.slack.socketCount() === count).then(() => true)

const answers = () => edge.slack.messages('C0EMEA', 'U0MARIA').length

/** Types so many commands one after another and expects an empty acknowledgement and one answer for each. */
async function expectAnswered(count: number): Promise<void> {
  const before = answers()
  for (let index = 0; index < count; index += 1)
    expect(await edge.slack.type('U0MARIA', 'C0EMEA', '/gong-stats help')).toEqual({ type: 'acknowledged', body: {} })
  await edge.idle()
  expect(answers()).toBe(before + count)
}

it('two connections share the envelopes; each is acknowledged with nothing and answered once', async () => {
  await start()
  await expectAnswered(4)
})

it('goes on over the other connection the moment one is lost, and has two again after', async () => {
  await start()
  edge.slack.dropSockets(1)
  await connected(1)
  await expectAnswered(2)
  await connected(2)
  await expectAnswered(2)
})

it('comes back when both are lost at once', async () => {
  await start()
  edge.slack.dropSockets(2)
  await connected(0)
  await connected(2)
  await expectAnswered(2)
})

it.each(['warning', 'refresh_requested'] as const)('connects again when Slack says %s', async (reason) => {
  await start()
  edge.slack.refreshSockets(reason)
  await edge.slack.until(() => edge.slack.socketCount() < 2)
  await connected(2)
  await expectAnswered(2)
})

it('closes every connection when it stops', async () => {
  const { slack } = await start()
  await edge.stopSlack()
  await slack.until(() => slack.socketCount() === 0)
})
