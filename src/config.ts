// The environment becomes a Config here and nowhere else. Every problem is told at once, names never values.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from './errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

const text = z.string()
const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')
const count = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)
const rate = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number above 0, at most 3')
  .transform(Number)
  .refine((value) => value > 0 && value <= 3, 'must be a number above 0, at most 3')
const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).transform((value) => value.replace(/\/+$/, ''))
const listBy = (separator: string) =>
  z.string().transform((value) =>
    value
      .split(separator)
      .map((part) => part.trim())
      .filter(Boolean),
  )
const list = listBy(',')
/** A statistic, its range in the unit people read, and a source with its year. */
const target =
  /^(?:talk-ratio (?:\d{1,2}-\d{1,3}|(?:up to|from) \d{1,3}) ?%|longest-(?:monologue|customer-story) (?:\d+:\d\d-\d+:\d\d|(?:up to|from) \d+:\d\d)|(?:interactivity|patience|question-rate) (?:\d+(?:\.\d+)?-\d+(?:\.\d+)?|(?:up to|from) \d+(?:\.\d+)?)) \([^()]*\b20\d\d\b[^()]*\)$/
const targets = listBy(';').refine(
  (parts) => parts.every((part) => target.test(part)),
  'must be ranges such as talk-ratio 40-55% (Enablement, 2026); longest-monologue up to 2:30 (Playbook, 2025), each with source and year',
)
const zone = z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

/** Every variable, its rule and what is used without it. `.env.example` and the README table are checked against the names. */
export const variables = {
  SLACK_BOT_TOKEN: text.regex(/^xoxb-/, 'must be a bot token that begins with xoxb- (Slack app → OAuth & Permissions)'),
  SLACK_APP_TOKEN: text.regex(/^xapp-/, 'must be an app-level token that begins with xapp- (Slack app → Basic Information)').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  COMMAND_SUFFIX: text.regex(/^[a-z][a-z0-9-]{0,11}$/, 'must be up to twelve small letters, digits and dashes').optional(),
  SLACK_API_URL: address.default('https://slack.com/api'),
  PORT: count(0, 65_535).default(3000),
  GONG_API: z.enum(['auto', 'documented', 'live'], 'must be auto, documented or live').default('auto'),
  GONG_BASE_URL: address.default('https://api.gong.io/v2'),
  GONG_ACCESS_KEY: text.optional(),
  GONG_ACCESS_KEY_SECRET: text.optional(),
  GONG_ACCESS_TOKEN: text.optional(),
  GONG_CLIENT_ID: text.optional(),
  GONG_CLIENT_SECRET: text.optional(),
  GONG_REFRESH_TOKEN: text.optional(),
  GONG_TOKEN_URL: address.default('https://app.gong.io/oauth2/generate-customer-token'),
  TOKEN_ENCRYPTION_KEY: text.min(32, 'must have at least 32 characters').optional(),
  GONG_WORKSPACE_ID: list.default([]),
  GONG_TIME_ZONE: zone.optional(),
  GONG_TALK_RATIO_UNIT: z.enum(['percent', 'fraction'], 'must be percent or fraction').optional(),
  GONG_COACHING_ROWS: z.enum(['totals', 'per-report'], 'must be totals or per-report').optional(),
  GONG_REQUESTS_PER_SECOND: rate.default(2),
  GONG_REQUESTS_PER_DAY: count(50, 10_000).default(4000),
  GONG_APP_URL: address.default('https://app.gong.io'),
  PEOPLE_FILE: text.optional(),
  DATABASE_URL: text.regex(/^postgres(ql)?:\/\//, 'must be an address that begins with postgres://').optional(),
  DATA_DIR: text.default('./data'),
  ADMINS: list.default([]),
  SLACK_ADMINS_ARE_ADMINS: flag.default(false),
  ALLOW_GUESTS: flag.default(false),
  NAMES_IN_CHANNELS: z.enum(['ask', 'never'], 'must be ask or never').default('ask'),
  UNMARKED_SCORECARDS: z.enum(['show', 'hide'], 'must be show or hide').default('show'),
  MINIMUM_CALLS: count(1, 50).default(3),
  MINIMUM_GROUP: count(2, 50).default(5),
  TARGETS: targets.default([]),
  WEEK_START: z.enum(['monday', 'sunday'], 'must be monday or sunday').default('monday'),
  SETTLE_MINUTES: count(0, 2880).default(60),
  RETENTION_MONTHS: count(3, 120).default(13),
  AWAY_EMOJI: list.optional(),
  HEALTH_PORT: count(0, 65_535).optional(),
  HEALTH_HOST: text.default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], 'must be trace, debug, info, warn, error or fatal')
    .default('info'),
  HTTPS_PROXY: address.optional(),
  NO_PROXY: text.optional(),
} as const

