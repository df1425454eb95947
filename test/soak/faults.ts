// What goes wrong on a day of the soak: one entry each, dealt by a seed. Append to the list; each ends by what it returns.
import type { MovableClock } from '../../src/clock.ts'
import type { OutageKey } from '../../src/people/outages.ts'
import type { SlackFault } from '../../src/sandbox/slack/faults.ts'
import type { SimulatedCompany } from '../bench/simulated-company.ts'
import { databaseFaults } from './database-faults.ts'
import type { SoakedApp } from './soaked-app.ts'
import type { SoakedDatabase } from './soaked-database.ts'

export interface SoakWorld {
  readonly company: SimulatedCompany
  readonly database: SoakedDatabase
  readonly app: SoakedApp
  /** Everybody's, but the app's where that goes wrong. */
  readonly clock: MovableClock
  /** When this day's digests are due. */
  readonly nine: Date
}

export interface SoakFault {
  readonly name: string
  /** From shortly before nine until ten by the clock that is moved, or for one beat at nine in real time. */
  readonly lasts: 'an hour' | 'a beat'
  /** Begins it; what it returns ends it. */
  begin(world: SoakWorld): Promise<() => unknown> | (() => unknown)
  /** Errors in the log that it explains, by their lines. */
  readonly explains?: RegExp
  /** What admins are notified of: once, and once when it is over. */
  readonly outage?: OutageKey
  /** What `/readyz` says meanwhile. */
  readonly unready?: RegExp
}

const slackFault = (name: string, fault: SlackFault, more: Partial<SoakFault> & { readonly times?: number } = {}): SoakFault => ({
  name,
  lasts: 'an hour',
  begin: ({ company }) => company.slack.faults.add(fault, more.times),
  ...more,
})
const answering = (error: string, method: string, more: Parameters<typeof slackFault>[2] = {}): SoakFault =>
  slackFault(`Slack answers ${error}`, { type: 'error', method, error }, more)
const gongFault = (name: string, ...fault: Parameters<SimulatedCompany['gong']['faults']['add']>): SoakFault => ({
  name,
  lasts: 'an hour',
  begin: ({ company }) => company.gong.faults.add(...fault),
})

const refusesTheBot = /Slack refuses the bot; its admins are notified/

const soakFaults: readonly SoakFault[] = [
  slackFault(
    'direct messages are switched off',
    { type: 'error', method: 'chat.postMessage', error: 'messages_tab_disabled', toPeople: true },
    { outage: 'direct-messages', explains: refusesTheBot },
  ),
  answering('team_access_not_granted', 'chat.postMessage', { outage: 'posts', explains: refusesTheBot }),
  answering('ekm_access_denied', 'chat.postMessage', { outage: 'posts', explains: refusesTheBot }),
  slackFault('the token is revoked', { type: 'token-revoked' }, { outage: 'posts', explains: refusesTheBot }),
  answering('fetch_members_failed', 'conversations.members', { times: 3 }),
  answering('invalid_cursor', 'conversations.members', { times: 3 }),
  answering('external_channel_migrating', 'chat.postMessage', { times: 3 }),
  answering('internal_error', 'chat.postMessage', { times: 3 }),
  answering('accesslimited', 'users.list', { times: 3 }),
  slackFault('a page in place of Slack', { type: 'not-slack', body: '<html>Sign in</html>' }),
  slackFault('nothing in place of Slack', { type: 'not-slack', body: '' }),
  slackFault('half an answer of Slack', { type: 'not-slack', body: '{"ok":true,"chan' }),
  slackFault('Slack answers yes and nothing else', { type: 'not-slack', body: '{"ok":true}' }),
  slackFault('one word in place of Slack', { type: 'not-slack', body: 'unavailable' }),
  slackFault('Slack is down', { type: 'down', status: 503 }),
  slackFault('Slack lets no connection stand', { type: 'down' }),
  slackFault('Slack asks for a pause', { type: 'rate-limited', method: 'chat.postMessage', retryAfterSeconds: 600 }),
  slackFault('answers of Slack are lost', { type: 'lost-answer', method: 'chat.postMessage' }, { times: 3 }),
  gongFault('Gong is down', { type: 'down' }),
  // In real time, as all that replicas share.
  gongFault('Gong asks for a pause', { type: 'rate-limited', retryAfterSeconds: 1 }, { times: 2 }),
  gongFault('one operation of Gong gives pages of a proxy', { type: 'html' }, { path: '/stats/interaction' }),
  ...databaseFaults,
]

/** As many days as this show every fault. */
export const faultsInAll = soakFaults.length

/** The fault of each of so many days: the whole list in an order drawn anew each time round, the same for the same seed. */
export function faultsOf(seed: number, days: number): readonly SoakFault[] {
  const next = mulberry32(seed)
  const dealt: SoakFault[] = []
  while (dealt.length < days) {
    const deck = [...soakFaults]
    while (deck.length > 0) dealt.push(...deck.splice(Math.floor(next() * deck.length), 1))
  }
  return dealt.slice(0, days)
}

/** Numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
