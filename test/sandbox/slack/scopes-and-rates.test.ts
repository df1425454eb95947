// Method by method: which scope Slack wants and how often it may be called. Both tables are Slack's, written out here; the simulated
// Slack is held to them.
import { describe, expect, it } from 'vitest'
import { movableClock, systemClock } from '../../../src/clock.ts'
import { methods } from '../../../src/sandbox/slack/methods/index.ts'
import { callsPerMinute, createRateLimits, type Tier } from '../../../src/sandbox/slack/rate-limits.ts'
import { botUserId, type SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { clientOf, smallWorkspace } from './small-workspace.ts'

interface Expected {
  readonly tier: Tier
  /** None: any token will do. */
  readonly needs?: string
  readonly args?: Readonly<Record<string, string>>
}

const channel = { channel: 'C1' }
const direct = { channel: 'D1' }
const hidden = { channel: 'C5' }
/** Source: docs.slack.dev/reference/methods, tier and bot scopes of each method's page; a method by channel kind stands once per kind. */
const table: readonly (readonly [string, Expected])[] = [
  ['auth.test', { tier: 'special' }],
  ['blocks.validate', { tier: 4 }],
  ['chat.delete', { tier: 3, needs: 'chat:write' }],
  ['chat.getPermalink', { tier: 'special' }],
  ['chat.postEphemeral', { tier: 4, needs: 'chat:write' }],
  ['chat.postMessage', { tier: 'special', needs: 'chat:write' }],
  ['chat.update', { tier: 3, needs: 'chat:write' }],
  ['conversations.history', { tier: 3, needs: 'channels:history', args: channel }],
  ['conversations.history', { tier: 3, needs: 'groups:history', args: hidden }],
  ['conversations.history', { tier: 3, needs: 'im:history', args: direct }],
  ['conversations.info', { tier: 3, needs: 'channels:read', args: channel }],
  ['conversations.info', { tier: 3, needs: 'groups:read', args: hidden }],
  ['conversations.info', { tier: 3, needs: 'im:read', args: direct }],
  ['conversations.join', { tier: 3, needs: 'channels:join' }],
  ['conversations.list', { tier: 2, needs: 'channels:read' }],
  ['conversations.list', { tier: 2, needs: 'groups:read', args: { types: 'private_channel' } }],
  ['conversations.members', { tier: 4, needs: 'channels:read', args: channel }],
  ['conversations.members', { tier: 4, needs: 'groups:read', args: hidden }],
  ['conversations.open', { tier: 3, needs: 'im:write' }],
  ['conversations.replies', { tier: 3, needs: 'channels:history', args: channel }],
  ['files.completeUploadExternal', { tier: 4, needs: 'files:write' }],
  ['files.getUploadURLExternal', { tier: 4, needs: 'files:write' }],
  ['team.info', { tier: 3, needs: 'team:read' }],
  ['usergroups.users.list', { tier: 2, needs: 'usergroups:read' }],
  ['users.info', { tier: 4, needs: 'users:read' }],
  ['users.list', { tier: 2, needs: 'users:read' }],
  ['users.lookupByEmail', { tier: 3, needs: 'users:read.email' }],
  ['views.open', { tier: 4 }],
  ['views.publish', { tier: 4 }],
  ['views.push', { tier: 4 }],
  ['views.update', { tier: 4 }],
]
/** Called with the app-level token. Listed by Slack as tier 1; see the method for why it is 2 here. */
const ofTheAppToken = ['apps.connections.open']

const withScopes = (...scopes: string[]): string => `
oauth_config: { scopes: { bot: [${scopes.join(', ')}] } }
`

async function workspaceWith(scopes: readonly string[], more: Parameters<typeof smallWorkspace>[0] = {}): Promise<SimulatedSlack> {
  const slack = await smallWorkspace({
    manifest: withScopes(...scopes),
    channels: [
      { id: 'C1', name: 'sales', memberIds: ['U1', botUserId] },
      { id: 'C5', name: 'leads', isPrivate: true, memberIds: ['U1', botUserId] },
      { id: 'D1', name: 'ana.diaz', imWith: 'U1', memberIds: ['U1', botUserId] },
    ],
    ...more,
  })
  return slack
}

async function answerOf(
  slack: SimulatedSlack,
  method: string,
  args: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  return clientOf(slack)
    .apiCall(method, args)
    .then(
      (answer) => answer as unknown as Record<string, unknown>,
      (error: { data?: Record<string, unknown> }) => error.data ?? { error: String(error) },
    )
}

describe('scopes', () => {
  it('every method the simulated Slack has is in the table, with its tier', () => {
    const expected = [...new Map(table.map(([name, { tier }]) => [name, tier]))]
    const byName = (a: readonly [string, Tier], b: readonly [string, Tier]) => a[0].localeCompare(b[0])
    const built = methods.filter(({ name }) => !ofTheAppToken.includes(name)).map(({ name, tier }): [string, Tier] => [name, tier])
    expect(built.toSorted(byName)).toEqual(expected.toSorted(byName))
  })

  it('without any scope, each method names the one it needs, and those that need none go on to their arguments', async () => {
    const slack = await workspaceWith([])
    for (const [method, { needs, args }] of table) {
      const { ok, error, needed } = await answerOf(slack, method, args)
      if (needs === undefined) expect([method, error]).not.toEqual([method, 'missing_scope'])
      else expect({ method, ok, error, needed }).toEqual({ method, ok: false, error: 'missing_scope', needed: needs })
    }
    await slack.stop()
  })

  it('with its scope alone no method answers that one is missing', async () => {
    for (const needs of new Set(table.flatMap(([, expected]) => expected.needs ?? []))) {
      const slack = await workspaceWith([needs])
      for (const [method, expected] of table) {
        if (expected.needs !== needs) continue
        expect([method, (await answerOf(slack, method, expected.args)).error]).not.toEqual([method, 'missing_scope'])
      }
      await slack.stop()
    }
  })
})

describe('rates', () => {
  const start = new Date('2026-11-24T09:00:00Z')

  // Tier 2: 20 a minute are one every 3 s; 3: 50, every 1.2 s, so 2 whole seconds; 4: 100, every 0.6 s, so 1.
  it.each([
    [1, 1, 60],
    [2, 20, 3],
    [3, 50, 2],
    [4, 100, 1],
    ['special', 300, 1],
  ] as const)('tier %s: %i calls in a minute, then %i s to wait, then one more', (tier, calls, waitSeconds) => {
    expect(callsPerMinute[tier]).toBe(calls)
    const clock = movableClock(start)
    const limits = createRateLimits(clock)
    for (let call = 0; call < calls; call += 1) expect(limits.take('a.method', tier)).toBeUndefined()
    expect(limits.take('a.method', tier)).toBe(waitSeconds)
    expect(limits.take('another.method', tier)).toBeUndefined()
    clock.moveTo(new Date(start.getTime() + waitSeconds * 1000))
    expect(limits.take('a.method', tier)).toBeUndefined()
  })

  it('over HTTP: the 21st users.list within a moment is a 429 that says how long to wait', async () => {
    const slack = await workspaceWith(['users:read'], { realClock: movableClock(systemClock.now()) })
    const list = () => fetch(`${slack.apiUrl}/users.list`, { method: 'POST', headers: { authorization: `Bearer ${slack.botToken}` } })
    for (let call = 0; call < 20; call += 1) expect((await list()).status).toBe(200)
    const refused = await list()
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '3',
      { ok: false, error: 'ratelimited' },
    ])
    await slack.stop()
  })
})
