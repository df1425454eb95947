// Which of the three ways to Gong is configured: exactly one, and whole.
import type { GongCredentials } from '../domain/gong-credentials.ts'
import type { Settings } from './variables.ts'

/** Undefined when it is none or more than one, or something of it is missing: `problems` then says what. */
export function chooseCredentials(settings: Settings, problems: string[]): GongCredentials | undefined {
  const {
    GONG_ACCESS_KEY,
    GONG_ACCESS_KEY_SECRET,
    GONG_ACCESS_TOKEN,
    GONG_CLIENT_ID,
    GONG_CLIENT_SECRET,
    GONG_REFRESH_TOKEN,
    TOKEN_ENCRYPTION_KEY,
  } = settings
  const basic = GONG_ACCESS_KEY !== undefined || GONG_ACCESS_KEY_SECRET !== undefined
  const oauth = GONG_CLIENT_ID !== undefined || GONG_CLIENT_SECRET !== undefined || GONG_REFRESH_TOKEN !== undefined
  const ways = [basic, GONG_ACCESS_TOKEN !== undefined, oauth].filter(Boolean).length
  if (ways === 0) {
    problems.push(
      'Gong credentials are missing: set GONG_ACCESS_KEY and GONG_ACCESS_KEY_SECRET, or GONG_ACCESS_TOKEN, or GONG_CLIENT_ID, GONG_CLIENT_SECRET and GONG_REFRESH_TOKEN',
    )
    return undefined
  }
  if (ways > 1) {
    problems.push('More than one kind of Gong credentials is set; keep one of GONG_ACCESS_KEY, GONG_ACCESS_TOKEN, GONG_CLIENT_ID')
    return undefined
  }
  const missing = (names: Record<string, unknown>): boolean => {
    const absent = Object.entries(names)
      .filter(([, value]) => value === undefined)
      .map(([name]) => name)
    for (const name of absent) problems.push(`${name} is missing`)
    return absent.length > 0
  }
  if (basic) {
    if (missing({ GONG_ACCESS_KEY, GONG_ACCESS_KEY_SECRET })) return undefined
    return { type: 'basic', accessKey: GONG_ACCESS_KEY as string, accessKeySecret: GONG_ACCESS_KEY_SECRET as string }
  }
  if (GONG_ACCESS_TOKEN !== undefined) return { type: 'bearer', accessToken: GONG_ACCESS_TOKEN }
  if (missing({ GONG_CLIENT_ID, GONG_CLIENT_SECRET, GONG_REFRESH_TOKEN, TOKEN_ENCRYPTION_KEY })) return undefined
  return {
    type: 'oauth',
    clientId: GONG_CLIENT_ID as string,
    clientSecret: GONG_CLIENT_SECRET as string,
    refreshToken: GONG_REFRESH_TOKEN as string,
    tokenUrl: settings.GONG_TOKEN_URL,
    encryptionKeys: TOKEN_ENCRYPTION_KEY as readonly string[],
  }
}
