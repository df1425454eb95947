// Slack's own JSON for users, conversations, messages and views, as methods answer it and payloads carry it.
import type { Manifest } from './manifest.ts'
import { botIsIn, type SlackWorld } from './method.ts'
import type { Json, SimulatedChannel, SimulatedMessage, SimulatedUser, SimulatedView, Workspace } from './workspace.ts'

/** The e-mail is there only with `users:read.email`. */
export function userObject(user: SimulatedUser, workspace: Workspace, manifest: Manifest): Json {
  const withEmail = manifest.scopes.has('users:read.email') && user.email !== undefined && !user.isOutside
  return {
    id: user.id,
    team_id: user.isOutside ? 'T0PARTNER' : workspace.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted ?? false,
    ...(!user.deleted && { tz: user.zone, locale: user.locale ?? 'en-US' }),
    is_bot: user.isBot ?? false,
    is_admin: user.isAdmin ?? false,
    is_owner: user.isOwner ?? false,
    is_primary_owner: false,
    is_restricted: user.isGuest ?? false,
    is_ultra_restricted: false,
    ...(user.isOutside && { is_stranger: true }),
    profile: {
      real_name: user.realName,
      display_name: user.name,
      title: user.title ?? '',
      status_emoji: user.statusEmoji ?? '',
      status_text: user.statusText ?? '',
      ...(withEmail && { email: user.email }),
    },
  }
}

export function channelObject(channel: SimulatedChannel, world: SlackWorld): Json {
  if (channel.imWith) {
    return { id: channel.id, is_im: true, is_channel: false, is_archived: false, user: channel.imWith, is_org_shared: false }
  }
  const external = channel.isExtShared ?? false
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate ?? false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate ?? false,
    is_archived: channel.isArchived ?? false,
    is_general: false,
    is_shared: external || (channel.isOrgShared ?? false),
    is_ext_shared: external,
    is_pending_ext_shared: channel.isPendingExtShared ?? false,
    is_org_shared: channel.isOrgShared ?? false,
    is_member: botIsIn(channel, world),
    topic: { value: channel.topic ?? '' },
    num_members: channel.memberIds.length,
  }
}

export function messageObject(message: SimulatedMessage, workspace: Workspace, options: { readonly metadata: boolean }): Json {
  const byBot = message.userId === workspace.botUserId
  return {
    type: 'message',
    ts: message.ts,
    user: message.userId,
    text: message.text,
    team: workspace.teamId,
    ...(byBot && { bot_id: workspace.botId, app_id: workspace.appId }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...(message.editedTs && { edited: { user: message.userId, ts: message.editedTs } }),
    ...(message.files && { files: message.files.map(({ id, name, title, content }) => ({ id, name, title, size: content.length })) }),
    ...(message.metadata &&
      (options.metadata ? { metadata: message.metadata } : { metadata: { event_type: message.metadata.event_type } })),
  }
}

export function viewObject(view: SimulatedView, workspace: Workspace): Json {
  return {
    id: view.id,
    team_id: workspace.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: view.values },
    hash: view.hash,
    title: view.title ?? null,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    root_view_id: view.rootViewId,
    previous_view_id: view.previousViewId ?? null,
    external_id: view.externalId,
    app_id: workspace.appId,
    bot_id: workspace.botId,
    app_installed_team_id: workspace.teamId,
  }
}

export const teamObject = (workspace: Workspace): Json => ({ id: workspace.teamId, domain: workspace.domain })
