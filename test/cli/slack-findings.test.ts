import { describe, expect, it } from 'vitest'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { slackFindings } from '../../src/cli/doctor/slack-findings.ts'
import { slackbotFindings } from '../../src/cli/doctor/slackbot-finding.ts'
import { optionalScopes, requiredScopes } from '../../src/slack/check.ts'

const allScopes = [...requiredScopes, ...Object.keys(optionalScopes)]
const token = { ok: true as const, team: 'Acme', teamId: 'T1', bot: 'gong_digest', scopes: allScopes }

describe('the doctor on Slack', () => {
  it('finds no problem where everything works', () => {
    const findings = slackFindings({ token, socket: { ok: true }, clockSkewSeconds: 1 })
    expect(exitCodeOf(findings)).toBe(0)
    expect(printFindings(findings)).toContain('✓ The bot token works: gong_digest in Acme.')
  })

  it('names missing scopes with the remedy, and what is lost without optional ones', () => {
    const findings = slackFindings({
      token: { ...token, scopes: allScopes.filter((scope) => scope !== 'users:read' && scope !== 'files:write') },
    })
    expect(exitCodeOf(findings)).toBe(1)
    const text = printFindings(findings)
    expect(text).toContain('✗ The token lacks users:read.')
    expect(text).toContain('· Without files:write: CSV files cannot be sent.')
  })

  it('tells a refused token from an unreachable Slack', () => {
    const refused = slackFindings({ token: { ok: false, failure: { type: 'token-refused', error: 'invalid_auth' } } })
    expect(refused[0]?.remedy).toContain('SLACK_BOT_TOKEN')
    const away = slackFindings({ token: { ok: false, failure: { type: 'unreached', error: 'ECONNREFUSED' } } })
    expect(away[0]?.remedy).toContain('SLACK_API_URL')
  })

  it.each([
    ['invalid_auth', 'token-refused', /Restrict API Token Usage/],
    ['app_access_restricted', 'token-refused', /approves it under Manage apps/],
    ['org_login_required', 'token-refused', /Nothing is to be done until that is over/],
    ['missing_scope', 'permission-refused', /Paste manifest\.yml again/],
    ['not_an_answer_of_slack', 'ambiguous', /Something on the way answers in place of Slack/],
    ['ENOTFOUND', 'unreached', /could not be reached/],
  ] as const)('of a bot token that does not work because of %s says what to do', (error, type, remedy) => {
    const [first] = slackFindings({ token: { ok: false, failure: { type, error } } })
    expect(first).toMatchObject({ state: 'to fix', says: expect.stringContaining(error), remedy: expect.stringMatching(remedy) })
    expect(first?.remedy).not.toContain('*')
  })

  it.each([
    ['missing_scope', 'permission-refused'],
    ['invalid_auth', 'token-refused'],
    ['is_bot', 'refused'],
  ] as const)('of an app token refused with %s says to make another one', (error, type) => {
    const socket = slackFindings({ token, socket: { ok: false, failure: { type, error } } }).at(-1)
    expect(socket?.remedy).toMatch(/^Create an app-level token with connections:write/)
  })

  it('says whether Slackbot can ask, where it may', () => {
    expect(slackbotFindings({ token }, false)).toEqual([])
    const without = slackbotFindings({ token }, true)
    expect([exitCodeOf(without), printFindings(without)]).toEqual([1, expect.stringContaining('lacks mcp:connect, so Slackbot cannot ask')])
    const able = slackbotFindings({ token: { ...token, scopes: [...allScopes, 'mcp:connect'] } }, true)
    expect([exitCodeOf(able), printFindings(able)]).toEqual([0, expect.stringContaining('Slackbot may ask')])
  })

  it('warns of a clock that Slack would not accept', () => {
    expect(exitCodeOf(slackFindings({ token, clockSkewSeconds: -200 }))).toBe(1)
    expect(printFindings(slackFindings({ token, clockSkewSeconds: -200 }))).toContain('200 s behind')
  })
})
