// OAuth: tokens are stored before they are used, refreshed once for everybody, and sent nowhere but to Gong.
import { createHash } from 'node:crypto'
import nock from 'nock'
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../../src/errors.ts'
import { seal, unseal } from '../../src/gong/auth/seal.ts'
import { isTenantHost } from '../../src/gong/auth/token-request.ts'
import { type GongOptions, openGong } from '../../src/gong/open.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, fakeSecrets, now, options } from './fakes.ts'

const encryptionKeys = ['k'.repeat(32)]
const credentials = {
  type: 'oauth',
  clientId: 'client',
  clientSecret: 'hidden',
  refreshToken: 'first',
  tokenUrl: 'https://app.gong.io/oauth2/generate-customer-token',
  encryptionKeys,
} as const

answerWithNock()

const seedOf = (refreshToken: string) => createHash('sha256').update(refreshToken).digest('hex').slice(0, 16)
const keyOf = (refreshToken: string) => `gong-oauth:${seedOf(refreshToken)}`
/** The chain that began with `first`, sealed. */
const keptOf = ({ kept }: ReturnType<typeof fakeSecrets>) => kept.get(keyOf('first'))

const refreshed = (refreshToken: string) =>
  nock('https://app.gong.io', { reqheaders: { authorization: `Basic ${Buffer.from('client:hidden').toString('base64')}` } })
    .post('/oauth2/generate-customer-token')
    .query({ grant_type: 'refresh_token', refresh_token: refreshToken })

const tokens = (number: number, more = {}) => ({ access_token: `a${number}`, refresh_token: `r${number}`, expires_in: 86_400, ...more })

const users = (token: string, host = base) => nock(host, { reqheaders: { authorization: `Bearer ${token}` } }).get('/v2/users')
const nobody = { records: { totalRecords: 0 }, users: [] }
const ask = { purpose: 'background' } as const

async function open(given: Partial<GongOptions> = {}) {
  const setup = options({ credentials, ...given })
  return { gong: await openGong(setup.all), setup }
}

it("stores the new refresh token, sealed, before it uses the access token, and goes to the tenant's own host", async () => {
  const secrets = fakeSecrets()
  const { gong, setup } = await open({ secrets })
  refreshed('first').reply(200, tokens(1, { api_base_url_for_customer: 'https://us-14321.api.gong.io' }))
  let storedWhenUsed: string | undefined
  users('a1', 'https://us-14321.api.gong.io').reply(200, () => {
    storedWhenUsed = keptOf(secrets)
    return nobody
  })
  await gong.source.fetchPeople(ask)
  await gong.close()
  expect(storedWhenUsed).not.toContain('refreshToken')
  expect(JSON.parse(unseal(storedWhenUsed ?? '', encryptionKeys) ?? '')).toMatchObject({ refreshToken: 'r1', accessToken: 'a1' })
  expect(setup.memory.kept.get('api-base-url')).toBe('https://us-14321.api.gong.io/v2')
})

it('refreshes once for requests at the same time, and again only when the token is about to end', async () => {
  const clock = movableClock(now)
  const { gong } = await open({ clock })
  refreshed('first').reply(200, tokens(1))
  users('a1').times(3).reply(200, nobody)
  await Promise.all([gong.source.fetchPeople(ask), gong.source.fetchPeople(ask)])
  clock.moveTo(new Date(now.getTime() + 23 * 3_600_000))
  await gong.source.fetchPeople(ask)
  refreshed('r1').reply(200, tokens(2))
  users('a2').reply(200, nobody)
  clock.moveTo(new Date(now.getTime() + 24 * 3_600_000 - 60_000))
  await gong.source.fetchPeople(ask)
  await gong.close()
})

it('a second replica uses what the first one stored', async () => {
  const secrets = fakeSecrets()
  const [one, two] = [await open({ secrets }), await open({ secrets })]
  refreshed('first').reply(200, tokens(1))
  users('a1').times(2).reply(200, nobody)
  await Promise.all([one.gong.source.fetchPeople(ask), two.gong.source.fetchPeople(ask)])
  await Promise.all([one.gong.close(), two.gong.close()])
})

it('a 401 renews the token once; a second 401 is a refusal', async () => {
  const { gong } = await open()
  refreshed('first').reply(200, tokens(1))
  users('a1').reply(401, { requestId: 'e', errors: ['expired'] })
  refreshed('r1').reply(200, tokens(2))
  users('a2').reply(200, nobody)
  expect((await gong.source.fetchPeople(ask)).requests).toBe(2)
  users('a2').reply(401, { requestId: 'e', errors: ['expired'] })
  refreshed('r2').reply(200, tokens(3))
  users('a3').reply(401, { requestId: 'e', errors: ['expired'] })
  await expect(gong.source.fetchPeople(ask)).rejects.toThrow(GongRefused)
  await gong.close()
})

