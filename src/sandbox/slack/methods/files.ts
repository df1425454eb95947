// files.*: the two-step upload, and apps.connections.open and blocks.validate beside it. An upload is shared into a conversation by its
// id; a person's id is none.
import { botIsIn, checkedBlocks, conversation, decoded, isJson, type Method, optionalText, textArgument } from '../method.ts'
import { Refusal, refusalWithPointers } from '../refusal.ts'
import type { SimulatedFile } from '../workspace.ts'

export const fileMethods: readonly Method[] = [
  {
    name: 'files.getUploadURLExternal',
    tier: 4,
    scopes: ['files:write'],
    run(args, { workspace, origin }) {
      const name = textArgument(args, 'filename')
      if (!(Number(args.length) > 0)) throw refusalWithPointers('invalid_arguments', ['[ERROR] missing required field: length'])
      const id = workspace.nextId('F')
      workspace.uploads.set(id, { id, name, title: name, content: '' })
      return { upload_url: `${origin()}/upload/${id}`, file_id: id }
    },
  },
  {
    name: 'files.completeUploadExternal',
    tier: 4,
    scopes: ['files:write'],
    run(args, world) {
      const { workspace } = world
      const wanted = decoded(args, 'files', 'invalid_arguments')
      if (!Array.isArray(wanted) || wanted.length === 0) throw new Refusal('invalid_arguments')
      const files = wanted.map((file): SimulatedFile => {
        const uploaded = isJson(file) && typeof file.id === 'string' ? workspace.uploads.get(file.id) : undefined
        if (!uploaded) throw new Refusal('file_not_found')
        return { ...uploaded, title: isJson(file) ? (optionalText(file, 'title') ?? uploaded.title) : uploaded.title }
      })
      const channelId = optionalText(args, 'channel_id')
      if (channelId !== undefined) {
        const channel = conversation({ channel: channelId }, world)
        if (channel.isArchived) throw new Refusal('is_archived')
        if (!botIsIn(channel, world)) throw new Refusal('not_in_channel')
        const threadTs = optionalText(args, 'thread_ts')
        workspace.add({
          channelId: channel.id,
          ts: workspace.nextTs(),
          userId: workspace.botUserId,
          text: optionalText(args, 'initial_comment') ?? '',
          blocks: [],
          files,
          ...(threadTs && { threadTs }),
        })
      }
      for (const { id } of files) workspace.uploads.delete(id)
      return { files: files.map(({ id, title }) => ({ id, title })) }
    },
  },
  {
    // Slack lists tier 1, one a minute and more; at one, an app whose connection is refreshed twice would be shut out.
    name: 'apps.connections.open',
    tier: 2,
    scopes: [],
    token: 'app',
    run: (_args, world) => ({ url: world.socketUrl() }),
  },
  {
    name: 'blocks.validate',
    tier: 4,
    scopes: [],
    run(args, world) {
      checkedBlocks(decoded(args, 'blocks', 'invalid_blocks_format'), world)
      return {}
    },
  },
]
