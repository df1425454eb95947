// Who is who in the workspace, kept in the store: everybody once a day, changes as Slack reports them, and a single look-up for a person
// the directory does not know yet. Knows nothing of Gong.

import type { WebClient } from '@slack/web-api'
import type { Clock } from '../clock.ts'
import { isKnownLocale, isKnownZone } from '../domain/known-zone.ts'
import { cleanText, cutText } from '../domain/outside-text.ts'
import type { SlackMember } from '../domain/slack-member.ts'
import type { Log } from '../log.ts'
import type { Directory as DirectoryPort } from '../slack-ports.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import { forEachYielding } from '../yielding.ts'
import { createMemberPages, withFreshCursor } from './list-members.ts'
import { Incomplete, listed, pagesOf } from './pages-of.ts'
import { classifySlackFailure } from './slack-failure.ts'

/** Our own workspace; people of others are outside. Source: Slack `auth.test`. */
export interface HomeWorkspace {
  readonly teamId: string
  readonly enterpriseId?: string
}

/** The fields of Slack's user object this reads. Source: `users.info`, `users.list`, events `team_join` and `user_change`. */
export interface SlackUser {
  readonly id?: string
  readonly name?: string | undefined
  readonly real_name?: string
  readonly team_id?: string
  readonly tz?: string
  readonly locale?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_stranger?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_admin?: boolean
  readonly is_owner?: boolean
  readonly updated?: number | undefined
  readonly enterprise_user?: { readonly enterprise_id?: string }
  readonly profile?: {
    readonly email?: string | undefined
    readonly real_name?: string
    readonly status_emoji?: string
    readonly status_text?: string
  }
}

/** A Slack user as the directory keeps it. What is unknown counts against the user: no team means outside. */
export function memberOf(id: string, user: SlackUser | undefined, home: HomeWorkspace): SlackMember {
  const sameEnterprise = home.enterpriseId !== undefined && user?.enterprise_user?.enterprise_id === home.enterpriseId
  const email = kept(user?.profile?.email)?.trim().toLowerCase()
  return {
    slackUserId: id,
    name: kept(user?.real_name) || kept(user?.profile?.real_name) || kept(user?.name) || id,
    ...(email && { email }),
    ...given('zone', knownBy(isKnownZone, kept(user?.tz))),
    ...given('locale', knownBy(isKnownLocale, kept(user?.locale))),
    isBot: user?.is_bot === true || id === 'USLACKBOT',
    isGuest: user?.is_restricted === true || user?.is_ultra_restricted === true,
    isOutside: !user || user.is_stranger === true || (user.team_id !== home.teamId && !sameEnterprise),
    isSlackAdmin: user?.is_admin === true || user?.is_owner === true,
    deleted: user?.deleted === true,
    ...given('statusEmoji', kept(user?.profile?.status_emoji)),
    ...given('statusText', kept(user?.profile?.status_text)),
    ...(Number.isSafeInteger(user?.updated) && { updatedAtSeconds: Number(user?.updated) }),
  }
}

/** Longer than any name or address Slack allows. */
const textAtMost = 1000

/** Untrusted text of Slack's, cleaned and cut; anything but text is left out. */
const kept = (value: unknown): string | undefined => (typeof value === 'string' ? cutText(cleanText(value), textAtMost) : undefined)

/** A zone or locale this machine cannot write dates in counts as none: the company's stands in. */
const knownBy = (isKnown: (name: string) => boolean, name: string | undefined): string | undefined =>
  name !== undefined && isKnown(name) ? name : undefined

const given = <Name extends string>(name: Name, value: string | undefined): { readonly [Key in Name]?: string } =>
  (value ? { [name]: value } : {}) as { readonly [Key in Name]?: string }

/** The directory as the services see it, and the events about one person. */
export interface Directory extends DirectoryPort {
  /** `team_join` or `user_change`. @throws where it could not be stored: nobody sends it again */
  heard(user: SlackUser): Promise<void>
}

/** A hundred thousand members, however much each is. */
const mostPages = 5000
/** 200 at most are asked for. */
const mostOnPage = 1000

export function createDirectory(deps: {
  readonly client: Pick<WebClient, 'apiCall'>
  /** Asks for the pages of the long list; with the client itself unless given. */
  readonly memberPages?: ReturnType<typeof createMemberPages>
  readonly store: Pick<DirectoryStore, 'replaceAll' | 'upsert' | 'find'>
  readonly home: () => Promise<HomeWorkspace>
  readonly clock: Clock
  readonly log: Log
}): Directory {
  const { client, store, home, clock, log, memberPages = createMemberPages(client) } = deps

  async function everybody(): Promise<readonly SlackMember[]> {
    const ours = await home()
    const members: SlackMember[] = []
    for await (const answer of pagesOf(memberPages, mostPages)) {
      const { members: page } = answer as { readonly members?: unknown }
      await forEachYielding(listed(page, mostOnPage) as readonly (SlackUser | null)[], (user) => {
        if (typeof user?.id === 'string') members.push(memberOf(user.id, user, ours))
      })
    }
    return members
  }

  return {
    async refresh() {
      const readAt = clock.now()
      const members = await withFreshCursor(everybody)
      const refused = await store.replaceAll(members, readAt)
      if (refused.length > 0)
        log.error({ slackUserIds: refused }, 'The database refused members of the Slack directory; they keep their last row')
      log.info({ members: members.length }, 'read the Slack directory')
      return members.length
    },
    async whoIs(slackUserId) {
      const known = await store.find(slackUserId)
      // Where somebody was forgotten words stand: Slack is not asked about them.
      if (known || !/^[UW][A-Z0-9]+$/.test(slackUserId)) return known
      const learnedAtMs = clock.now().getTime()
      const answer = (await client.apiCall('users.info', { user: slackUserId, include_locale: true }).catch((error: unknown) => {
        if (unknownUser.has(classifySlackFailure(error).error)) return undefined
        throw error
      })) as { user?: SlackUser } | undefined
      if (!answer) return undefined
      if (!answer.user) throw new Incomplete('no user')
      return store.upsert({ ...memberOf(slackUserId, answer.user, await home()), learnedAtMs })
    },
    async heard(user) {
      const learnedAtMs = clock.now().getTime()
      if (!user.id) return
      const member = { ...memberOf(user.id, user, await home()), learnedAtMs }
      // While a list of 100,000 is stored, a row may be held for longer than a statement waits.
      await store.upsert(member).catch(() => store.upsert(member))
    },
  }
}

/** Slack's error codes for an id it does not show us. */
const unknownUser = new Set(['user_not_found', 'user_not_visible'])