it('a missing scope is no reason to renew', async () => {
  const { gong } = await open()
  refreshed('first').reply(200, tokens(1))
  users('a1').reply(401, { requestId: 'e', errors: ["You don't have permission to use 'api:users:read' in your app."] })
  await expect(gong.source.fetchPeople(ask)).rejects.toMatchObject({ missingScope: 'api:users:read' })
  await gong.close()
})

it.each([
  ['the same key', encryptionKeys],
  ['another key', ['n'.repeat(32)]],
])('a refresh token newly configured begins a chain of its own under %s, and whoever has the first goes on by it', async (_what, keys) => {
  const clock = movableClock(now)
  const secrets = fakeSecrets()
  const service = await open({ secrets, clock })
  refreshed('first').reply(200, tokens(1))
  users('a1').reply(200, nobody)
  await service.gong.source.fetchPeople(ask)
  const command = await open({ secrets, clock, credentials: { ...credentials, refreshToken: 'second', encryptionKeys: keys } })
  refreshed('second').reply(200, tokens(5))
  users('a5').reply(200, nobody)
  await command.gong.source.fetchPeople(ask)
  await command.gong.close()
  clock.moveTo(new Date(now.getTime() + 24 * 3_600_000))
  refreshed('r1').reply(200, tokens(2))
  users('a2').times(2).reply(200, nobody)
  await service.gong.source.fetchPeople(ask)
  await service.gong.close()
  const startedAnew = await open({ secrets, clock })
  await startedAnew.gong.source.fetchPeople(ask)
  await startedAnew.gong.close()
})

it('goes on by tokens stored when there was one chain, and stores them as its own', async () => {
  const secrets = fakeSecrets()
  const before = { accessToken: 'a', refreshToken: 'r', expiresAtMs: 0, seed: seedOf('first') }
  secrets.kept.set('gong-oauth', seal(JSON.stringify(before), encryptionKeys))
  const { gong } = await open({ secrets })
  refreshed('r').reply(200, tokens(1))
  users('a1').reply(200, nobody)
  await gong.source.fetchPeople(ask)
  await gong.close()
  expect(JSON.parse(unseal(keptOf(secrets) ?? '', encryptionKeys) ?? '')).toMatchObject({ refreshToken: 'r1' })
})

it('says how to connect again when the refresh token is refused, and that Gong is down when it is', async () => {
  const { gong } = await open()
  refreshed('first').reply(400, { requestId: 'e', errors: ['invalid grant'] })
  await expect(gong.source.fetchPeople(ask)).rejects.toMatchObject({ login: expect.stringContaining('npm run gong-login') })
  refreshed('first').reply(502, '')
  await expect(gong.source.fetchPeople(ask)).rejects.toThrow(GongUnavailable)
  refreshed('first').reply(200, { refresh_token: 'only' })
  await expect(gong.source.fetchPeople(ask)).rejects.toThrow(GongSurprise)
  await gong.close()
})

it("sends no token to a host that is not Gong's", async () => {
  const secrets = fakeSecrets()
  const { gong } = await open({ secrets })
  refreshed('first').reply(200, tokens(1, { api_base_url_for_customer: 'https://api.gong.io.evil.example' }))
  await expect(gong.source.fetchPeople(ask)).rejects.toMatchObject({ paths: ['api_base_url_for_customer'] })
  // The rotated refresh token works once: it is kept although the answer is not trusted.
  expect(JSON.parse(unseal(keptOf(secrets) ?? '', encryptionKeys) ?? '')).toMatchObject({ refreshToken: 'r1' })
  refreshed('r1').reply(200, tokens(2))
  users('a2').reply(200, nobody)
  await gong.source.fetchPeople(ask)
  await gong.close()
})

it('keeps the refresh token when the answer has no new one, and takes a missing life for a short one', async () => {
  const clock = movableClock(now)
  const secrets = fakeSecrets()
  const { gong } = await open({ secrets, clock })
  refreshed('first').reply(200, { access_token: 'a1' })
  users('a1').reply(200, nobody)
  await gong.source.fetchPeople(ask)
  expect(JSON.parse(unseal(keptOf(secrets) ?? '', encryptionKeys) ?? '')).toMatchObject({ refreshToken: 'first' })
  // A quarter of an hour, less the margin of five minutes.
  clock.moveTo(new Date(now.getTime() + 11 * 60_000))
  refreshed('first').reply(200, tokens(2))
  users('a2').reply(200, nobody)
  await gong.source.fetchPeople(ask)
  await gong.close()
})

