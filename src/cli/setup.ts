// The way from nothing to a checked `.env`: asks one thing after another and tries each answer at once, at Slack and at Gong. Knows
// neither terminal nor file: questions are asked through Prompts, and what is to be kept is handed back.

import { type Config, readConfig } from '../config.ts'
import type { GongCheck } from '../gong/check.ts'
import { describeGong } from '../gong/check.ts'
import { openEgress } from '../gong/pool.ts'
import { createSlackClient, readIdentity } from '../slack/bolt.ts'
import { checkSlack } from '../slack/check.ts'
import { createDirectory } from '../slack/directory.ts'
import type { Store } from '../store/store.ts'
import { exitCodeOf, type Finding, printFindings } from './finding.ts'
import { gongFindings } from './gong-findings.ts'
import { manifestLink } from './manifest-link.ts'
import type { Prompts } from './prompts.ts'
import { setUpPeople } from './setup-people.ts'
import { slackFindings } from './slack-findings.ts'
import { gongOptions, type Surroundings } from './workbench.ts'

export type Values = Record<string, string | undefined>

export interface SetupParts {
  readonly prompts: Prompts
  readonly around: Surroundings
  /** Holds what is read on the way; thrown away at the end. */
  readonly scratch: Store
  /** The text of manifest.yml. */
  readonly manifest: string
  /** Of a second installation in the same workspace, for example `staging`. */
  readonly name?: string
  /** What is set already, from an earlier run or the environment. */
  readonly known: Readonly<Values>
}

/** What to write; names whose value is undefined are taken out. @throws Cancelled */
export async function setUp(parts: SetupParts): Promise<Values> {
  const values: Values = { ...(await setUpSlack(parts)) }
  Object.assign(values, await setUpGong(parts, values))
  Object.assign(values, await setUpPeople(parts, configOf(parts, values)))
  return values
}

/** The configuration as it would be read from what is known so far. */
export const configOf = ({ known }: SetupParts, values: Values): Config => {
  const all = { ...known, ...values }
  // The zone may still be unknown; questions about it need some zone to be asked in.
  return readConfig(all)
}

async function setUpSlack(parts: SetupParts): Promise<Values> {
  const { prompts, known } = parts
  const transport = await prompts.choose({
    message: 'How shall Slack reach the bot?',
    choices: [
      { value: 'socket', label: 'Socket Mode', hint: 'nothing to expose; right for most' },
      { value: 'http', label: 'Signed HTTP', hint: 'this machine has a public https address' },
    ],
    initial: known.SLACK_SIGNING_SECRET && !known.SLACK_APP_TOKEN ? 'http' : 'socket',
  })
  const requestUrl = transport === 'http' ? await askRequestUrl(prompts) : undefined
  const link = manifestLink(parts.manifest, {
    transport: requestUrl === undefined ? { type: 'socket' } : { type: 'http', requestUrl },
    ...(parts.name !== undefined && { name: parts.name }),
  })
  prompts.say(`Open this address, choose the workspace, press Create, then Install to Workspace:\n\n${link}`, 'The Slack app')
  const values: Values = {}
  values.SLACK_BOT_TOKEN = await askTested(prompts, known.SLACK_BOT_TOKEN, {
    name: 'Bot token',
    message: 'Bot User OAuth Token (xoxb-…), from the page OAuth & Permissions',
    test: (token) => slackProblems(parts, { SLACK_BOT_TOKEN: token }),
  })
  if (transport === 'socket') {
    values.SLACK_APP_TOKEN = await askTested(prompts, known.SLACK_APP_TOKEN, {
      name: 'App token',
      message: 'App-level token (xapp-…), from Basic Information → App-Level Tokens → Generate, scope connections:write',
      test: (token) => slackProblems(parts, { SLACK_BOT_TOKEN: values.SLACK_BOT_TOKEN, SLACK_APP_TOKEN: token }),
    })
    values.SLACK_SIGNING_SECRET = undefined
  } else {
    values.SLACK_SIGNING_SECRET = await askTested(prompts, known.SLACK_SIGNING_SECRET, {
      name: 'Signing secret',
      message: 'Signing Secret, from Basic Information → App Credentials',
      test: async (secret) => (/^[\w-]{8,}$/.test(secret) ? [] : ['That is not a signing secret: copy the line under Signing Secret.']),
    })
    values.SLACK_APP_TOKEN = undefined
    prompts.say('Whether the signing secret is the right one shows with the first command after the start.')
  }
  return values
}

async function askRequestUrl(prompts: Prompts): Promise<string> {
  for (;;) {
    const address = (await prompts.text({ message: 'Public address of this machine, for example https://digest.example.com' })).trim()
    if (URL.canParse(address) && new URL(address).protocol === 'https:') return new URL('/slack/events', address).href
    prompts.warn('Slack takes a whole https address only.')
  }
}

/** Problems in words; empty when Slack takes it. */
async function slackProblems({ known, around }: SetupParts, tokens: Values): Promise<string[]> {
  const egress = openEgress({ httpsProxy: known.HTTPS_PROXY, noProxy: known.NO_PROXY })
  try {
    const check = await checkSlack({
      botToken: tokens.SLACK_BOT_TOKEN ?? '',
      ...(tokens.SLACK_APP_TOKEN !== undefined && { appToken: tokens.SLACK_APP_TOKEN }),
      slackApiUrl: `${known.SLACK_API_URL ?? 'https://slack.com/api'}/`,
      now: () => around.clock.now(),
      ...(egress.fetch && { fetch: egress.fetch }),
    })
    return toMend(slackFindings(check))
  } finally {
    await egress.close()
  }
}

