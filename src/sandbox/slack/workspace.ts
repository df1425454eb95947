// The state of the simulated workspace: people, conversations, messages, views. Pure bookkeeping: what may be done, and with which
// scope, is decided by the methods. Message times are the demo's movable clock; ids never repeat.
import type { Clock } from '../../clock.ts'

/** JSON as it came over the wire: blocks, views, payloads. */
export type Json = Readonly<Record<string, unknown>>

export interface SimulatedUser {
  readonly id: string
  /** Handle without `@`. */
  readonly name: string
  readonly realName: string
  readonly email?: string
  readonly title?: string
  /** IANA zone. */
  readonly zone: string
  /** `en-US` when missing. */
  readonly locale?: string
  readonly isAdmin?: boolean
  readonly isOwner?: boolean
  readonly isGuest?: boolean
  /** Belongs to another company, met in a shared channel. */
  readonly isOutside?: boolean
  readonly isBot?: boolean
  readonly deleted?: boolean
  readonly statusEmoji?: string
  readonly statusText?: string
}

export interface SimulatedUserGroup {
  readonly id: string
  /** Without `@`. */
  readonly handle: string
  readonly memberIds: readonly string[]
}

export interface SimulatedChannel {
  readonly id: string
  readonly name: string
  readonly topic?: string
  readonly isPrivate?: boolean
  readonly isArchived?: boolean
  /** Shared with another company. */
  readonly isExtShared?: boolean
  readonly isPendingExtShared?: boolean
  /** Shared among workspaces of one organization. */
  readonly isOrgShared?: boolean
  /** For direct messages: the person at the other end. */
  readonly imWith?: string
  readonly memberIds: readonly string[]
}

export interface SimulatedFile {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly content: string
}

export interface SimulatedMessage {
  readonly channelId: string
  /** Slack's timestamp: seconds with six decimals, unique in its channel. */
  readonly ts: string
  readonly userId: string
  readonly text: string
  readonly blocks: readonly Json[]
  readonly threadTs?: string
  /** Visible to this person alone. */
  readonly ephemeralTo?: string
  readonly metadata?: Json
  readonly files?: readonly SimulatedFile[]
  readonly editedTs?: string
}

export interface SimulatedView {
  readonly id: string
  readonly userId: string
  readonly type: 'modal' | 'home'
  readonly callbackId: string
  readonly privateMetadata: string
  readonly blocks: readonly Json[]
  readonly title?: Json
  readonly submit?: Json
  readonly close?: Json
  readonly notifyOnClose: boolean
  readonly clearOnClose: boolean
  readonly externalId: string
  readonly hash: string
  readonly rootViewId: string
  readonly previousViewId?: string
  /** `state.values`: block id → action id → the element's state. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Json>>>>
  /** Shown under the inputs, by block id. */
  readonly errors: Readonly<Record<string, string>>
}

export interface Workspace {
  readonly teamId: string
  /** The app is installed for a whole Enterprise Grid organization. */
  isOrgWide?: boolean
  readonly teamName: string
  readonly domain: string
  readonly appId: string
  readonly botId: string
  readonly botUserId: string
  readonly users: Map<string, SimulatedUser>
  readonly channels: Map<string, SimulatedChannel>
  /** By channel, oldest first; ephemeral ones in between. */
  readonly userGroups: ReadonlyMap<string, SimulatedUserGroup>
  readonly messages: Map<string, SimulatedMessage[]>
  /** Open modals by person, the topmost last. */
  readonly modals: Map<string, SimulatedView[]>
  readonly homes: Map<string, SimulatedView>
  /** Uploads that are not finished yet. */
  readonly uploads: Map<string, SimulatedFile>
  nextId(prefix: string): string
  /** A timestamp of the movable clock that no message has yet. */
  nextTs(): string
  /** The conversation of the bot with a person, opened when it was not. */
  directMessageWith(userId: string): SimulatedChannel
  add(message: SimulatedMessage): void
  replace(message: SimulatedMessage): void
  remove(message: SimulatedMessage): void
  find(channelId: string, ts: string): SimulatedMessage | undefined
  /** A change of state: the page listens, and tests wait for what they expect. */
  onChange(listener: () => void): () => void
  changed(): void
}

export function createWorkspace(options: {
  readonly clock: Clock
  readonly teamName: string
  readonly botName: string
  readonly users: readonly SimulatedUser[]
  readonly channels: readonly SimulatedChannel[]
  readonly userGroups?: readonly SimulatedUserGroup[]
}): Workspace {
  let counter = 0
  let lastTsMicros = 0
  const listeners = new Set<() => void>()
  const botUserId = 'UGONGDIGEST'
  const bot: SimulatedUser = { id: botUserId, name: 'gong-digest', realName: options.botName, zone: 'Etc/UTC', isBot: true }
  const slackbot: SimulatedUser = { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', zone: 'Etc/UTC', isBot: true }
  const workspace: Workspace = {
    teamId: 'T0COMPANY',
    teamName: options.teamName,
    domain: options.teamName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    appId: 'A0GONGDIGEST',
    botId: 'B0GONGDIGEST',
    botUserId,
    users: new Map([...options.users, bot, slackbot].map((user) => [user.id, user])),
    channels: new Map(options.channels.map((channel) => [channel.id, channel])),
    userGroups: new Map((options.userGroups ?? []).map((group) => [group.id, group])),
    messages: new Map(),
    modals: new Map(),
    homes: new Map(),
    uploads: new Map(),
    nextId(prefix) {
      counter += 1
      return `${prefix}${counter.toString(36).toUpperCase().padStart(8, '0')}`
    },
    nextTs() {
      lastTsMicros = Math.max(lastTsMicros + 1, options.clock.now().getTime() * 1000)
      const seconds = Math.floor(lastTsMicros / 1_000_000)
      return `${seconds}.${String(lastTsMicros - seconds * 1_000_000).padStart(6, '0')}`
    },
    directMessageWith(userId) {
      for (const channel of workspace.channels.values()) if (channel.imWith === userId) return channel
      const channel: SimulatedChannel = { id: `D${userId.slice(1)}`, name: 'directmessage', imWith: userId, memberIds: [userId, botUserId] }
      workspace.channels.set(channel.id, channel)
      workspace.changed()
      return channel
    },
    add(message) {
      const all = workspace.messages.get(message.channelId)
      if (all) all.push(message)
      else workspace.messages.set(message.channelId, [message])
      workspace.changed()
    },
    replace(message) {
      const all = workspace.messages.get(message.channelId) ?? []
      const index = all.findIndex(({ ts }) => ts === message.ts)
      if (index >= 0) all[index] = message
      workspace.changed()
    },
    remove(message) {
      const all = workspace.messages.get(message.channelId) ?? []
      const index = all.findIndex(({ ts }) => ts === message.ts)
      if (index >= 0) all.splice(index, 1)
      workspace.changed()
    },
    find: (channelId, ts) => workspace.messages.get(channelId)?.find((message) => message.ts === ts),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    changed() {
      for (const listener of listeners) listener()
    },
  }
  return workspace
}
