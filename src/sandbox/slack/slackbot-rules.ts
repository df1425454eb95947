// What Slackbot takes of the blocks a tool answers with. One block outside these rules and it drops them all. A control outside them is
// shown and does nothing, which is reported here too. Written against Slack's documentation, not against our renderer.
import { isFields } from './block-kit-check.ts'
import { problemText, validateBlocks } from './block-kit-rules.ts'
import { controlsIn } from './view-state.ts'
import type { Json } from './workspace.ts'

const allowed: ReadonlySet<unknown> = new Set(
  'section header context divider markdown rich_text image video file actions carousel input data_table data_visualization table card container'.split(
    ' ',
  ),
)
const mostBlocks = 50
const mostCharts = 2
const mostTableCharacters = 20_000
const deepestContainer = 20
const longestValue = 2000
const addresses: ReadonlySet<string> = new Set(['url', 'image_url', 'video_url', 'thumbnail_url', 'title_url', 'alt_url'])

/** Every problem in words; empty when Slackbot would show the blocks and every control would work. `tools`: names the server lists. */
export function slackbotProblems(blocks: unknown, tools: ReadonlySet<string>): string[] {
  if (!Array.isArray(blocks) || !blocks.every(isFields)) return ['blocks must be a list of blocks']
  const list: readonly Json[] = blocks
  const of = (...types: readonly string[]): readonly Json[] => list.filter(({ type }) => types.includes(String(type)))
  return [
    ...validateBlocks(list, 'message').map(problemText),
    ...list.flatMap(({ type }) => (allowed.has(type) ? [] : [`a ${String(type)} block is not allowed`])),
    ...(list.length > mostBlocks ? [`more than ${mostBlocks} blocks`] : []),
    ...(of('data_visualization').length > mostCharts ? [`more than ${mostCharts} charts`] : []),
    ...(charactersOf(of('data_table', 'table')) > mostTableCharacters ? [`more than ${mostTableCharacters} characters of tables`] : []),
    ...(depthOf(list) > deepestContainer ? [`containers deeper than ${deepestContainer}`] : []),
    ...addressProblems(list),
    ...list.flatMap((block) => controlProblems(block, tools)),
  ]
}

function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + charactersOf(each), 0)
  return isFields(value) ? Object.values(value).reduce((sum: number, each) => sum + charactersOf(each), 0) : 0
}

function depthOf(blocks: readonly Json[]): number {
  const inner = (block: Json): number =>
    block.type === 'container' && Array.isArray(block.child_blocks) ? 1 + depthOf(block.child_blocks.filter(isFields)) : 0
  return Math.max(0, ...blocks.map(inner))
}

/** In fields and in the links of texts. */
function addressProblems(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    const isPlain = addresses.has(key) ? !value.startsWith('https://') : /<http:\/\//.test(value)
    return isPlain ? [`an address that is not https: ${value.slice(0, 80)}`] : []
  }
  if (Array.isArray(value)) return value.flatMap((each) => addressProblems(each, key))
  return isFields(value) ? Object.entries(value).flatMap(([name, each]) => addressProblems(each, name)) : []
}

function controlProblems(block: Json, tools: ReadonlySet<string>): string[] {
  const ids = new Set<string>()
  return controlsIn([block]).flatMap(({ actionId, element }) => {
    const twice = ids.has(actionId) ? [`two controls of one block have the action id ${actionId}`] : []
    ids.add(actionId)
    if (element.url !== undefined) return twice
    const tool = /^tool:(.+)$/.exec(actionId)?.[1]
    if (tool === undefined || !tools.has(tool)) return [...twice, `${actionId} names no tool`]
    const values = Array.isArray(element.options)
      ? element.options.map((option) => (isFields(option) ? option.value : undefined))
      : [element.value]
    return [
      ...twice,
      ...values.flatMap((value) => (isArguments(value) ? [] : [`the value of ${actionId} is no JSON object: ${String(value)}`])),
    ]
  })
}

function isArguments(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > longestValue) return false
  try {
    return isFields(JSON.parse(value))
  } catch {
    return false
  }
}
