// What arrives at a response_url: a private line, a line for all, or a replacement of the original. The original is the message that
// was pressed, which may be public: whoever says replace_original there changes it for everybody.
import { blocksArgument, flagArgument, optionalText, type SlackWorld } from './method.ts'
import { Refusal } from './refusal.ts'
import type { Json, SimulatedMessage } from './workspace.ts'

/** @throws Refusal */
export function answerResponseUrl(key: string, args: Json, world: SlackWorld): void {
  const { workspace } = world
  const grant = world.grants.use(key)
  const original = grant.original && workspace.find(grant.original.channelId, grant.original.ts)
  if (flagArgument(args, 'delete_original')) {
    if (original) workspace.remove(original)
    return
  }
  const blocks = blocksArgument(args, world)
  const text = optionalText(args, 'text') ?? ''
  if (text === '' && blocks.length === 0) throw new Refusal('no_text')
  if (flagArgument(args, 'replace_original') && original) {
    workspace.replace({ ...original, text, blocks, ...(!original.ephemeralTo && { editedTs: workspace.nextTs() }) })
    return
  }
  const toAll = args.response_type === 'in_channel'
  const message: SimulatedMessage = {
    channelId: grant.channelId,
    ts: workspace.nextTs(),
    userId: workspace.botUserId,
    text,
    blocks,
    ...(!toAll && { ephemeralTo: grant.userId }),
    ...(grant.threadTs && { threadTs: grant.threadTs }),
  }
  workspace.add(message)
  grant.original ??= { channelId: message.channelId, ts: message.ts }
}
