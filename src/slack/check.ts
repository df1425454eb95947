// What doctor and setup ask Slack: is the token valid, which scopes does it have, does the app token open a socket, and do our clocks
// agree. Returns plain data; doctor words it.

import type { SlackFailure } from '../slack-ports.ts'
import { Incomplete } from './pages-of.ts'
import { classifySlackFailure } from './slack-failure.ts'
import { createOneTryClient } from './web-client.ts'

/** Without these the bot cannot do its work. Source: manifest.yml. */
export const requiredScopes = [
  'commands',
  'chat:write',
  'im:write',
  'users:read',
  'users:read.email',
  'channels:read',
  'groups:read',
] as const

/** What is lost without each; everything else goes on working. */
export const optionalScopes: Readonly<Record<string, string>> = {
  'files:write': 'CSV files cannot be sent',
  'usergroups:read': 'a Slack user group cannot be typed in place of a team',
  'app_mentions:read': 'a mention of the bot gets no answer',
  'channels:history': 'after a doubtful post in a public channel the owner is asked whether it arrived',
  'groups:history': 'after a doubtful post in a private channel the owner is asked whether it arrived',
  'im:history': 'after a doubtful direct message the owner is asked whether it arrived, and messages to the bot are not answered',
}

export interface SlackCheck {
  readonly token:
    | {
        readonly ok: true
        readonly team: string
        readonly teamId: string
        readonly bot: string
        readonly scopes: readonly string[]
        readonly isOrgWide?: boolean
      }
    | { readonly ok: false; readonly failure: SlackFailure }
  /** Missing when no app token was given. */
  readonly socket?: { readonly ok: true } | { readonly ok: false; readonly failure: SlackFailure } | undefined
  /** Our clock minus Slack's, in seconds; unknown when Slack sent no date. */
  readonly clockSkewSeconds?: number | undefined
}

/** Asks Slack three questions at most, each once. Never throws for an answer of Slack's. */
export async function checkSlack(options: {
  readonly botToken: string
  readonly appToken?: string
  readonly slackApiUrl: string
  readonly now: () => Date
  readonly fetch?: typeof globalThis.fetch
  /** How long each answer may take. */
  readonly timeoutMs: number
}): Promise<SlackCheck> {
  const fetch = options.fetch ?? globalThis.fetch
  let date: string | null = null
  const dated: typeof globalThis.fetch = async (input, init) => {
    const answer = await fetch(input, init)
    date ??= answer.headers.get('date')
    return answer
  }
  const client = createOneTryClient(undefined, { apiUrl: options.slackApiUrl, fetch: dated }, options.timeoutMs)
  const token = await ask(async () => {
    const answer = await client.auth.test({ token: options.botToken })
    if (!answer.team_id || !answer.user_id) throw new Incomplete('neither workspace nor bot')
    return {
      ok: true as const,
      team: String(answer.team ?? ''),
      teamId: answer.team_id,
      bot: String(answer.user ?? ''),
      scopes: answer.response_metadata?.scopes ?? [],
      isOrgWide: answer.is_enterprise_install === true,
    }
  })
  const socket =
    options.appToken === undefined
      ? undefined
      : await ask(async () => {
          const { url } = await client.apps.connections.open({ token: options.appToken })
          if (!url) throw new Incomplete('no address')
          return { ok: true as const }
        })
  const slackTime = date === null ? Number.NaN : Date.parse(date)
  return {
    token,
    socket,
    clockSkewSeconds: Number.isNaN(slackTime) ? undefined : Math.round((options.now().getTime() - slackTime) / 1000),
  }
}

async function ask<T>(question: () => Promise<T>): Promise<T | { readonly ok: false; readonly failure: SlackFailure }> {
  try {
    return await question()
  } catch (error) {
    return { ok: false, failure: classifySlackFailure(error) }
  }
}
