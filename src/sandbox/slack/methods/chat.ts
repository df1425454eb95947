// chat.*: posting where the bot is a member, changing its own messages, private lines for one person.
import {
  blocksArgument,
  botIsIn,
  conversation,
  decoded,
  isJson,
  type Method,
  optionalText,
  type SlackWorld,
  textArgument,
} from '../method.ts'
import { messageObject } from '../objects.ts'
import { Refusal } from '../refusal.ts'
import type { Json, SimulatedChannel, SimulatedMessage } from '../workspace.ts'

/** Source: chat.postMessage, "text" is truncated above 40,000 characters; more is refused here so that nobody relies on it. */
const longestText = 40_000
/** Source: chat.postMessage, `metadata_too_large`. */
const longestMetadata = 16_000

/** A channel the bot is in, or the conversation with the person named. */
function whereToPost(args: Json, world: SlackWorld): SimulatedChannel {
  const id = textArgument(args, 'channel')
  if (/^[UW]/.test(id)) {
    const user = world.workspace.users.get(id)
    if (!user) throw new Refusal('channel_not_found')
    if (user.isBot) throw new Refusal('cannot_dm_bot')
    if (user.deleted) throw new Refusal('user_disabled')
    return world.workspace.directMessageWith(id)
  }
  const channel = conversation(args, world)
  if (channel.isArchived) throw new Refusal('is_archived')
  if (!botIsIn(channel, world)) throw new Refusal('not_in_channel')
  return channel
}

function said(args: Json, world: SlackWorld): { readonly text: string; readonly blocks: readonly Json[] } {
  const blocks = blocksArgument(args, world)
  const text = optionalText(args, 'text') ?? ''
  if (text === '' && blocks.length === 0) throw new Refusal('no_text')
  if (text.length > longestText) throw new Refusal('msg_too_long')
  return { text, blocks }
}

function metadataOf(args: Json): Json | undefined {
  const metadata = decoded(args, 'metadata', 'invalid_metadata_format')
  if (metadata === undefined || metadata === '') return undefined
  if (!isJson(metadata) || typeof metadata.event_type !== 'string' || !isJson(metadata.event_payload)) {
    throw new Refusal('invalid_metadata_format')
  }
  if (JSON.stringify(metadata).length > longestMetadata) throw new Refusal('metadata_too_large')
  return metadata
}

function threadOf(args: Json, channel: SimulatedChannel, world: SlackWorld): string | undefined {
  const threadTs = optionalText(args, 'thread_ts')
  if (threadTs === undefined) return undefined
  const parent = world.workspace.find(channel.id, threadTs)
  if (!parent) throw new Refusal('thread_not_found')
  return parent.threadTs ?? parent.ts
}

function ownMessage(args: Json, world: SlackWorld, refusal: string): SimulatedMessage {
  const channel = conversation(args, world)
  const message = world.workspace.find(channel.id, textArgument(args, 'ts'))
  if (!message || message.ephemeralTo) throw new Refusal('message_not_found')
  if (message.userId !== world.workspace.botUserId) throw new Refusal(refusal)
  if (channel.isArchived) throw new Refusal('is_archived')
  return message
}

export const chatMethods: readonly Method[] = [
  {
    name: 'chat.postMessage',
    tier: 'special',
    scopes: ['chat:write'],
    run(args, world) {
      const { workspace } = world
      const channel = whereToPost(args, world)
      const metadata = metadataOf(args)
      const threadTs = threadOf(args, channel, world)
      const message: SimulatedMessage = {
        channelId: channel.id,
        ...said(args, world),
        ts: workspace.nextTs(),
        userId: workspace.botUserId,
        ...(metadata && { metadata }),
        ...(threadTs && { threadTs }),
      }
      workspace.add(message)
      return { channel: channel.id, ts: message.ts, message: messageObject(message, workspace, { metadata: true }) }
    },
  },
  {
    name: 'chat.update',
    tier: 3,
    scopes: ['chat:write'],
    run(args, world) {
      const before = ownMessage(args, world, 'cant_update_message')
      const after = { ...before, ...said(args, world), editedTs: world.workspace.nextTs() }
      world.workspace.replace(after)
      return {
        channel: after.channelId,
        ts: after.ts,
        text: after.text,
        message: messageObject(after, world.workspace, { metadata: true }),
      }
    },
  },
  {
    name: 'chat.postEphemeral',
    tier: 4,
    scopes: ['chat:write'],
    run(args, world) {
      const { workspace } = world
      const channel = whereToPost(args, world)
      const userId = textArgument(args, 'user')
      if (!channel.memberIds.includes(userId)) throw new Refusal('user_not_in_channel')
      const threadTs = threadOf(args, channel, world)
      const message: SimulatedMessage = {
        channelId: channel.id,
        ...said(args, world),
        ts: workspace.nextTs(),
        userId: workspace.botUserId,
        ephemeralTo: userId,
        ...(threadTs && { threadTs }),
      }
      workspace.add(message)
      return { message_ts: message.ts }
    },
  },
  {
    name: 'chat.delete',
    tier: 3,
    scopes: ['chat:write'],
    run(args, world) {
      const message = ownMessage(args, world, 'cant_delete_message')
      world.workspace.remove(message)
      return { channel: message.channelId, ts: message.ts }
    },
  },
  {
    name: 'chat.getPermalink',
    tier: 'special',
    scopes: [],
    run(args, world) {
      const channel = conversation(args, world)
      const ts = textArgument(args, 'message_ts')
      if (!world.workspace.find(channel.id, ts)) throw new Refusal('message_not_found')
      return { channel: channel.id, permalink: `${world.origin()}/archives/${channel.id}/p${ts.replace('.', '')}` }
    },
  },
]
