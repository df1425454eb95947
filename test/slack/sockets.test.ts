// Connections over Slack's absence: tried again at a steady pace however long it lasts, given up never, and quiet in the log.
import { EventEmitter } from 'node:events'
import type { SocketModeReceiver } from '@slack/bolt'
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { socketsEach } from '../../src/domain/sockets-each.ts'
import { keepSockets, type SocketKeeper, type Sockets, usualSocketTimes } from '../../src/slack/sockets.ts'
import { keptLog } from '../kit/quiet-log.ts'

const soon = { retryMs: [0, 1], attemptMs: 1000, lookMs: 5 }

let keeper: SocketKeeper
afterEach(() => keeper?.stop())

/** A Slack whose connections open unless `fault` says otherwise at that attempt. */
function slackThat(fault: (attempt: number) => Error | 'hangs' | undefined) {
  let attempts = 0
  const clients: (EventEmitter & { isOpen: boolean })[] = []
  const create = (): SocketModeReceiver => {
    const client = Object.assign(new EventEmitter(), {
      isOpen: false,
      websocket: { isActive: () => client.isOpen },
      async start() {
        attempts += 1
        const wrong = fault(attempts)
        if (wrong === 'hangs') return new Promise(() => undefined)
        if (wrong) throw wrong
        client.isOpen = true
        return undefined
      },
      async disconnect() {
        client.isOpen = false
      },
    })
    clients.push(client)
    return { client } as unknown as SocketModeReceiver
  }
  return { create, attempts: () => attempts, open: () => clients.filter(({ isOpen }) => isOpen) }
}

/** Keeps connections until `isReached`. */
function keep(
  slack: ReturnType<typeof slackThat>,
  options: Partial<Parameters<typeof keepSockets>[0]>,
  isReached: (state: Sockets) => boolean,
) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const kept = keptLog()
  const onChange = (state: Sockets) => isReached(state) && resolve()
  keeper = keepSockets({ create: slack.create, most: 1, times: soon, log: kept.log, onChange, ...options })
  return { reached: promise, lines: kept.lines }
}

const away = () => new Error('ECONNREFUSED')

describe('a connection', () => {
  it('is tried again until it stands, after fifty failures as soon as after two, with one line for all of them', async () => {
    const slack = slackThat((attempt) => (attempt <= 50 ? away() : undefined))
    const { reached, lines } = keep(slack, {}, ({ open }) => open === 1)
    await reached
    expect(slack.attempts()).toBe(51)
    expect(keeper.state()).toEqual({ open: 1, wanted: 1, refused: undefined })
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'No connection to Slack stands; it is tried again until one does',
      'Slack is connected again',
    ])
  })

  it('is back within half a minute of Slack, whatever attempt was under way when it came back', () => {
    const { attemptMs, retryMs } = usualSocketTimes
    expect(attemptMs + Math.max(...retryMs)).toBeLessThan(30_000)
  })

  it('is opened anew when an attempt hangs, or a standing one dies without a word', async () => {
    const slack = slackThat((attempt) => (attempt === 1 ? 'hangs' : undefined))
    let losses = 0
    const { reached } = keep(slack, { times: { ...soon, attemptMs: 20 } }, ({ open }) => {
      if (open === 1 && losses === 0) {
        losses += 1
        for (const client of slack.open()) client.isOpen = false
        return false
      }
      return open === 1
    })
    await reached
    expect([slack.attempts(), losses]).toEqual([3, 1])
  })

  it('does not stand in for another: two are kept, and a lost one is replaced', async () => {
    const slack = slackThat(() => undefined)
    let wasLost = false
    const { reached } = keep(slack, { most: 2 }, ({ open }) => {
      if (open === 2 && !wasLost) {
        wasLost = true
        slack.open()[0]?.emit('disconnected')
        return false
      }
      return open === 2
    })
    await reached
    expect([slack.attempts(), slack.open().length]).toEqual([3, 2])
  })

  it('says that Slack refuses the token until it opens again; an outage in between says nothing about it', async () => {
    const refused = new WebAPIPlatformError({ ok: false, error: 'invalid_auth' } as never)
    const slack = slackThat((attempt) => (attempt === 3 ? away() : attempt <= 5 ? refused : undefined))
    const seen: (string | undefined)[] = []
    const { reached, lines } = keep(slack, {}, (state) => {
      seen.push(state.refused)
      return state.open === 1
    })
    await reached
    expect(seen.filter((each, index) => each !== seen[index - 1])).toEqual(['invalid_auth', undefined])
    expect(lines.filter((line) => line.includes('Slack refuses the app token'))).toHaveLength(1)
  })

  it('that Slack closes before it stands, as it does with the eleventh, does not hold up a start', async () => {
    const create = () =>
      ({
        client: Object.assign(new EventEmitter(), { start: () => Promise.reject(), disconnect: async () => undefined }),
      }) as unknown as SocketModeReceiver
    keep(
      slackThat(() => undefined),
      { create, times: usualSocketTimes },
      () => false,
    )
    // Without an end of its own it would be a quarter of an hour.
    await keeper.opened(900_000)
    expect(keeper.state()).toMatchObject({ open: 0 })
  })

  it('waits as long as Slack asks', async () => {
    const slack = slackThat((attempt) => (attempt === 1 ? new WebAPIRateLimitedError(30) : undefined))
    keep(slack, {}, () => false)
    await keeper.opened(20)
    expect([slack.attempts(), keeper.state().open]).toEqual([1, 0])
  })
})

describe('connections of many replicas', () => {
  it('are two each up to five replicas, and one each beyond', () => {
    expect([1, 2, 5, 6, 12].map(socketsEach)).toEqual([2, 2, 2, 1, 1])
  })

  it('are given up and opened again as replicas come and go', async () => {
    const slack = slackThat(() => undefined)
    let replicas = 1
    keep(slack, { most: 2, wanted: () => socketsEach(replicas) }, () => true)
    await expect.poll(() => slack.open().length).toBe(2)
    replicas = 12
    await expect.poll(() => slack.open().length).toBe(1)
    expect(keeper.state()).toMatchObject({ open: 1, wanted: 1 })
    replicas = 5
    await expect.poll(() => slack.open().length).toBe(2)
  })
})