it.each([
  ['https://us-1.api.gong.io', base, true],
  ['https://gong.io', base, true],
  ['http://us-1.api.gong.io', base, false],
  ['https://evilgong.io', base, false],
  ['https://user@api.gong.io', base, false],
  ['not an address', base, false],
  ['http://127.0.0.1:9', base, false],
  ['http://127.0.0.1:9', 'http://127.0.0.1:8/v2', true],
  ['https://api.gong.io', 'http://127.0.0.1:8/v2', false],
])('whether %s may get a token of %s: %s', (host, configured, allowed) => {
  expect(isTenantHost(host, configured)).toBe(allowed)
})

it('a sealed text opens only with its own secret and unchanged', () => {
  const sealed = seal('token', encryptionKeys)
  expect(sealed).not.toBe(seal('token', encryptionKeys))
  expect(unseal(sealed, encryptionKeys)).toBe('token')
  expect(unseal(sealed, ['x'.repeat(32)])).toBeUndefined()
  const at = sealed.length - 4
  expect(unseal(sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1), encryptionKeys)).toBeUndefined()
  expect(unseal('plain', encryptionKeys)).toBeUndefined()
})

it('takes a new key without losing the tokens: the first of several seals, all open, and what an old one sealed is sealed anew', async () => {
  const secrets = fakeSecrets()
  const [oldKey, newKey] = ['o'.repeat(32), 'n'.repeat(32)]
  const withKeys = (...keys: string[]) => ({ secrets, credentials: { ...credentials, encryptionKeys: keys } })
  refreshed('first').reply(200, tokens(1))
  users('a1').reply(200, nobody)
  const before = await open(withKeys(oldKey))
  await before.gong.source.fetchPeople(ask)
  await before.gong.close()
  expect(unseal(keptOf(secrets) ?? '', [newKey])).toBeUndefined()

  // No further refresh: its refresh token works once, and nock would refuse the request.
  users('a1').reply(200, nobody)
  const during = await open(withKeys(newKey, oldKey))
  await during.gong.source.fetchPeople(ask)
  await during.gong.close()
  expect(JSON.parse(unseal(keptOf(secrets) ?? '', [newKey]) ?? '')).toMatchObject({ refreshToken: 'r1' })

  users('a1').reply(200, nobody)
  const after = await open(withKeys(newKey))
  await after.gong.source.fetchPeople(ask)
  await after.gong.close()
})

it('says that the key does not open what is stored, instead of sending the operator to connect again, and keeps it', async () => {
  const secrets = fakeSecrets()
  const sealed = seal(JSON.stringify({ accessToken: 'a', refreshToken: 'r', expiresAtMs: 0, seed: 's' }), ['o'.repeat(32)])
  secrets.kept.set('gong-oauth', sealed)
  const { gong } = await open({ secrets })
  refreshed('first').reply(400, { errors: ['invalid_grant'] })
  await expect(gong.source.fetchPeople(ask)).rejects.toThrow(/TOKEN_ENCRYPTION_KEY does not open the tokens that are stored: put the key/)
  await gong.close()
  expect(secrets.kept.get('gong-oauth')).toBe(sealed)
})

it.each([86_400_000, 8.64e13, 1e300])(
  'a token that claims to live %s seconds is used, here and where the tokens are opened again',
  async (life) => {
    const clock = movableClock(now)
    const secrets = fakeSecrets()
    const first = await open({ secrets, clock })
    refreshed('first').reply(200, tokens(1, { expires_in: life }))
    users('a1').times(2).reply(200, nobody)
    await first.gong.source.fetchPeople(ask)
    await first.gong.close()
    const again = await open({ secrets, clock })
    await again.gong.source.fetchPeople(ask)
    // It is believed for thirty days.
    clock.moveTo(new Date(now.getTime() + 30 * 86_400_000))
    refreshed('r1').reply(200, tokens(2))
    users('a2').reply(200, nobody)
    await again.gong.source.fetchPeople(ask)
    await again.gong.close()
  },
)

it('tokens stored with an end past every date are renewed', async () => {
  const secrets = fakeSecrets()
  const first = await open({ secrets })
  refreshed('first').reply(200, tokens(1))
  users('a1').reply(200, nobody)
  await first.gong.source.fetchPeople(ask)
  await first.gong.close()
  const stored = JSON.parse(unseal(keptOf(secrets) ?? '', encryptionKeys) ?? '') as object
  secrets.kept.set(keyOf('first'), seal(JSON.stringify({ ...stored, expiresAtMs: 8.64e16 }), encryptionKeys))
  const again = await open({ secrets })
  refreshed('r1').reply(200, tokens(2))
  users('a2').reply(200, nobody)
  await again.gong.source.fetchPeople(ask)
  await again.gong.close()
})
