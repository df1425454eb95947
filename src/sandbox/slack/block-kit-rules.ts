// What Slack refuses of blocks and views, with its error codes and JSON pointers: every limit of render/limits.ts and every surface
// rule. Written against Slack's documentation, not against our renderer, so that it can catch the renderer.
import { limits } from '../../render/limits.ts'
import { blockRules } from './block-kit-blocks.ts'
import { type Check, createCheck, type Fields, isFields, type Problem } from './block-kit-check.ts'
import { checkText } from './block-kit-objects.ts'
import type { BlockSurface } from './block-kit-rule.ts'

export { type Problem, problemText } from './block-kit-check.ts'
export type { BlockSurface } from './block-kit-rule.ts'

/** Every problem of a list of blocks; empty when Slack would take it. `at`: where the list stands in the call. */
export function validateBlocks(blocks: unknown, surface: BlockSurface, at = '/blocks'): Problem[] {
  const check = createCheck()
  if (!Array.isArray(blocks)) {
    check.add(at, 'must be a list of blocks', 'invalid_blocks_format')
    return check.problems
  }
  const most = surface === 'message' ? limits.messageBlocks : limits.viewBlocks
  if (blocks.length > most) check.add(at, `no more than ${most} items allowed`)
  const ids = new Set<string>()
  blocks.forEach((block, index) => {
    checkBlock(check, block, `${at}/${index}`, surface, ids)
  })
  checkWhole(check, blocks.filter(isFields), at, surface)
  return check.problems
}

function checkBlock(check: Check, block: unknown, at: string, surface: BlockSurface, ids: Set<string>): void {
  if (!isFields(block)) {
    check.add(at, 'must be a block', 'invalid_blocks_format')
    return
  }
  const rule = typeof block.type === 'string' ? blockRules[block.type] : undefined
  if (!rule) {
    check.add(`${at}/type`, `unsupported type: ${String(block.type)}`)
    return
  }
  if (!rule.surfaces.includes(surface)) {
    check.add(`${at}/type`, `${String(block.type)} is not allowed in a ${surface}`)
    return
  }
  check.only(block, at, ['type', 'block_id', ...rule.fields])
  if (block.block_id !== undefined) check.id(block.block_id, `${at}/block_id`, limits.id, ids)
  rule.check(check, block, at)
}

/** Rules about all blocks together. */
function checkWhole(check: Check, blocks: readonly Fields[], at: string, surface: BlockSurface): void {
  const ofType = (...types: readonly string[]): number[] =>
    blocks.flatMap((block, index) => (types.includes(String(block.type)) ? [index] : []))
  for (const index of ofType('data_visualization').slice(limits.charts))
    check.add(`${at}/${index}`, `no more than ${limits.charts} charts allowed`)
  for (const index of ofType('table', 'data_table').slice(limits.tables))
    check.add(`${at}/${index}`, 'only_one_table_allowed', 'invalid_attachments')
  const markdown = blocks.reduce(
    (sum, block) => sum + (block.type === 'markdown' && typeof block.text === 'string' ? block.text.length : 0),
    0,
  )
  if (markdown > limits.markdown) check.add(at, `no more than ${limits.markdown} characters of markdown allowed`)
  if (surface === 'message' && charactersIn(blocks) > limits.messageCharacters) check.add(at, 'blocks are too long', 'msg_blocks_too_long')
}

const uncounted = new Set(['type', 'block_id', 'action_id', 'style'])

/** Characters of all texts, values and addresses. What Slack counts is not documented; this is what was observed to fit. */
function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charactersIn(one), 0)
  if (!isFields(value)) return 0
  return Object.entries(value).reduce((sum, [name, one]) => sum + (uncounted.has(name) ? 0 : charactersIn(one)), 0)
}

/** Every problem of a modal or Home view. */
export function validateView(view: unknown): Problem[] {
  const check = createCheck()
  if (!isFields(view)) {
    check.add('/view', 'must be a view', 'invalid_arguments')
    return check.problems
  }
  if (view.type !== 'modal' && view.type !== 'home') check.add('/view/type', 'must be modal or home', 'invalid_arguments')
  const surface = view.type === 'home' ? 'home' : 'modal'
  if (surface === 'modal') {
    checkText(check, view.title, '/view/title', limits.viewTitle, 'plain_text')
    checkText(check, view.submit, '/view/submit', limits.viewTitle, 'plain_text', true)
    checkText(check, view.close, '/view/close', limits.viewTitle, 'plain_text', true)
    const hasInput = Array.isArray(view.blocks) && view.blocks.some((block) => isFields(block) && block.type === 'input')
    if (hasInput && view.submit === undefined) check.add('/view/submit', 'missing required field: submit', 'invalid_arguments')
  }
  for (const id of ['callback_id', 'external_id'] as const) {
    if (view[id] !== undefined) check.text(view[id], `/view/${id}`, limits.id)
  }
  const metadata = view.private_metadata
  if (metadata !== undefined && (typeof metadata !== 'string' || metadata.length > limits.privateMetadata)) {
    check.add('/view/private_metadata', `must be less than ${limits.privateMetadata + 1} characters`)
  }
  return [...check.problems, ...validateBlocks(view.blocks, surface, '/view/blocks')]
}
