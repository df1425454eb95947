// Once TOKEN_ENCRYPTION_KEY has a new first key: at the start, everything an older key sealed is sealed with it, so that the older one may be
// taken away whether or not Gong is asked meanwhile.
import type { Log } from '../../log.ts'
import type { Secrets } from './oauth.ts'
import { seal, unseal } from './seal.ts'

/** What none of the keys opens stays as it is, and so does what was never sealed. `encryptionKeys`: the first seals, all open. */
export async function sealAnew(secrets: Secrets, encryptionKeys: readonly string[], log: Log): Promise<void> {
  if (encryptionKeys.length < 2) return
  let sealed = 0
  for (const key of await secrets.secretKeys()) if (await sealOne(secrets, key, encryptionKeys)) sealed += 1
  if (sealed > 0) log.info({ sealed }, 'What an older key had encrypted is encrypted with the first of TOKEN_ENCRYPTION_KEY')
}

const sealOne = (secrets: Secrets, key: string, encryptionKeys: readonly string[]): Promise<boolean> =>
  secrets.secret(key, async (current) => {
    if (current === undefined || unseal(current, encryptionKeys.slice(0, 1)) !== undefined) return { result: false }
    const text = unseal(current, encryptionKeys)
    return text === undefined ? { result: false } : { value: seal(text, encryptionKeys), result: true }
  })
