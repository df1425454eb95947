// The first part of the setup: the Slack app by a prefilled link, and its tokens, each tried at Slack before it is taken.
import { openEgress } from '../../egress.ts'
import { checkSlack } from '../../slack/check.ts'
import type { Finding } from '../doctor/finding.ts'
import { slackFindings } from '../doctor/slack-findings.ts'
import type { Prompts } from '../prompts.ts'
import { usualPatience } from '../workbench.ts'
import { manifestLink } from './manifest-link.ts'
import type { SetupDeps, Values } from './setup-deps.ts'

export async function setUpSlack(deps: SetupDeps): Promise<Values> {
  const { prompts, known } = deps
  const transport = await prompts.choose({
    message: 'How shall Slack reach the bot?',
    choices: [
      { value: 'socket', label: 'Socket Mode', hint: 'nothing to expose; right for most' },
      { value: 'http', label: 'Signed HTTP', hint: 'this machine has a public https address' },
    ],
    initial: known.SLACK_SIGNING_SECRET && !known.SLACK_APP_TOKEN ? 'http' : 'socket',
  })
  const requestUrl = transport === 'http' ? await askRequestUrl(prompts) : undefined
  const slackbot = await askSlackbot(prompts, known, requestUrl)
  const link = manifestLink(deps.manifest, {
    transport: requestUrl === undefined ? { type: 'socket' } : { type: 'http', requestUrl },
    name: deps.name,
    mcpUrl: slackbot?.url,
  })
  prompts.say('Open this address, choose the workspace, press Create, then Install to Workspace:', 'The Slack app')
  prompts.link(link)
  const values: Values = { COMMAND_SUFFIX: deps.name, MCP_PORT: slackbot?.port }
  values.SLACK_BOT_TOKEN = await askTested(prompts, known.SLACK_BOT_TOKEN, {
    name: 'Bot token',
    message: 'Bot User OAuth Token (xoxb-…), from the page OAuth & Permissions',
    test: (token) => slackProblems(deps, { SLACK_BOT_TOKEN: token }),
  })
  if (transport === 'socket') {
    values.SLACK_APP_TOKEN = await askTested(prompts, known.SLACK_APP_TOKEN, {
      name: 'App token',
      message: 'App-level token (xapp-…), from Basic Information → App-Level Tokens → Generate, scope connections:write',
      test: (token) => slackProblems(deps, { SLACK_BOT_TOKEN: values.SLACK_BOT_TOKEN, SLACK_APP_TOKEN: token }),
    })
  } else values.SLACK_APP_TOKEN = undefined
  if (transport === 'socket' && !slackbot) values.SLACK_SIGNING_SECRET = undefined
  else {
    values.SLACK_SIGNING_SECRET = await askTested(prompts, known.SLACK_SIGNING_SECRET, {
      name: 'Signing secret',
      message: 'Signing Secret, from Basic Information → App Credentials',
      test: async (secret) => (/^[\w-]{16,}$/.test(secret) ? [] : ['That is not a signing secret: copy the line under Signing Secret.']),
    })
    const first = transport === 'socket' ? 'question in Slackbot' : 'command'
    prompts.say(`Whether the signing secret is the right one shows with the first ${first} after the start.`)
  }
  return values
}

/** The port of `POST /mcp` when Socket Mode leaves it free to choose. */
const usualMcpPort = '3001'

/** Whether Slackbot may ask, and where Slack reaches us for it: beside the events over signed HTTP, else at an address of its own. */
async function askSlackbot(
  prompts: Prompts,
  known: SetupDeps['known'],
  requestUrl: string | undefined,
): Promise<{ readonly url: string; readonly port: string } | undefined> {
  const message = 'May people ask in Slackbot too? Slack then calls a public https address of this machine.'
  if (!(await prompts.confirm({ message, initial: known.MCP_PORT !== undefined }))) return undefined
  if (requestUrl !== undefined) return { url: new URL('/mcp', requestUrl).href, port: known.PORT ?? '3000' }
  return { url: await askAddress(prompts, '/mcp'), port: known.MCP_PORT ?? usualMcpPort }
}

const askRequestUrl = (prompts: Prompts): Promise<string> => askAddress(prompts, '/slack/events')

async function askAddress(prompts: Prompts, path: string): Promise<string> {
  for (;;) {
    const address = (await prompts.text({ message: 'Public address of this machine, for example https://digest.example.com' })).trim()
    if (URL.canParse(address) && new URL(address).protocol === 'https:') return new URL(path, address).href
    prompts.warn('Slack takes a whole https address only.')
  }
}

/** Problems in words; empty when Slack takes it. */
async function slackProblems({ known, around }: SetupDeps, tokens: Values): Promise<string[]> {
  const egress = openEgress({ httpsProxy: known.HTTPS_PROXY, noProxy: known.NO_PROXY })
  try {
    const check = await checkSlack({
      botToken: tokens.SLACK_BOT_TOKEN ?? '',
      ...(tokens.SLACK_APP_TOKEN !== undefined && { appToken: tokens.SLACK_APP_TOKEN }),
      slackApiUrl: `${known.SLACK_API_URL ?? 'https://slack.com/api'}/`,
      now: () => around.clock.now(),
      fetch: egress.fetch,
      timeoutMs: (around.patience ?? usualPatience).slackMs,
    })
    return problemsIn(slackFindings(check))
  } finally {
    await egress.close()
  }
}

const problemsIn = (findings: readonly Finding[]): string[] =>
  findings.filter(({ state }) => state === 'to fix').map(({ says, remedy }) => (remedy ? `${says} ${remedy}` : says))

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
