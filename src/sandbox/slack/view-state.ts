// Controls in blocks and what people have put into them: the `state.values` of views and the `actions` of a press.
import { isJson } from './method.ts'
import type { Json } from './workspace.ts'

export interface PlacedControl {
  readonly block: Json
  readonly blockId: string
  readonly actionId: string
  readonly element: Json
}

export type Values = Readonly<Record<string, Readonly<Record<string, Json>>>>

/** Every control in the blocks, in reading order, however deep. */
export function controlsIn(blocks: readonly Json[]): PlacedControl[] {
  const found: PlacedControl[] = []
  const walk = (value: unknown, block: Json): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, block)
    else if (isJson(value)) {
      const inner = typeof value.block_id === 'string' ? value : block
      if (typeof value.action_id === 'string' && typeof value.type === 'string') {
        found.push({ block: inner, blockId: String(inner.block_id ?? ''), actionId: value.action_id, element: value })
      } else for (const child of Object.values(value)) walk(child, inner)
    }
  }
  for (const block of blocks) walk(block, block)
  return found
}

/** Plain text of a text object. */
export const wordsOf = (text: unknown): string => (isJson(text) && typeof text.text === 'string' ? text.text : '')

/** Every option of a select, menu or group. */
export function optionsOf(element: Json): readonly Json[] {
  const grouped = Array.isArray(element.option_groups) ? element.option_groups.flatMap((group) => (isJson(group) ? group.options : [])) : []
  return [...(Array.isArray(element.options) ? element.options : []), ...grouped].filter(isJson)
}

/** The field of an element's state that holds one plain value, by element type. */
const plainFields: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  number_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  timepicker: 'selected_time',
  datepicker: 'selected_date',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  users_select: 'selected_user',
}

const listFields: Readonly<Record<string, string>> = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
}

const severalOptions = new Set(['multi_static_select', 'multi_external_select', 'checkboxes'])
const oneOption = new Set(['static_select', 'external_select', 'radio_buttons', 'overflow'])

/** What somebody puts in: a text, several, or whole options (for selects whose options came from the app). */
export type Filled = string | Json | readonly (string | Json)[]

/** An element's state after it was filled. Options are found by value, then by label. @throws Error when there is no such option */
export function filledState(element: Json, filled: Filled | undefined): Json {
  const type = String(element.type)
  const list =
    filled === undefined || filled === '' ? [] : Array.isArray(filled) ? (filled as readonly (string | Json)[]) : [filled as string | Json]
  const plain = plainFields[type]
  if (plain !== undefined) return { type, [plain]: list[0] ?? null }
  const several = listFields[type]
  if (several !== undefined) return { type, [several]: list }
  if (severalOptions.has(type)) return { type, selected_options: list.map((one) => optionNamed(element, one)) }
  if (oneOption.has(type)) return { type, selected_option: list[0] === undefined ? null : optionNamed(element, list[0]) }
  return { type }
}

function optionNamed(element: Json, wanted: string | Json): Json {
  if (isJson(wanted)) return wanted
  const options = optionsOf(element)
  const option = options.find(({ value }) => value === wanted) ?? options.find(({ text }) => wordsOf(text) === wanted)
  if (!option) throw new Error(`no option ${wanted} in ${options.map(({ text }) => wordsOf(text)).join(', ') || 'an empty list'}`)
  return option
}

function initialState(element: Json): Json {
  const given =
    element.initial_option ??
    element.initial_options ??
    element.initial_value ??
    element.initial_time ??
    element.initial_date ??
    element.initial_conversation ??
    element.initial_user ??
    element.initial_channel ??
    element.initial_users ??
    element.initial_conversations
  return filledState(element, given as Filled | undefined)
}

/** State of freshly drawn blocks. What was filled in before stays where block id, action id and type are the same. */
export function initialValues(blocks: readonly Json[], before: Values = {}): Values {
  const values: Record<string, Record<string, Json>> = {}
  for (const { blockId, actionId, element } of controlsIn(blocks)) {
    if (element.type === 'button' || element.type === 'overflow') continue
    const kept = before[blockId]?.[actionId]
    const state = kept && kept.type === element.type ? kept : initialState(element)
    values[blockId] = { ...values[blockId], [actionId]: state }
  }
  return values
}

/** Whether a state holds anything. */
export const isFilled = (state: Json | undefined): boolean =>
  state !== undefined &&
  Object.entries(state).some(
    ([field, value]) => field !== 'type' && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
