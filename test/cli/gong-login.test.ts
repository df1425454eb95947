// The first exchange of Gong's OAuth: the page to agree on, the code that comes back, and what is kept.
import nock from 'nock'
import { expect, it } from 'vitest'
import { codeFrom, consentAddress, finishLogin, type LoginClient } from '../../src/cli/gong-login/gong-login.ts'
import { GongRefused } from '../../src/errors.ts'
import { answerWithNock } from '../kit/nock.ts'

const client: LoginClient = {
  clientId: 'client',
  clientSecret: 'hidden',
  tokenUrl: 'https://app.gong.io/oauth2/generate-customer-token',
  baseUrl: 'https://api.gong.io/v2',
  redirectUri: 'https://bot.example.test/back',
}

answerWithNock()

it('asks for every scope the bot reads with, and for nothing that writes', () => {
  const address = new URL(consentAddress(client, 's1'))
  expect(address.origin + address.pathname).toBe('https://app.gong.io/oauth2/authorize')
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    client_id: 'client',
    response_type: 'code',
    redirect_uri: 'https://bot.example.test/back',
    state: 's1',
  })
  expect(address.searchParams.get('scope')?.split(' ').toSorted()).toEqual([
    'api:coaching:read',
    'api:settings:scorecards:read',
    'api:stats:interaction',
    'api:stats:scorecards',
    'api:stats:user-actions',
    'api:stats:user-actions:detailed',
    'api:users:read',
    'api:workspaces:read',
  ])
})

it('takes the code only from the address of this attempt', () => {
  expect(codeFrom(' https://bot.example.test/back?code=c%2B1&state=s1 ', 's1')).toBe('c+1')
  expect(() => codeFrom('https://bot.example.test/back?code=c&state=s2', 's1')).toThrow('another attempt')
  expect(() => codeFrom('https://bot.example.test/back?error=access_denied&state=s1', 's1')).toThrow('access_denied')
  expect(() => codeFrom('c1', 's1')).toThrow('not the address')
})

const exchange = () =>
  nock('https://app.gong.io', { reqheaders: { authorization: 'Basic Y2xpZW50OmhpZGRlbg==' } }) // client:hidden
    .post('/oauth2/generate-customer-token')
    .query({ grant_type: 'authorization_code', code: 'c', client_id: 'client', redirect_uri: 'https://bot.example.test/back' })

it('keeps the refresh token and an encryption key, its own or a new one', async () => {
  exchange()
    .times(2)
    .reply(200, { access_token: 'a', refresh_token: 'r', expires_in: 86_400, api_base_url_for_customer: 'https://us-1.api.gong.io' })
  const own = 'k'.repeat(40)
  expect(await finishLogin(client, 'c', { encryptionKey: own })).toEqual({ GONG_REFRESH_TOKEN: 'r', TOKEN_ENCRYPTION_KEY: own })
  const made = await finishLogin(client, 'c', {})
  expect(made.TOKEN_ENCRYPTION_KEY.length).toBeGreaterThanOrEqual(32)
})

it('passes on that Gong refused the code', async () => {
  exchange().reply(400, { requestId: 'e', errors: ['code expired'] })
  await expect(finishLogin(client, 'c', {})).rejects.toThrow(GongRefused)
})
