// What people do in conversations of the simulated workspace: type, press, open Home. Each act sends the app what Slack would send and
// resolves once the app has acknowledged; answers arrive later, through the Web API.
import { type ActingInViews, createActingInViews } from './acting-in-views.ts'
import type { AppLink, Delivery } from './app-link.ts'
import { type ControlRef, controlIn, createControlActs, type MessageRef } from './control-acts.ts'
import { actor, envelope, legacyToken, teamIdOf } from './envelope.ts'
import { escaped, eventPayload, sayEvent } from './events.ts'
import type { SlackWorld } from './method.ts'
import { channelObject, messageObject } from './objects.ts'
import type { Filled } from './view-state.ts'
import type { Json, SimulatedChannel, SimulatedMessage } from './workspace.ts'

export interface Acting extends ActingInViews {
  /** Types into a conversation: a slash command goes to the app, anything else is a message. @throws Error when Slack would not let them */
  type(userId: string, channelId: string, text: string, threadTs?: string): Promise<Delivery>
  /** Presses a control in a message; `value` picks an option of a select or menu. A confirm dialog counts as confirmed. */
  press(userId: string, message: MessageRef, control: ControlRef, value?: Filled): Promise<Delivery>
  /** What an external select offers for a query. */
  suggestions(userId: string, surface: 'modal' | MessageRef, control: ControlRef, query: string): Promise<readonly Json[]>
  openHome(userId: string): Promise<Delivery>
}

export function createActing(world: SlackWorld, link: AppLink): Acting {
  const { workspace, manifest, grants } = world
  const acts = createControlActs(world, link)
  const responseUrl = (grant: Parameters<typeof grants.responseUrl>[0]): string =>
    `${world.answerOrigin()}/respond/${grants.responseUrl(grant)}`

  function visible(userId: string, ref: MessageRef): SimulatedMessage {
    const message = workspace.find(ref.channelId, ref.ts)
    if (!message || (message.ephemeralTo && message.ephemeralTo !== userId)) throw new Error('that person cannot see such a message')
    return message
  }

  function entered(userId: string, channelId: string): SimulatedChannel {
    const channel = workspace.channels.get(channelId)
    if (!channel?.memberIds.includes(userId)) throw new Error(`${actor(userId, world).realName} is not in that conversation`)
    return channel
  }

  return {
    ...createActingInViews(world, link),

    async type(userId, channelId, text, threadTs) {
      const user = actor(userId, world)
      const channel = entered(userId, channelId)
      if (channel.isArchived) throw new Error('that channel is archived')
      const [typed = '', ...words] = text.trim().split(/\s+/)
      const command = manifest.commands.find((known) => known.command === typed)
      if (!command) {
        if (text.startsWith('/')) throw new Error(`${typed} is not a valid command`)
        return sayEvent({ userId, channel, text, ...(threadTs && { threadTs }) }, world, link)
      }
      if (!manifest.scopes.has('commands')) throw new Error('the app has no commands scope')
      const delivery = await link.command({
        token: legacyToken,
        team_id: teamIdOf(user, world),
        team_domain: workspace.domain,
        channel_id: channelId,
        channel_name: channel.imWith ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name,
        user_id: userId,
        user_name: user.name,
        command: typed,
        text: command.shouldEscape ? escaped(words.join(' '), world) : words.join(' '),
        api_app_id: workspace.appId,
        is_enterprise_install: 'false',
        response_url: responseUrl({ userId, channelId, ...(threadTs && { threadTs }) }),
        trigger_id: grants.trigger(userId),
      })
      if (delivery.type === 'failed') {
        const failure = `${typed} failed with the error "${delivery.error}"`
        workspace.add({ channelId, ts: workspace.nextTs(), userId: 'USLACKBOT', text: failure, blocks: [], ephemeralTo: userId })
      }
      return delivery
    },

    async press(userId, ref, named, value) {
      const message = visible(userId, ref)
      const channel = entered(userId, ref.channelId)
      const placed = controlIn(message.blocks, named)
      const { action, state } = await acts.act(userId, ref, placed, value)
      return link.interaction(`block_actions ${placed.actionId}`, {
        ...envelope(userId, world),
        type: 'block_actions',
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: message.ephemeralTo !== undefined,
          ...(message.threadTs && { thread_ts: message.threadTs }),
        },
        channel: { id: channel.id, name: channelObject(channel, world).name ?? 'directmessage' },
        ...(message.ephemeralTo === undefined && { message: messageObject(message, workspace, { metadata: true }) }),
        state: { values: state ? { [placed.blockId]: { [placed.actionId]: state } } : {} },
        response_url: responseUrl({
          userId,
          channelId: channel.id,
          original: { channelId: channel.id, ts: message.ts },
          ...(message.threadTs && { threadTs: message.threadTs }),
        }),
        actions: [action],
      })
    },

    suggestions(userId, surface, named, query) {
      const at = surface === 'modal' ? workspace.modals.get(userId)?.at(-1) : visible(userId, surface)
      if (!at) throw new Error('no modal is open')
      return acts.suggestions(userId, at, controlIn(at.blocks, named), query)
    },

    openHome(userId) {
      const channel = workspace.directMessageWith(userId).id
      return link.event('app_home_opened', eventPayload(world, { type: 'app_home_opened', user: userId, channel, tab: 'home' }))
    },
  }
}
