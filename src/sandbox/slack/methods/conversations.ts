// conversations.*: what the bot may know of channels, by the scopes of their kind, and their history where it is a member.
import {
  botIsIn,
  conversation,
  flagArgument,
  limitArgument,
  type Method,
  needScope,
  optionalText,
  page,
  type SlackWorld,
  scopeKind,
  textArgument,
} from '../method.ts'
import { channelObject, messageObject } from '../objects.ts'
import { Refusal } from '../refusal.ts'
import type { Json, SimulatedChannel, SimulatedMessage } from '../workspace.ts'

function readable(args: Json, world: SlackWorld): SimulatedChannel {
  const channel = conversation(args, world)
  needScope(world, `${scopeKind(channel)}:history`)
  if (!botIsIn(channel, world)) throw new Refusal('not_in_channel')
  return channel
}

/** Newest first for history, oldest first for replies; what one person alone may see is in neither. */
function answerMessages(messages: readonly SimulatedMessage[], args: Json, world: SlackWorld): Json {
  const oldest = Number(optionalText(args, 'oldest') ?? 0)
  const latest = Number(optionalText(args, 'latest') ?? Number.POSITIVE_INFINITY)
  const inclusive = flagArgument(args, 'inclusive')
  const inRange = messages.filter(({ ephemeralTo, ts }) => {
    const at = Number(ts)
    return ephemeralTo === undefined && (inclusive ? at >= oldest && at <= latest : at > oldest && at < latest)
  })
  const { items, cursor } = page(inRange, args, limitArgument(args, 100, 999))
  return {
    messages: items.map((message) => messageObject(message, world.workspace, { metadata: flagArgument(args, 'include_all_metadata') })),
    has_more: cursor !== '',
    response_metadata: { next_cursor: cursor },
  }
}

export const conversationMethods: readonly Method[] = [
  {
    name: 'conversations.info',
    tier: 3,
    scopes: [],
    run(args, world) {
      const channel = conversation(args, world)
      needScope(world, `${scopeKind(channel)}:read`)
      return { channel: channelObject(channel, world) }
    },
  },
  {
    name: 'conversations.members',
    tier: 4,
    scopes: [],
    run(args, world) {
      const channel = conversation(args, world)
      needScope(world, `${scopeKind(channel)}:read`)
      const { items, cursor } = page(channel.memberIds, args, limitArgument(args, 100, 1000))
      return { members: items, response_metadata: { next_cursor: cursor } }
    },
  },
  {
    name: 'conversations.list',
    tier: 2,
    scopes: [],
    run(args, world) {
      const types = (optionalText(args, 'types') ?? 'public_channel').split(',')
      const kinds = types.map((type) => ({ public_channel: 'channels', private_channel: 'groups', im: 'im', mpim: 'mpim' })[type.trim()])
      for (const kind of kinds) {
        if (kind === undefined) throw new Refusal('invalid_types')
        needScope(world, `${kind}:read`)
      }
      const channels = [...world.workspace.channels.values()].filter(
        (channel) =>
          kinds.includes(scopeKind(channel)) &&
          (scopeKind(channel) === 'channels' || botIsIn(channel, world)) &&
          !(flagArgument(args, 'exclude_archived') && channel.isArchived),
      )
      const { items, cursor } = page(channels, args, limitArgument(args, 100, 999))
      return { channels: items.map((channel) => channelObject(channel, world)), response_metadata: { next_cursor: cursor } }
    },
  },
  {
    name: 'conversations.open',
    tier: 3,
    scopes: ['im:write'],
    run(args, world) {
      const ids = textArgument(args, 'users').split(',')
      const user = world.workspace.users.get(ids[0] ?? '')
      if (!user) throw new Refusal('user_not_found')
      if (ids.length > 1) throw new Refusal('not_enough_users')
      if (user.isBot) throw new Refusal('cannot_dm_bot')
      if (user.deleted) throw new Refusal('user_disabled')
      return { channel: { id: world.workspace.directMessageWith(user.id).id } }
    },
  },
  {
    name: 'conversations.history',
    tier: 3,
    scopes: [],
    run(args, world) {
      const channel = readable(args, world)
      const messages = (world.workspace.messages.get(channel.id) ?? []).filter(({ threadTs }) => threadTs === undefined)
      return answerMessages(messages.toReversed(), args, world)
    },
  },
  {
    name: 'conversations.replies',
    tier: 3,
    scopes: [],
    run(args, world) {
      const channel = readable(args, world)
      const ts = textArgument(args, 'ts')
      if (!world.workspace.find(channel.id, ts)) throw new Refusal('thread_not_found')
      const messages = (world.workspace.messages.get(channel.id) ?? []).filter((message) => message.ts === ts || message.threadTs === ts)
      return answerMessages(messages, args, world)
    },
  },
  {
    name: 'conversations.join',
    tier: 3,
    scopes: ['channels:join'],
    run(args, world) {
      const channel = conversation(args, world)
      if (channel.isArchived) throw new Refusal('is_archived')
      const joined = { ...channel, memberIds: [...new Set([...channel.memberIds, world.workspace.botUserId])] }
      world.workspace.channels.set(channel.id, joined)
      world.workspace.changed()
      return { channel: channelObject(joined, world) }
    },
  },
]
