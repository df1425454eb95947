// Events: what the app hears about messages, members and channels, as far as its manifest subscribes; and how Slack writes mentions.
import type { AppLink, Delivery } from './app-link.ts'
import type { SlackWorld } from './method.ts'
import { channelObject, userObject } from './objects.ts'
import type { Json, SimulatedChannel, SimulatedMessage, SimulatedUser } from './workspace.ts'

const nothingSent: Delivery = { type: 'acknowledged', body: '' }

export function eventPayload(world: SlackWorld, event: Json): Json {
  const { workspace, realClock } = world
  return {
    token: 'verification-is-by-signature',
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    type: 'event_callback',
    event_id: workspace.nextId('Ev'),
    event_time: Math.floor(realClock.now().getTime() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: workspace.teamId, user_id: workspace.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event: { event_ts: workspace.nextTs(), ...event },
  }
}

/** Sends an event the manifest subscribes to; others never leave Slack. */
async function sendEvent(name: string, event: Json, world: SlackWorld, link: AppLink): Promise<Delivery> {
  return world.manifest.events.has(name) ? link.event(name, eventPayload(world, event)) : nothingSent
}

/** `&`, `<`, `>` escaped, `@handle`, `#channel` and full names after `@` turned into ids, as with `should_escape`. */
export function escaped(text: string, world: SlackWorld): string {
  const { users, channels, userGroups } = world.workspace
  let written = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  for (const user of [...users.values()].toSorted((a, b) => b.realName.length - a.realName.length)) {
    if (!written.includes('@')) break
    for (const name of [user.realName, user.name]) {
      written = written.replaceAll(new RegExp(`@${RegExp.escape(name)}(?![\\w.-])`, 'gi'), `<@${user.id}|${user.name}>`)
    }
  }
  for (const { id, handle } of userGroups.values()) {
    written = written.replaceAll(new RegExp(`@${RegExp.escape(handle)}(?![\\w.-])`, 'gi'), `<!subteam^${id}|@${handle}>`)
  }
  return written.replaceAll(/#([\w-]+)/g, (whole, name: string) => {
    const channel = [...channels.values()].find((known) => known.name === name && !known.imWith)
    return channel ? `<#${channel.id}|${name}>` : whole
  })
}

/** Somebody writes a message. */
export async function sayEvent(
  said: { readonly userId: string; readonly channel: SimulatedChannel; readonly text: string; readonly threadTs?: string },
  world: SlackWorld,
  link: AppLink,
): Promise<Delivery> {
  const { workspace } = world
  const { userId, channel, threadTs } = said
  const text = escaped(said.text, world).replaceAll(/<@(\w+)\|[^>]*>/g, '<@$1>')
  const message: SimulatedMessage = {
    channelId: channel.id,
    ts: workspace.nextTs(),
    userId,
    text,
    blocks: [],
    ...(threadTs && { threadTs }),
  }
  workspace.add(message)
  const event = { user: userId, channel: channel.id, text, ts: message.ts, ...(threadTs && { thread_ts: threadTs }) }
  if (channel.imWith) return sendEvent('message.im', { type: 'message', channel_type: 'im', ...event }, world, link)
  if (text.includes(`<@${workspace.botUserId}>`)) return sendEvent('app_mention', { type: 'app_mention', ...event }, world, link)
  return nothingSent
}

/** Things that happen to people and channels, which change the workspace and are sent to the app. */
export interface Happenings {
  join(userId: string, channelId: string): Promise<Delivery>
  leave(userId: string, channelId: string): void
  archive(channelId: string): Promise<Delivery>
  rename(channelId: string, name: string): Promise<Delivery>
  /** Shares a channel with another company. */
  share(channelId: string): Promise<Delivery>
  joinTeam(user: SimulatedUser): Promise<Delivery>
  changeUser(id: string, change: Partial<SimulatedUser>): Promise<Delivery>
}

export function createHappenings(world: SlackWorld, link: AppLink): Happenings {
  const { workspace, manifest } = world
  const channelOf = (id: string): SimulatedChannel => {
    const channel = workspace.channels.get(id)
    if (!channel) throw new Error(`no channel has the id ${id}`)
    return channel
  }
  const change = (id: string, fields: Partial<SimulatedChannel>): SimulatedChannel => {
    const channel = { ...channelOf(id), ...fields }
    workspace.channels.set(id, channel)
    workspace.changed()
    return channel
  }
  const send = (name: string, event: Json): Promise<Delivery> => sendEvent(name, { type: name, ...event }, world, link)
  return {
    join(userId, channelId) {
      const { memberIds, isPrivate } = channelOf(channelId)
      change(channelId, { memberIds: [...new Set([...memberIds, userId])] })
      return send('member_joined_channel', {
        user: userId,
        channel: channelId,
        channel_type: isPrivate ? 'G' : 'C',
        team: workspace.teamId,
      })
    },
    leave(userId, channelId) {
      change(channelId, { memberIds: channelOf(channelId).memberIds.filter((id) => id !== userId) })
    },
    archive(channelId) {
      const { isPrivate } = change(channelId, { isArchived: true })
      return send(isPrivate ? 'group_archive' : 'channel_archive', { channel: channelId })
    },
    rename(channelId, name) {
      const channel = change(channelId, { name })
      return send('channel_rename', { channel: { id: channelId, name, is_mpim: false, ...channelObject(channel, world) } })
    },
    share(channelId) {
      change(channelId, { isExtShared: true })
      return send('channel_shared', { channel: channelId, connected_team_id: 'T0PARTNER' })
    },
    joinTeam(user) {
      workspace.users.set(user.id, user)
      workspace.changed()
      return send('team_join', { user: userObject(user, workspace, manifest) })
    },
    changeUser(id, fields) {
      const before = workspace.users.get(id)
      if (!before) throw new Error(`nobody here has the id ${id}`)
      const after = { ...before, ...fields }
      workspace.users.set(id, after)
      workspace.changed()
      return send('user_change', { user: userObject(after, workspace, manifest) })
    },
  }
}
