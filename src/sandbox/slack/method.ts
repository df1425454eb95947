// The contract of one Web API method, and what methods share: arguments, conversations as the bot may see them, blocks checked.
import type { Clock } from '../../clock.ts'
import { type Problem, problemText, validateBlocks, validateView } from './block-kit-rules.ts'
import type { Grants } from './grants.ts'
import type { Manifest } from './manifest.ts'
import type { Tier } from './rate-limits.ts'
import { Refusal, refusalWithPointers } from './refusal.ts'
import type { Json, SimulatedChannel, SimulatedUser, Workspace } from './workspace.ts'

export interface SlackWorld {
  readonly workspace: Workspace
  readonly manifest: Manifest
  readonly grants: Grants
  /** Block types that are refused for now, by a fault. */
  refusedTypes(): readonly string[]
  readonly clock: Clock
  readonly realClock: Clock
  /** `http://127.0.0.1:port` */
  origin(): string
  /** Of every `response_url`: the same, or of what stands in front. */
  answerOrigin(): string
  socketUrl(): string
}

export interface Method {
  readonly name: string
  readonly tier: Tier
  /** Scopes the bot token must have, whatever the arguments. */
  readonly scopes: readonly string[]
  /** Called with the app-level token instead of the bot's. */
  readonly token?: 'app'
  /** @throws Refusal */
  run(args: Json, world: SlackWorld): Json | Promise<Json>
}

/** @throws Refusal `invalid_arguments` when it is missing */
export function textArgument(args: Json, name: string): string {
  const value = args[name]
  if (typeof value !== 'string' || value === '') throw refusalWithPointers('invalid_arguments', [`[ERROR] missing required field: ${name}`])
  return value
}

export const optionalText = (args: Json, name: string): string | undefined => {
  const value = args[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Form fields say `true` and `1`; JSON says true. */
export const flagArgument = (args: Json, name: string): boolean => args[name] === true || args[name] === 'true' || args[name] === '1'

export function limitArgument(args: Json, usual: number, most: number): number {
  const value = Number(args.limit ?? usual)
  if (!Number.isInteger(value) || value < 1) throw new Refusal('invalid_limit')
  return Math.min(value, most)
}

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `blocks` and the like come as JSON text in form fields, or as they are in JSON bodies. */
export function decoded(args: Json, name: string, invalid: string): unknown {
  const value = args[name]
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw new Refusal(invalid)
  }
}

/** @throws Refusal `invalid_blocks_format`, or what the check finds */
export function blocksArgument(args: Json, world: SlackWorld): readonly Json[] {
  const blocks = decoded(args, 'blocks', 'invalid_blocks_format')
  if (blocks === undefined || blocks === '') return []
  return checkedBlocks(blocks, world)
}

/** Blocks of a message, checked, each with an id. @throws Refusal with pointers */
export function checkedBlocks(blocks: unknown, world: SlackWorld): readonly Json[] {
  refuse([...unsupported(blocks, '/blocks', world), ...validateBlocks(blocks, 'message')])
  return withIds(blocks as readonly Json[], world.workspace)
}

/** A view, checked, its blocks with ids. @throws Refusal with pointers */
export function checkedView(view: unknown, world: SlackWorld): { readonly view: Json; readonly blocks: readonly Json[] } {
  if (!isJson(view)) throw refusalWithPointers('invalid_arguments', ['[ERROR] must be a view [json-pointer:/view]'])
  refuse([...unsupported(view.blocks, '/view/blocks', world), ...validateView(view)])
  return { view, blocks: withIds(view.blocks as readonly Json[], world.workspace) }
}

/** The first problem names the error; all of them are reported. */
function refuse(problems: readonly Problem[]): void {
  const [first] = problems
  if (first) throw refusalWithPointers(first.code, problems.map(problemText))
}

const unsupported = (blocks: unknown, at: string, world: SlackWorld): Problem[] =>
  (Array.isArray(blocks) ? blocks : []).flatMap((block: unknown, index) =>
    isJson(block) && world.refusedTypes().includes(String(block.type))
      ? [{ code: 'invalid_blocks' as const, message: `unsupported type: ${String(block.type)}`, pointer: `${at}/${index}/type` }]
      : [],
  )

/** Slack gives every block and control without an id one of its own. */
function withIds(blocks: readonly Json[], workspace: Workspace): readonly Json[] {
  return blocks.map((block) => ({ ...block, block_id: block.block_id ?? workspace.nextId('b') }))
}

/** What the scopes of a conversation are named after. */
export const scopeKind = (channel: SimulatedChannel): string => (channel.imWith ? 'im' : channel.isPrivate ? 'groups' : 'channels')

/** @throws Refusal `missing_scope` with `needed` */
export function needScope(world: SlackWorld, needed: string): void {
  const { scopes } = world.manifest
  if (!scopes.has(needed)) throw new Refusal('missing_scope', { needed, provided: [...scopes].join(',') })
}

export const botIsIn = (channel: SimulatedChannel, world: SlackWorld): boolean => channel.memberIds.includes(world.workspace.botUserId)

/** A conversation as the bot may know it: a private one it is not in looks like none. @throws Refusal `channel_not_found` */
export function conversation(args: Json, world: SlackWorld): SimulatedChannel {
  const channel = world.workspace.channels.get(textArgument(args, 'channel'))
  if (!channel || ((channel.isPrivate || channel.imWith) && !botIsIn(channel, world))) throw new Refusal('channel_not_found')
  return channel
}

/** @throws Refusal `user_not_found` */
export function knownUser(id: string, world: SlackWorld): SimulatedUser {
  const user = world.workspace.users.get(id)
  if (!user) throw new Refusal('user_not_found')
  return user
}

/** One page of a list; the cursor is the next index, as opaque text. @throws Refusal `invalid_cursor` */
export function page<Item>(
  items: readonly Item[],
  args: Json,
  limit: number,
): { readonly items: readonly Item[]; readonly cursor: string } {
  const cursor = optionalText(args, 'cursor')
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''))
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor')
  const end = start + limit
  return { items: items.slice(start, end), cursor: end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '' }
}
