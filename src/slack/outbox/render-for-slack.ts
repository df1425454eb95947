// Renders posts and private answers as Slack's blocks, without the kinds of block this workspace refused lately. A refusal is remembered
// for a day, for all replicas, so that not every message is refused first.

import type { Clock } from '../../clock.ts'
import { inSlack } from '../../render/blocks/blocks.ts'
import type { Refused } from '../../render/blocks/degrade.ts'
import type { Naming } from '../../render/text/installed-names.ts'
import type { RenderForSlack } from '../../slack-ports.ts'
import type { TenantStore } from '../../store/tenant.ts'

/** Slack's blocks of 2026, left out at the first step down; everything else is old enough to be taken anywhere. */
const newKinds: readonly string[] = ['data_visualization', 'data_table', 'table', 'container']

const settingKey = 'refused-blocks'
const rememberedMs = 24 * 3_600_000

export interface RefusedBlocks {
  now(): Refused
  /** Slack is known to take everything again: nothing is left out until it refuses the next. */
  forget(): Promise<void>
  /** Slack refused these blocks; `pointers` say where, as far as Slack named it. */
  remember(blocks: readonly unknown[], pointers: readonly string[]): Promise<void>
}

/** Reads what other replicas and earlier runs have learned, then keeps it in memory. */
export function createRefusedBlocks(
  memory: Pick<TenantStore, 'setting' | 'saveSetting'>,
  clock: Clock,
): RefusedBlocks & { load(): Promise<void> } {
  let until: Readonly<Record<string, number>> = {}
  return {
    async load() {
      until = readSetting(await memory.setting(settingKey))
    },
    now() {
      const now = clock.now().getTime()
      // One that ends later than it could have been set was set by a clock that was ahead.
      return new Set(Object.entries(until).flatMap(([type, end]) => (end > now && end - now <= rememberedMs ? [type] : [])))
    },
    async forget() {
      until = {}
      await memory.saveSetting(settingKey, JSON.stringify(until))
    },
    async remember(blocks, pointers) {
      const types = refusedTypes(blocks, pointers).filter((type) => newKinds.includes(type))
      if (types.length === 0) return
      const end = clock.now().getTime() + rememberedMs
      until = { ...until, ...Object.fromEntries(types.map((type) => [type, end])) }
      await memory.saveSetting(settingKey, JSON.stringify(until))
    },
  }
}

/**
 * `plainer`: 0 everything Slack takes, 1 without pictures, tables and folds, 2 text alone. `naming`: under which names commands are
 * installed.
 */
export function renderForSlack(
  refused: Pick<RefusedBlocks, 'now'> = { now: () => new Set() },
  naming: Naming = (tree) => tree,
): RenderForSlack {
  return (given, plainer, surface = 'message') => {
    const message = naming(given)
    const without: Refused = plainer === 0 ? refused.now() : new Set(plainer === 1 ? [...newKinds, ...refused.now()] : ['*'])
    const { message: payload, thread } = inSlack(message, { refused: without, surface })
    return { payload, thread }
  }
}

/** The kinds of block Slack pointed at; without a pointer none is known, and none is remembered. */
function refusedTypes(blocks: readonly unknown[], pointers: readonly string[]): string[] {
  return pointers.flatMap((pointer) => {
    const index = /\/blocks\/(\d+)/.exec(pointer)?.[1]
    const block = index === undefined ? undefined : blocks[Number(index)]
    return typeof block === 'object' && block !== null && 'type' in block && typeof block.type === 'string' ? [block.type] : []
  })
}

function readSetting(text: string | undefined): Readonly<Record<string, number>> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}')
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
  } catch {
    return {}
  }
}
