// Modals in Slack's shape, and what people put into them read back. An input's id is both its block id and its action id, so that
// inline errors and values find their way by one name.
import type { InputBlock, KnownBlock, ModalView, Option } from '@slack/types'
import { blocksOf, fitted } from './blocks/blocks.ts'
import { plainText } from './blocks/controls.ts'
import { limits } from './limits.ts'
import type { Part } from './message.ts'
import type { Choice, InputElement, InputPart, Modal } from './modal.ts'

const room = { blocks: limits.viewBlocks - 2, characters: 30_000, tableRows: limits.dataTableRows }

/** @throws RangeError when `privateMetadata` is longer than Slack takes: cut, it would lose the state it carries. */
export function toModalView(modal: Modal): ModalView {
  if ((modal.privateMetadata?.length ?? 0) > limits.privateMetadata) throw new RangeError('privateMetadata is longer than Slack takes')
  const hasInput = modal.parts.some(({ type }) => type === 'input')
  return {
    type: 'modal',
    callback_id: modal.callbackId.slice(0, limits.id),
    title: plainText(modal.title, limits.viewTitle),
    // Slack wants a submit button wherever there is an input.
    ...((modal.submit !== undefined || hasInput) && { submit: plainText(modal.submit ?? 'Save', limits.viewTitle) }),
    ...(modal.close !== undefined && { close: plainText(modal.close, limits.viewTitle) }),
    ...(modal.privateMetadata !== undefined && { private_metadata: modal.privateMetadata }),
    blocks: modalBlocks(modal.parts),
  }
}

/** Runs of display parts share the room; inputs always stay, because a form without them asks something else. */
function modalBlocks(parts: readonly (Part | InputPart)[]): KnownBlock[] {
  const inputs = parts.filter((part) => part.type === 'input').length
  const shown = parts.filter((part) => part.type !== 'input')
  const { parts: kept } = fitted(shown, 'modal', '· type the command to see them', undefined, { ...room, blocks: room.blocks - inputs })
  if (kept.length !== shown.length || kept.some((part, index) => part !== shown[index])) {
    return [...(blocksOf(kept, 'modal') as KnownBlock[]), ...parts.flatMap((part) => (part.type === 'input' ? [inputBlock(part)] : []))]
  }
  // Drawn together, so that action ids are unique over the whole view, then put back in order.
  const blocks: KnownBlock[] = []
  let run: Part[] = []
  const flush = (): void => {
    blocks.push(...(blocksOf(run, 'modal') as KnownBlock[]))
    run = []
  }
  for (const part of parts) {
    if (part.type !== 'input') run.push(part)
    else {
      flush()
      blocks.push(inputBlock(part))
    }
  }
  flush()
  return blocks
}

function inputBlock(part: InputPart): InputBlock {
  return {
    type: 'input',
    block_id: part.id,
    label: plainText(part.label, limits.label),
    ...(part.hint && { hint: plainText(part.hint, limits.hint) }),
    optional: part.optional === true,
    dispatch_action: part.redraws === true,
    element: element(part.id, part.element),
  }
}

const option = ({ label, value, description }: Choice): Option & { text: ReturnType<typeof plainText> } => ({
  text: plainText(label, limits.optionText),
  value: value.slice(0, limits.optionValue),
  ...(description && { description: plainText(description, limits.optionText) }),
})

/** Slack refuses a whole view for one list without choices; this one says so and stands for no value a handler knows. */
const orNothing = (choices: readonly Choice[]): readonly Choice[] =>
  choices.length > 0 ? choices : [{ label: 'Nothing to choose from', value: '-' }]

function element(id: string, given: InputElement): InputBlock['element'] {
  const action = { action_id: id }
  switch (given.type) {
    case 'text': {
      const longest = Math.min(given.maxLength ?? limits.inputMaxLength, limits.inputMaxLength)
      return {
        type: 'plain_text_input',
        ...action,
        multiline: given.multiline === true,
        max_length: longest,
        ...(given.initial && { initial_value: given.initial.slice(0, longest) }),
        ...(given.placeholder && { placeholder: plainText(given.placeholder, limits.placeholder) }),
      }
    }
    case 'select': {
      const options = orNothing(given.choices).slice(0, limits.options).map(option)
      const chosen = options.find(({ value }) => value === given.initial)
      return { type: 'static_select', ...action, options, ...(chosen && { initial_option: chosen }) }
    }
    case 'multi-select': {
      const options = orNothing(given.choices).slice(0, limits.options).map(option)
      const chosen = options.filter(({ value }) => value !== undefined && given.initial?.includes(value))
      return { type: 'multi_static_select', ...action, options, ...(chosen.length > 0 && { initial_options: chosen }) }
    }
    case 'radio': {
      const options = orNothing(given.choices).slice(0, limits.choices).map(option)
      const chosen = options.find(({ value }) => value === given.initial)
      return { type: 'radio_buttons', ...action, options, ...(chosen && { initial_option: chosen }) }
    }
    case 'checkboxes': {
      const options = orNothing(given.choices).slice(0, limits.choices).map(option)
      const chosen = options.filter(({ value }) => value !== undefined && given.initial?.includes(value))
      return { type: 'checkboxes', ...action, options, ...(chosen.length > 0 && { initial_options: chosen }) }
    }
    case 'search': {
      const placeholder = given.placeholder ? { placeholder: plainText(given.placeholder, limits.placeholder) } : {}
      if (given.many === true) {
        const chosen = (given.initial ?? []).map(option)
        return {
          type: 'multi_external_select',
          ...action,
          min_query_length: 1,
          ...placeholder,
          ...(chosen.length > 0 && { initial_options: chosen }),
        }
      }
      return {
        type: 'external_select',
        ...action,
        min_query_length: 1,
        ...placeholder,
        ...(given.initial && { initial_option: option(given.initial) }),
      }
    }
    case 'conversation':
      return {
        type: 'conversations_select',
        ...action,
        // Channels of other companies are refused by the gate; not offering them spares a detour.
        filter: { include: ['public', 'private'], exclude_bot_users: true, exclude_external_shared_channels: true },
        ...(given.initial && { initial_conversation: given.initial }),
      }
    case 'user':
      return { type: 'users_select', ...action, ...(given.initial && { initial_user: given.initial }) }
    case 'time':
      return { type: 'timepicker', ...action, ...(given.initial && { initial_time: given.initial }) }
    case 'date':
      return { type: 'datepicker', ...action, ...(given.initial && { initial_date: given.initial }) }
  }
}

type Fields = Readonly<Record<string, unknown>>

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {})

/** What was put in, by input id, from `view.state.values`; nothing chosen is undefined. Whatever the shape, nothing is thrown. */
export function readInputs(values: unknown): Readonly<Record<string, string | readonly string[] | undefined>> {
  const inputs: Record<string, string | readonly string[] | undefined> = {}
  for (const block of Object.values(fields(values))) {
    for (const [id, state] of Object.entries(fields(block))) inputs[id] = chosen(fields(state))
  }
  return inputs
}

const single = ['value', 'selected_conversation', 'selected_channel', 'selected_user', 'selected_time', 'selected_date'] as const

function chosen(state: Fields): string | readonly string[] | undefined {
  if (Array.isArray(state.selected_options)) {
    return state.selected_options.flatMap((one) => {
      const { value } = fields(one)
      return typeof value === 'string' ? [value] : []
    })
  }
  const { value: picked } = fields(state.selected_option)
  if (typeof picked === 'string') return picked
  for (const name of single) {
    const value = state[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}
