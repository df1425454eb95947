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
  for (const [name, value] of Object.entries(given)) {
    const problem = value === undefined ? undefined : formProblem(name, value)
    if (problem) problems.push(`${name} ${problem}`)
  }
  return given
}

/** What was copied along with a value and is none of it. Quotation marks stay when `docker run --env-file` reads a file. */
function formProblem(name: string, value: string): string | undefined {
  if (isQuoted(value))
    return 'begins and ends with a quotation mark, which docker run --env-file keeps as part of the value: write it without'
  if (!oneWord.has(name)) return undefined
  if (/[\r\n]/.test(value)) return 'has a line break in it: write it in one line'
  if (/^(bearer|basic)\s/i.test(value))
    return `begins with "${value.split(/\s/, 1)[0]}", which belongs to the request: write only what follows`
  if (/["'`\u2018-\u201f\u00ab\u00bb]/.test(value))
    return 'has a quotation mark in it, which is no part of any key or token: write it without'
  return /[\s\p{Cc}\p{Cf}]/u.test(value) ? 'has a space or an invisible character in it: copy it again' : undefined
}

/** Keys and tokens: letters, digits and signs without a space. Addresses and our own encryption keys may hold more. */
const oneWord: ReadonlySet<string> = new Set([
  ...secrets.filter((name) => name !== 'DATABASE_URL' && name !== 'TOKEN_ENCRYPTION_KEY'),
  'GONG_CLIENT_ID',
])

/** Tokens and addresses have some hundred characters. */
const longestSecretBytes = 16 * 1024

const isQuoted = (value: string): boolean => value.length > 1 && /^(["']).*\1$|^[\u2018-\u201f].*[\u2018-\u201f]$/s.test(value)
