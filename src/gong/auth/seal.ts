// Encrypts the tokens the store keeps: AES-256-GCM, the key derived from TOKEN_ENCRYPTION_KEY, a fresh nonce for every value. With several
// keys the first encrypts and all decrypt, so that a key can be replaced without losing what the old one sealed.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const keyFrom = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'gong-digest token', 32))

/** `v1.` and nonce, tag and ciphertext in base64url. */
export function seal(text: string, [first = '']: readonly string[]): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(first), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** The text, or undefined when the value was changed or sealed with none of these keys. */
export function unseal(value: string, secrets: readonly string[]): string | undefined {
  if (!value.startsWith('v1.')) return undefined
  for (const secret of secrets) {
    const text = unsealWith(secret, value)
    if (text !== undefined) return text
  }
  return undefined
}

function unsealWith(secret: string, value: string): string | undefined {
  const bytes = Buffer.from(value.slice(3), 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(secret), bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
