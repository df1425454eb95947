// The environment becomes a Config here and nowhere else. All problems are reported at once: names, never values.

import type { GongCredentials } from '../domain/gong-credentials.ts'
import { ConfigError } from '../errors.ts'
import { chooseCredentials } from './gong-credentials.ts'
import { type Misspelled, misspelledIn } from './misspelled.ts'
import { type Environment, secrets, withSecretFiles } from './secret-files.ts'
import { type Settings, variables } from './variables.ts'

export { type Settings, variables } from './variables.ts'

export interface Config {
  readonly settings: Settings
  readonly gongCredentials: GongCredentials
  /** Names that are set and nearly those of variables: pointed out, never refused. */
  readonly misspelled: readonly Misspelled[]
  /** Socket Mode when an app token is there, else signed HTTP. */
  readonly slackTransport:
    | { readonly type: 'socket'; readonly appToken: string }
    | { readonly type: 'http'; readonly signingSecret: string; readonly port: number; readonly host?: string | undefined }
  /** Where Slackbot may ask; missing when it may not. `beside-events`: at the port of signed HTTP. */
  readonly mcp?:
    | { readonly at: 'beside-events' | { readonly port: number; readonly host?: string | undefined }; readonly signingSecret: string }
    | undefined
}

/**
 * Reads the whole configuration. An empty text means unset; a secret may also come from the file named by `NAME_FILE`.
 * @throws ConfigError with every problem at once.
 */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = []
  const given = withSecretFiles(environment, problems)
  const settings = checked(Object.keys(variables) as (keyof Settings)[], given, problems)
  const gongCredentials = chooseCredentials(settings, problems)
  const slackTransport = chooseTransport(settings, given, problems)
  const mcp = chooseMcp(settings, given, problems)
  const misspelled = misspelledIn(environment)
  if (problems.length > 0 || !gongCredentials || !slackTransport) throw new ConfigError([...problems, ...misspelled.map(misspelledInWords)])
  return { settings, gongCredentials, slackTransport, misspelled, mcp }
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
  const values = checked(names, given, problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return values
}

/** These variables by their rules; those that break them are left out and reported in `problems`. */
function checked<Name extends keyof Settings>(names: readonly Name[], given: Environment, problems: string[]): Pick<Settings, Name> {
  const values: Partial<Record<keyof Settings, unknown>> = {}
  for (const name of names) {
    const result = variables[name].safeParse(given[name])
    if (result.success) values[name] = result.data
    else problems.push(`${name} ${given[name] === undefined ? 'is missing' : (result.error.issues[0]?.message ?? 'is not valid')}`)
  }
  return values as Pick<Settings, Name>
}

export interface GivenSettings {
  readonly texts: Readonly<Record<string, string | undefined>>
  /** The files of secrets, by the variable whose value they hold. */
  readonly fromFiles: ReadonlyMap<string, string>
}

/** What is set, unchecked: texts by name, and from which files secrets came. For commands that write settings. */
export function readGiven(environment: Environment = process.env): GivenSettings {
  const fromFiles = new Map<string, string>(
    secrets.flatMap((name) => {
      const file = environment[`${name}_FILE`]?.trim()
      return file ? [[name, file] as const] : []
    }),
  )
  return { texts: withSecretFiles(environment, []), fromFiles }
}

function chooseTransport(settings: Settings, given: Environment, problems: string[]): Config['slackTransport'] | undefined {
  if (settings.SLACK_APP_TOKEN !== undefined) return { type: 'socket', appToken: settings.SLACK_APP_TOKEN }
  if (settings.SLACK_SIGNING_SECRET !== undefined)
    return { type: 'http', signingSecret: settings.SLACK_SIGNING_SECRET, port: settings.PORT, host: settings.HOST }
  // One that is there and wrong has its own problem.
  if (given.SLACK_APP_TOKEN ?? given.SLACK_SIGNING_SECRET) return undefined
  problems.push('Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP); neither is there')
  return undefined
}

/** Slack signs what Slackbot asks with the signing secret, in Socket Mode too. */
function chooseMcp(settings: Settings, given: Environment, problems: string[]): Config['mcp'] {
  const { MCP_PORT: port, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN, PORT, HOST: host } = settings
  if (port === undefined) return undefined
  if (signingSecret === undefined) {
    if (given.SLACK_SIGNING_SECRET === undefined)
      problems.push('MCP_PORT needs SLACK_SIGNING_SECRET, in Socket Mode too: Slack signs what Slackbot asks with it')
    return undefined
  }
  return { at: SLACK_APP_TOKEN === undefined && port === PORT ? 'beside-events' : { port, host }, signingSecret }
}

export const misspelledInWords = ({ name, meant }: Misspelled): string => `${name} is not a variable of gong-digest; ${meant} is`
