import { describe, expect, it } from 'vitest'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { slackFindings } from '../../src/cli/doctor/slack-findings.ts'
import { slackbotFindings } from '../../src/cli/doctor/slackbot-finding.ts'
import { optionalScopes, requiredScopes } from '../../src/slack/check.ts'

const allScopes = [...requiredScopes, ...Object.keys(optionalScopes)]
const token = { ok: true as const, team: 'Acme', bot: 'gong_digest', scopes: allScopes }

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
