// Text of Slack's that no database takes, and characters of several code units: cleaned and cut whole where it enters, so that one odd name
// stops neither the directory nor a form nor the record of who could read a post.
import { afterEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createDirectory, memberOf } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'
import { pressFacts, searchFacts, submissionFacts } from '../../src/slack/receive/payload.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const home = { teamId: 'T1' }
/** A lone half of an emoji, NUL, and a whole emoji. */
const odd = 'Ana\0 \ud83d Ruiz 😀'
const clean = 'Ana � Ruiz 😀'

let store: OpenedStore | undefined
afterEach(async () => {
  await store?.close()
  store = undefined
})

describe('the directory', () => {
  it('takes members with odd names and addresses, and everybody beside them', async () => {
    store = await usualStore({ clock })
    const members = [
      { id: 'U1', team_id: 'T1', real_name: odd, profile: { email: 'Ana\0@acme.test', status_text: odd, status_emoji: ':x\0:' } },
      { id: 'U2', team_id: 'T1', real_name: 'Ben', tz: 'Europe/Berlin\0' },
    ]
    const { log, lines } = keptLog()
    const client = { apiCall: async () => ({ ok: true, members }) } as never
    const directory = createDirectory({ client, store: store.directory, home: async () => home, clock, log })
    expect(await directory.refresh()).toBe(2)
    expect(await store.directory.find('U1')).toMatchObject({ name: clean, email: 'ana@acme.test', statusText: clean })
    expect(await store.directory.find('U2')).toMatchObject({ name: 'Ben', zone: 'Europe/Berlin' })
    expect(JSON.stringify(lines)).not.toContain('refused')
    // An event about one of them takes the same way.
    await directory.heard({ id: 'U2', team_id: 'T1', real_name: `\udc00${odd}` })
    expect((await store.directory.find('U2'))?.name).toBe(`�${clean}`)
  })

  it('cuts a long name between two characters as a person sees them', () => {
    const flags = '🇩🇪'.repeat(300)
    // 1,000 code units are 250 flags; one unit more at the front leaves 249 whole ones.
    expect(memberOf('U1', { real_name: flags }, home).name).toBe('🇩🇪'.repeat(250))
    expect(memberOf('U1', { real_name: `a${flags}` }, home).name).toBe(`a${'🇩🇪'.repeat(249)}`)
  })
})

it("the gate cleans and cuts a channel's name, which goes into the record of who could read a post", async () => {
  store = await usualStore({ clock })
  const gate = createGate({
    client: {
      apiCall: async (method: string) =>
        method === 'conversations.info'
          ? { ok: true, channel: { is_member: true, is_private: true, name: `${odd}${'x'.repeat(5000)}` } }
          : { ok: true, members: ['U1'] },
    } as never,
    members: { findMany: async () => new Map([['U1', memberOf('U1', { id: 'U1', team_id: 'T1' }, home)]]) },
    directory: { whoIs: async () => undefined },
    allowGuests: false,
    clock,
  })
  const verdict = await gate.check('C1')
  expect(verdict).toMatchObject({ type: 'open', channelName: `${clean}${'x'.repeat(80)}`.slice(0, 80) })
  const channelName = verdict.type === 'open' ? verdict.channelName : ''
  const record = { at: clock.now(), what: 'delivery', bySlackId: 'U2', personId: '1', detail: 'digest team in a channel' } as const
  await store.access.record([{ ...record, channelName, readerIds: ['U1'] }])
  expect((await store.access.seenBy(['1'], { limit: 5 })).rows[0]?.channelName).toBe(channelName)
})

describe('a form', () => {
  const user = { id: 'U1' }
  const state = {
    values: {
      note: { note: { type: 'plain_text_input', value: odd } },
      who: { who: { type: 'multi_static_select', selected_options: [{ value: odd }, { value: '\0' }] } },
    },
  }

  it('takes an input called __proto__ for an input and nothing else', () => {
    const values = JSON.parse('{"a":{"__proto__":{"selected_options":[{"value":"x"}]}},"__proto__":{"b":{"value":"y"}}}') as object
    const { inputs } = submissionFacts({ user, view: { callback_id: 'save', state: { values } } }) ?? {}
    expect(Object.getPrototypeOf(inputs)).toBe(Object.prototype)
    expect(Object.entries(inputs ?? {})).toEqual([
      ['__proto__', ['x']],
      ['b', 'y'],
    ])
  })

  it('gives texts cleaned from every kind of control, submitted, pressed or searched', () => {
    const inputs = { note: clean, who: [clean] }
    expect(submissionFacts({ user, view: { callback_id: 'save', state, private_metadata: odd } })).toMatchObject({
      inputs,
      privateMetadata: clean,
    })
    const pressed = { user, actions: [{ action_id: 'a', value: odd }], view: { id: 'V1', state } }
    expect(pressFacts(pressed)).toMatchObject({ inputs, value: clean })
    expect(searchFacts({ user, action_id: 'a', value: odd, view: { state } })).toMatchObject({ query: clean, press: { inputs } })
  })
})
