// Every environment variable with its rule and what is used without it. Knows neither where values come from nor how they belong
// together.
import { z } from 'zod'
import { readTarget } from '../stats/figures/target.ts'
import { tlsProblem } from './database-url.ts'

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
/** Where a secret is sent: in the clear only to this machine itself. */
const secretAddress = address.refine(
  (value) => value.startsWith('https:') || isLoopback(new URL(value).hostname),
  'must begin with https://, because tokens and figures go there (http:// only to this machine itself)',
)
const listBy = (separator: string) =>
  z.string().transform((value) =>
    value
      .split(separator)
      .map((part) => part.trim())
      .filter(Boolean),
  )
const list = listBy(',')
const targetsRule =
  'must be ranges such as talk-ratio 40-55% (Enablement, 2026); longest-monologue up to 2:30 (Playbook, 2025), each with source and year'
const targets = listBy(';').transform((entries, context) => {
  const ranges = entries.flatMap((entry) => readTarget(entry) ?? [])
  if (ranges.length < entries.length) context.addIssue({ code: 'custom', message: targetsRule })
  return ranges
})
const zone = z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')

/** `localhost`, 127.0.0.0/8 and ::1, as URL writes them. */
export const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)

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
  SLACK_SIGNING_SECRET: text
    .min(16, 'must have at least 16 characters: copy the whole signing secret (Slack app → Basic Information → App Credentials)')
    .optional(),
  COMMAND_SUFFIX: text.regex(/^[a-z][a-z0-9-]{0,11}$/, 'must be up to twelve small letters, digits and dashes').optional(),
  SLACK_API_URL: secretAddress.default('https://slack.com/api'),
  PORT: count(0, 65_535).default(3000),
  HOST: text.optional(),
  MCP_PORT: count(0, 65_535).optional(),
  GONG_API: z.enum(['auto', 'documented', 'live'], 'must be auto, documented or live').default('auto'),
  GONG_BASE_URL: secretAddress.default('https://api.gong.io/v2'),
  GONG_ACCESS_KEY: text.optional(),
  GONG_ACCESS_KEY_SECRET: text.optional(),
  GONG_ACCESS_TOKEN: text.optional(),
  GONG_CLIENT_ID: text.optional(),
  GONG_CLIENT_SECRET: text.optional(),
  GONG_REFRESH_TOKEN: text.optional(),
  GONG_TOKEN_URL: secretAddress.default('https://app.gong.io/oauth2/generate-customer-token'),
  TOKEN_ENCRYPTION_KEY: list
    .refine(
      (keys) => keys.length > 0 && keys.every((key) => key.length >= 32),
      'must have at least 32 characters, in each key where there are several',
    )
    .optional(),
  GONG_WORKSPACE_ID: list.default([]),
  GONG_TIME_ZONE: zone.optional(),
  GONG_TALK_RATIO_UNIT: z.enum(['percent', 'fraction'], 'must be percent or fraction').optional(),
  GONG_COACHING_ROWS: z.enum(['totals', 'per-report'], 'must be totals or per-report').optional(),
  GONG_REQUESTS_PER_SECOND: rate.default(2),
  GONG_REQUESTS_PER_DAY: count(50, 10_000).default(4000),
  GONG_APP_URL: address.default('https://app.gong.io'),
  PEOPLE_FILE: text.optional(),
  DATABASE_URL: text
    .regex(/^postgres(ql)?:\/\//, 'must be an address that begins with postgres://')
    .superRefine((value, context) => {
      const message = tlsProblem(value)
      if (message) context.addIssue({ code: 'custom', message })
    })
    .optional(),
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

export type Settings = { readonly [Name in keyof typeof variables]: z.output<(typeof variables)[Name]> }
