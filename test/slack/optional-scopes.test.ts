// What works without each optional scope of manifest.yml, and what is said where something does not: the app at the simulated Slack,
// installed without it. CSV without files:write is in edge.test.ts, the owner who is asked in deliver.test.ts.
import { afterEach, describe, expect, it } from 'vitest'
import { optionalScopes } from '../../src/slack/check.ts'
import { createPostingClient } from '../../src/slack/outbox/posting-client.ts'
import { createReconciler } from '../../src/slack/outbox/reconcile.ts'
import { type Edge, startEdge } from './edge-kit.ts'

let edge: Edge | undefined
afterEach(async () => {
  await edge?.stop()
  edge = undefined
})

async function installedWithout(...scopes: readonly string[]): Promise<Edge> {
  edge = await startEdge('http', {
    manifest: (text) => scopes.reduce((shorter, scope) => shorter.replaceAll(new RegExp(`^ +- ${scope}\\n`, 'gm'), ''), text),
  })
  return edge
}

async function typed(at: Edge, text: string): Promise<string> {
  await at.slack.type('U0MARIA', 'C0EMEA', text)
  await at.idle()
  return at.slack.messages('C0EMEA', 'U0MARIA').at(-1)?.text ?? ''
}

describe('usergroups:read', () => {
  it('with it, a user group is the team its people are in, and the policy is asked as for any team', async () => {
    const at = await installedWithout()
    const answer = await typed(at, '/gong-stats @emea-reps last week')
    expect(answer).toBe(await typed(at, '/gong-stats team last week'))
    expect(answer).toContain('16–22 Nov')
    expect(await typed(at, '/gong-stats @nobody-in-gong')).toContain('I found nobody of @nobody-in-gong in Gong.')
    await at.slack.type('U0GUS', 'C0OPEN', '/gong-stats @emea-reps')
    await at.idle()
    expect(at.slack.messages('C0OPEN', 'U0GUS').at(-1)?.text).not.toContain('%')
  })

  it('without it, the answer says what to type instead', async () => {
    const at = await installedWithout('usergroups:read')
    const answer = await typed(at, '/gong-stats @emea-reps')
    expect(answer).toContain('I lack the scope usergroups:read')
    expect(answer).toContain("Type @manager's team instead.")
  })
})

describe('the history scopes', () => {
  it.each([
    ['channels:history', 'C0EMEA'],
    ['groups:history', 'C0SECRET'],
    ['im:history', 'U0MARIA'],
  ])('without %s the look for a doubtful post is blind there, with it it sees', async (scope, channelId) => {
    for (const [without, type] of [
      [[scope], 'blind'],
      [[], 'absent'],
    ] as const) {
      const at = await installedWithout(...without)
      at.slack.workspace.channels.set('C0SECRET', {
        id: 'C0SECRET',
        name: 'secret',
        isPrivate: true,
        memberIds: ['U0MARIA', at.slack.botUserId],
      })
      const look = createReconciler(createPostingClient({ token: at.slack.botToken, slackApiUrl: `${at.slack.apiUrl}/` }), at.clock).look({
        id: 'row-1',
        channelId,
        attemptedAt: at.clock.now(),
      })
      expect(await look).toMatchObject({ type })
      await at.stop()
    }
    edge = undefined
  })
})

it('without any optional scope commands, buttons, sharing and Home work', async () => {
  const at = await installedWithout(...Object.keys(optionalScopes))
  expect([...at.slack.manifest.scopes].filter((scope) => scope in optionalScopes)).toEqual([])
  expect(await typed(at, '/gong-stats team')).toContain('16–22 Nov')
  for (const label of ['Share here', 'Share']) {
    const { ts = '' } = at.slack.messages('C0EMEA', 'U0MARIA').at(-1) ?? {}
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts }, label)
    await at.idle()
  }
  expect(at.slack.messages('C0EMEA', 'U0ANA').at(-1)?.text).toContain('16–22 Nov')
  await at.slack.openHome('U0ANA')
  await at.idle()
  expect(JSON.stringify(at.slack.home('U0ANA')?.blocks)).toContain('My week')
  const refused = at.slack.requestLog.all().flatMap(({ error }) => error ?? [])
  expect(refused).not.toContain('missing_scope')
})
