// Which variables are secrets, and secrets from files: `NAME_FILE` names the file that holds `NAME`. Contents are never in a message.
import { FileTooLong, readBoundedSync } from '../bounded-file.ts'
import { variables } from './variables.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export const secrets = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'GONG_ACCESS_KEY',
  'GONG_ACCESS_KEY_SECRET',
  'GONG_ACCESS_TOKEN',
  'GONG_CLIENT_SECRET',
  'GONG_REFRESH_TOKEN',
  'TOKEN_ENCRYPTION_KEY',
  'DATABASE_URL',
] as const

/** Proxies are often given to every program of a machine under these names. */
const otherNames: Readonly<Partial<Record<keyof typeof variables, string>>> = { HTTPS_PROXY: 'https_proxy', NO_PROXY: 'no_proxy' }

/** Texts by name, the empty ones left out; what is wrong with a file or a value's form is added to `problems`. */
export function withSecretFiles(environment: Environment, problems: string[]): Record<string, string | undefined> {
  const given: Record<string, string | undefined> = {}
  for (const name of Object.keys(variables) as (keyof typeof variables)[]) {
    const other = otherNames[name]
    given[name] = environment[name]?.trim() || (other && environment[other]?.trim()) || undefined
    if (isQuoted(given[name]))
      problems.push(
        `${name} begins and ends with a quotation mark, which docker run --env-file keeps as part of the value: write it without`,
      )
  }
  for (const name of secrets) {
    const file = environment[`${name}_FILE`]?.trim()
    if (!file) continue
    if (given[name]) {
      problems.push(`${name} and ${name}_FILE are both set; keep one`)
      continue
    }
    try {
      given[name] = readBoundedSync(file, longestSecretBytes).toString('utf8').trim() || undefined
    } catch (error) {
      const why = error instanceof FileTooLong ? `is longer than ${longestSecretBytes} bytes, so it is no secret` : 'cannot be read'
      problems.push(`${name}_FILE names a file that ${why}`)
    }
  }
  return given
}

/** Tokens and addresses have some hundred characters. */
const longestSecretBytes = 16 * 1024

const isQuoted = (value: string | undefined): boolean => value !== undefined && /^(["']).*\1$/s.test(value) && value.length > 1