const toMend = (findings: readonly Finding[]): string[] =>
  findings.filter(({ state }) => state === 'to mend').map(({ says, remedy }) => (remedy ? `${says} ${remedy}` : says))

/** What is there already is kept when it works and the person wants it; else asked for until it works. */
async function askTested(
  prompts: Prompts,
  known: string | undefined,
  question: { readonly name: string; readonly message: string; test(answer: string): Promise<string[]> },
): Promise<string> {
  const { name, message } = question
  if (known) {
    const works = (await prompts.working(`Trying the ${name.toLowerCase()} that is set`, () => question.test(known))).length === 0
    if (works && (await prompts.confirm({ message: `${name}: one is set and works. Keep it?`, initial: true }))) return known
  }
  for (;;) {
    const answer = (await prompts.secret({ message })).trim()
    const problems =
      answer === '' ? ['Nothing was typed.'] : await prompts.working(`Trying the ${name.toLowerCase()}`, () => question.test(answer))
    if (problems.length === 0) return answer
    prompts.warn(problems.join('\n'))
  }
}

async function setUpGong(parts: SetupParts, slack: Values): Promise<Values> {
  const { prompts, known } = parts
  let first = true
  for (;;) {
    const values = await askGong(parts, first)
    first = false
    const check = await prompts.working('Asking Gong', () => checkGong(parts, { ...slack, ...values }))
    // A zone Gong does not tell is asked for in the next step.
    const findings = gongFindings(
      { ...check, problems: check.problems.filter((problem) => !problem.startsWith('GONG_TIME_ZONE')) },
      parts.around.clock.now(),
    )
    prompts.say(printFindings(findings), 'Gong')
    if (check.contract !== undefined && exitCodeOf(findings) === 0) return { ...values, GONG_TIME_ZONE: known.GONG_TIME_ZONE }
    const answered = check.operations.some(({ answer }) => answer.ok)
    if (answered && (await prompts.confirm({ message: 'Go on with what works?', initial: false })))
      return { ...values, GONG_TIME_ZONE: known.GONG_TIME_ZONE }
  }
}

async function askGong({ prompts, known }: SetupParts, offerKnown: boolean): Promise<Values> {
  const oauth = known.GONG_REFRESH_TOKEN !== undefined
  if (offerKnown && (oauth || known.GONG_ACCESS_TOKEN || (known.GONG_ACCESS_KEY && known.GONG_ACCESS_KEY_SECRET))) {
    if (await prompts.confirm({ message: 'Gong: credentials are set. Keep them?', initial: true }))
      return { GONG_BASE_URL: known.GONG_BASE_URL }
  }
  prompts.say(
    'In Gong: Company settings → Ecosystem → API. The page shows the address of your API and makes an access key with its secret.\nFor OAuth instead, leave here and run: npm run gong-login',
    'Gong',
  )
  const baseUrl = await askAddress(prompts, known.GONG_BASE_URL ?? 'https://api.gong.io/v2')
  const accessKey = (await prompts.secret({ message: 'Access key' })).trim()
  const accessKeySecret = (await prompts.secret({ message: 'Access key secret' })).trim()
  return {
    GONG_BASE_URL: baseUrl,
    GONG_ACCESS_KEY: accessKey,
    GONG_ACCESS_KEY_SECRET: accessKeySecret,
    GONG_ACCESS_TOKEN: undefined,
    GONG_REFRESH_TOKEN: undefined,
    GONG_CLIENT_ID: undefined,
    GONG_CLIENT_SECRET: undefined,
  }
}

async function askAddress(prompts: Prompts, initial: string): Promise<string> {
  for (;;) {
    const address = (await prompts.text({ message: 'Address of the API', initial })).trim() || initial
    if (/^https?:$/.test(URL.parse(address)?.protocol ?? '')) return address
    prompts.warn('A whole address is needed, beginning with https://')
  }
}

async function checkGong(parts: SetupParts, values: Values): Promise<GongCheck> {
  const nothingYet = { credentials: 'basic', operations: [] } as const
  if (values.GONG_ACCESS_KEY === '' || values.GONG_ACCESS_KEY_SECRET === '')
    return { ...nothingYet, problems: ['Key and secret are both needed.'] }
  return describeGong(gongOptions(configOf(parts, values), parts.scratch, parts.around))
}

/** Reads the Slack directory into the scratch store. */
export async function readDirectory({ scratch, around }: SetupParts, { settings }: Config): Promise<void> {
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  try {
    const client = createSlackClient({
      botToken: settings.SLACK_BOT_TOKEN,
      apiUrl: settings.SLACK_API_URL,
      log: around.log,
      ...(egress.fetch && { fetch: egress.fetch }),
    })
    await createDirectory({ client, store: scratch.directory, home: () => readIdentity(client), ...around }).refresh()
  } finally {
    await egress.close()
  }
}
