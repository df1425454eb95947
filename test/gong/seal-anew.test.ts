// A new first key seals at the start all that older keys sealed, whether or not Gong is asked before the older ones are taken away.
import { expect, it } from 'vitest'
import { seal, unseal } from '../../src/gong/auth/seal.ts'
import { sealAnew } from '../../src/gong/auth/seal-anew.ts'
import { fakeLog, fakeSecrets } from './fakes.ts'

const [newKey, oldKey, olderKey, otherKey] = ['n', 'o', 'p', 'x'].map((letter) => letter.repeat(32)) as [string, string, string, string]

it('seals every chain with the first key, and leaves what it cannot open and what was never sealed', async () => {
  const secrets = fakeSecrets()
  const given = {
    'gong-oauth:one': seal('tokens one', [oldKey]),
    'gong-oauth:two': seal('tokens two', [olderKey]),
    'gong-oauth:new': seal('tokens new', [newKey]),
    'gong-oauth:elsewhere': seal('tokens elsewhere', [otherKey]),
    'gong-bearer-seen': 'abc 2026-11-23T12:00:00.000Z',
  }
  for (const [key, value] of Object.entries(given)) secrets.kept.set(key, value)
  const { log, lines } = fakeLog()
  await sealAnew(secrets, [newKey, oldKey, olderKey], log)
  expect(['one', 'two', 'new'].map((chain) => unseal(secrets.kept.get(`gong-oauth:${chain}`) ?? '', [newKey]))).toEqual([
    'tokens one',
    'tokens two',
    'tokens new',
  ])
  for (const key of ['gong-oauth:new', 'gong-oauth:elsewhere', 'gong-bearer-seen'] as const) expect(secrets.kept.get(key)).toBe(given[key])
  expect(lines.map(({ sealed }) => sealed)).toEqual([2])
  await sealAnew(secrets, [newKey, oldKey, olderKey], log)
  expect(lines).toHaveLength(1)
})
