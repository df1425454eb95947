// Blocks for an answer in Slackbot, the third surface beside message and Home. Slackbot drops every block of an answer when one breaks its
// rules: only https addresses, and no two controls of one block with the same action id, which must be `tool:` and a tool's name.
import { blocksOf, fitted } from './blocks/blocks.ts'
import type { SlackBlock } from './blocks/slack-blocks.ts'
import type { Control, Part } from './message.ts'

/** The action id Slackbot turns into a call of that tool. */
export const toolActionId = (tool: string): string => `tool:${tool}`

/** `parts` carry no controls but links and presses of tools. */
export function toSlackbotBlocks(parts: readonly Part[]): SlackBlock[] {
  const { parts: kept } = fitted(parts.flatMap(oneOfEachInARow), 'message', '· ask for fewer people or a shorter time to see them')
  return asAllowed(blocksOf(kept, 'message'), '') as SlackBlock[]
}

/** Controls that stand for the same tool go into blocks of their own; what stands beside a line stays there. */
function oneOfEachInARow(part: Part): readonly Part[] {
  if (part.type === 'buttons') return rowsOf(part.controls)
  if (part.type !== 'item' || part.controls.length < 2) return [part]
  return [{ type: 'text', line: part.line }, ...rowsOf(part.controls)]
}

function rowsOf(controls: readonly Control[]): Part[] {
  const rows: Control[][] = []
  for (const control of controls) {
    const row = rows.find((each) => each.every(({ actionId }) => actionId !== control.actionId))
    if (row) row.push(control)
    else rows.push([control])
  }
  return rows.map((row) => ({ type: 'buttons', controls: row }))
}

/**
 * The blocks as Slackbot takes them. The renderer of messages numbers action ids that come twice in a message; here a block may repeat that of
 * another. Links that are not https become their words; buttons lose the address.
 */
function asAllowed(value: unknown, key: string): unknown {
  if (typeof value === 'string') return allowedText(value, key)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => asAllowed(each, key))
  const allowed: Record<string, unknown> = {}
  for (const [name, each] of Object.entries(value)) {
    const kept = asAllowed(each, name)
    if (kept !== undefined) allowed[name] = kept
  }
  return allowed
}

/** Undefined leaves the field out. */
function allowedText(text: string, key: string): string | undefined {
  if (key === 'action_id') return text.replace(/:\d+$/, '')
  if (key === 'url' && !text.startsWith('https://')) return undefined
  return text.includes('<http:') ? text.replace(/<http:\/\/[^|>]*\|([^>]*)>/g, '$1') : text
}