const secrets = [
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

export type Settings = { readonly [Name in keyof typeof variables]: z.output<(typeof variables)[Name]> }

/** How Gong is told who asks. */
export type GongCredentials =
  | { readonly type: 'basic'; readonly accessKey: string; readonly accessKeySecret: string }
  | { readonly type: 'bearer'; readonly accessToken: string }
  | {
      readonly type: 'oauth'
      readonly clientId: string
      readonly clientSecret: string
      readonly refreshToken: string
      readonly tokenUrl: string
      readonly encryptionKey: string
    }

export interface Config {
  readonly settings: Settings
  readonly gongCredentials: GongCredentials
  /** Socket Mode when an app token is there, else signed HTTP. */
  readonly slackTransport:
    | { readonly type: 'socket'; readonly appToken: string }
    | { readonly type: 'http'; readonly signingSecret: string; readonly port: number }
}

/**
 * Reads the whole configuration. An empty text means unset; a secret may also come from the file named by `NAME_FILE`.
 * @throws ConfigError with every problem at once.
 */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = []
  const given = withSecretFiles(environment, problems)
  const values: Record<string, unknown> = {}
  for (const [name, rule] of Object.entries(variables)) {
    const result = rule.safeParse(given[name])
    if (result.success) values[name] = result.data
    else problems.push(`${name} ${given[name] === undefined ? 'is missing' : (result.error.issues[0]?.message ?? 'is not valid')}`)
  }
  const settings = values as Settings
  const gongCredentials = chooseCredentials(settings, problems)
  const slackTransport = chooseTransport(settings, problems)
  if (problems.length > 0 || !gongCredentials || !slackTransport) throw new ConfigError(problems)
  return { settings, gongCredentials, slackTransport }
}

/**
 * Only these variables, for commands that run before everything is set up.
 * @throws ConfigError with every problem of theirs.
 */
export function readSettings<Name extends keyof Settings>(
  names: readonly Name[],
  environment: Environment = process.env,
): Pick<Settings, Name> {
  const problems: string[] = []
  const given = withSecretFiles(environment, problems)
  const values: Partial<Record<keyof Settings, unknown>> = {}
  for (const name of names) {
    const result = variables[name].safeParse(given[name])
    if (result.success) values[name] = result.data
    else problems.push(`${name} ${given[name] === undefined ? 'is missing' : (result.error.issues[0]?.message ?? 'is not valid')}`)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return values as Pick<Settings, Name>
}

/** What is set, unchecked: texts by name, and which of them came from files. For the setup, which offers to keep them. */
export function readGiven(environment: Environment = process.env): {
  readonly texts: Readonly<Record<string, string | undefined>>
  readonly fromFiles: ReadonlySet<string>
} {
  const fromFiles = new Set<string>(secrets.filter((name) => environment[`${name}_FILE`]?.trim()))
  return { texts: withSecretFiles(environment, []), fromFiles }
}

function withSecretFiles(environment: Environment, problems: string[]): Record<string, string | undefined> {
  const given: Record<string, string | undefined> = {}
  for (const name of Object.keys(variables)) given[name] = environment[name]?.trim() || undefined
  for (const name of secrets) {
    const file = environment[`${name}_FILE`]?.trim()
    if (!file) continue
    if (given[name]) {
      problems.push(`${name} and ${name}_FILE are both set; keep one`)
      continue
    }
    try {
      given[name] = readFileSync(file, 'utf8').trim() || undefined
    } catch {
      problems.push(`${name}_FILE names a file that cannot be read`)
    }
  }
  return given
}

function chooseCredentials(settings: Settings, problems: string[]): GongCredentials | undefined {
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
  const missing = (names: Record<string, string | undefined>): boolean => {
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
    encryptionKey: TOKEN_ENCRYPTION_KEY as string,
  }
}

function chooseTransport(settings: Settings, problems: string[]): Config['slackTransport'] | undefined {
  if (settings.SLACK_APP_TOKEN !== undefined) return { type: 'socket', appToken: settings.SLACK_APP_TOKEN }
  if (settings.SLACK_SIGNING_SECRET !== undefined)
    return { type: 'http', signingSecret: settings.SLACK_SIGNING_SECRET, port: settings.PORT }
  problems.push('Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP); neither is there')
  return undefined
}
