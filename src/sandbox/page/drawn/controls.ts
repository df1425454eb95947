// Buttons, selects, menus, pickers and inputs as native HTML controls. Each carries in `data-control` which control it is and where, so
// that the browser module can say what was done with it.
import { isJson } from '../../slack/method.ts'
import type { SimulatedSlack } from '../../slack/simulated-slack.ts'
import { optionsOf, wordsOf } from '../../slack/view-state.ts'
import type { Json } from '../../slack/workspace.ts'
import { data, h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { channelName } from './people.ts'

/** Where controls are: `at` travels back with the press. */
export interface Place {
  readonly slack: SimulatedSlack
  readonly userId: string
  readonly at: 'modal' | 'home' | { readonly channelId: string; readonly ts: string }
  /** The view's state, by block and action id. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, Json>>>>
}

export interface Placing {
  readonly blockId: string
  /** For an input: its label's element id. */
  readonly labelId?: string
  readonly describedBy?: string
  /** An input keeps its value for the submission instead of pressing at once. */
  readonly isInput?: boolean
  /** Pressed at every change. */
  readonly dispatches?: boolean
}

export const idOf = (element: Json, place: Place, blockId: string): string =>
  `c-${typeof place.at === 'string' ? place.at : place.at.ts}-${blockId}-${element.action_id ?? ''}`

/** What a `label` can belong to; the others are groups of controls. */
export const takesLabel = (element: Json): boolean =>
  ['plain_text_input', 'number_input', 'timepicker', 'datepicker'].includes(String(element.type))

export function control(element: Json, place: Place, placing: Placing): ReactNode {
  const actionId = String(element.action_id ?? '')
  const state = place.values?.[placing.blockId]?.[actionId]
  const common = {
    ...data('control', {
      at: place.at,
      blockId: placing.blockId,
      actionId,
      type: element.type,
      ...(isJson(element.confirm) && { confirm: confirmWords(element.confirm) }),
      ...(placing.isInput && { input: true }),
      ...(placing.dispatches && { dispatches: true }),
    }),
    id: idOf(element, place, placing.blockId),
    ...(placing.labelId ? { 'aria-labelledby': placing.labelId } : { 'aria-label': labelOf(element) }),
    ...(placing.describedBy && { 'aria-describedby': placing.describedBy }),
  }
  switch (element.type) {
    case 'button':
      return button(element, common)
    case 'overflow':
      return overflow(element, common)
    case 'static_select':
      return select(element, common, optionsOf(element).map(asChoice), chosenValue(state, 'selected_option'))
    case 'users_select':
      return select(element, common, users(place.slack), chosenValue(state, 'selected_user'))
    case 'conversations_select':
    case 'channels_select':
      return select(
        element,
        common,
        conversations(element, place),
        chosenValue(state, element.type === 'channels_select' ? 'selected_channel' : 'selected_conversation'),
      )
    case 'external_select':
    case 'multi_external_select':
    case 'multi_static_select':
      return search(element, common, chosenOptions(state))
    case 'radio_buttons':
    case 'checkboxes':
      return choices(element, common, chosenOptions(state))
    case 'timepicker':
      return h('input', { ...common, type: 'time', defaultValue: state?.selected_time ?? '' })
    case 'datepicker':
      return h('input', { ...common, type: 'date', defaultValue: state?.selected_date ?? '' })
    case 'plain_text_input':
      return element.multiline === true
        ? h('textarea', { ...common, rows: 4, placeholder: wordsOf(element.placeholder), defaultValue: state?.value ?? '' })
        : h('input', { ...common, type: 'text', placeholder: wordsOf(element.placeholder), defaultValue: state?.value ?? '' })
    case 'number_input':
      return h('input', { ...common, type: 'number', defaultValue: state?.value ?? '', min: element.min_value, max: element.max_value })
    default:
      return h('span', { className: 'unknown' }, `${element.type} is not drawn here`)
  }
}

const labelOf = (element: Json): string =>
  String(element.accessibility_label ?? '') ||
  wordsOf(element.text) ||
  wordsOf(element.placeholder) ||
  (element.type === 'overflow' ? 'More' : String(element.type))

const confirmWords = (confirm: Json) => ({
  title: wordsOf(confirm.title),
  text: wordsOf(confirm.text),
  yes: wordsOf(confirm.confirm) || 'Yes',
  no: wordsOf(confirm.deny) || 'Cancel',
  danger: confirm.style === 'danger',
})

function button(element: Json, common: Json): ReactNode {
  const className = `button ${element.style === 'primary' || element.style === 'danger' ? element.style : ''}`.trim()
  const { 'aria-label': _label, ...rest } = common
  const said = element.accessibility_label === undefined ? {} : { 'aria-label': String(element.accessibility_label) }
  if (typeof element.url === 'string') {
    return h('a', { ...rest, ...said, className, href: element.url, target: '_blank', rel: 'noreferrer noopener' }, wordsOf(element.text))
  }
  return h('button', { ...rest, ...said, type: 'button', className }, wordsOf(element.text))
}

function overflow(element: Json, common: Json): ReactNode {
  return h(
    'details',
    { className: 'overflow' },
    h('summary', { 'aria-label': 'More' }, icon('more')),
    h(
      'div',
      { ...common, className: 'menu', role: 'group', 'aria-label': 'More' },
      optionsOf(element).map((option) =>
        h('button', { type: 'button', key: String(option.value), 'data-option': String(option.value ?? '') }, wordsOf(option.text)),
      ),
    ),
  )
}

interface Choice {
  readonly value: string
  readonly label: string
}

const asChoice = (option: Json): Choice => ({ value: String(option.value ?? ''), label: wordsOf(option.text) })

function select(element: Json, common: Json, offered: readonly Choice[], chosen: string): ReactNode {
  return h(
    'select',
    { ...common, defaultValue: chosen },
    h('option', { value: '' }, wordsOf(element.placeholder) || 'Choose'),
    offered.map(({ value, label }) => h('option', { value, key: value }, label)),
  )
}

const users = (slack: SimulatedSlack): Choice[] =>
  [...slack.workspace.users.values()].filter(({ isBot }) => !isBot).map(({ id, realName }) => ({ value: id, label: realName }))

function conversations(element: Json, { slack, userId }: Place): Choice[] {
  const filter = isJson(element.filter) ? element.filter : {}
  const include = Array.isArray(filter.include) ? filter.include : ['public', 'private', 'im']
  return [...slack.workspace.channels.values()]
    .filter((channel) => {
      if (!channel.memberIds.includes(userId) || channel.isArchived) return false
      if (filter.exclude_external_shared_channels === true && channel.isExtShared) return false
      return include.includes(channel.imWith ? 'im' : channel.isPrivate ? 'private' : 'public')
    })
    .map((channel) => ({ value: channel.id, label: channel.imWith ? channelName(channel, slack) : `#${channel.name}` }))
}

/** A search field over options the app offers, or over the element's own; what was chosen stands as chips before it. */
function search(element: Json, common: Json, chosen: readonly Json[]): ReactNode {
  const many = String(element.type).startsWith('multi')
  const own = element.type === 'multi_static_select' ? { 'data-options': JSON.stringify(optionsOf(element)) } : {}
  return h(
    'div',
    { className: 'search', 'data-many': String(many), ...own },
    chosen.map((option) =>
      h(
        'button',
        {
          type: 'button',
          className: 'chip',
          key: String(option.value),
          ...data('chosen', option),
          'aria-label': `Remove ${wordsOf(option.text)}`,
        },
        wordsOf(option.text),
      ),
    ),
    h('input', {
      ...common,
      type: 'text',
      role: 'combobox',
      autoComplete: 'off',
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      placeholder: wordsOf(element.placeholder) || 'Search',
    }),
    h('ul', { role: 'listbox', hidden: true, 'aria-label': 'Matches' }),
  )
}

function choices(element: Json, common: Json, chosen: readonly Json[]): ReactNode {
  const type = element.type === 'checkboxes' ? 'checkbox' : 'radio'
  const picked = new Set(chosen.map(({ value }) => value))
  const { id, ...rest } = common
  return h(
    'div',
    { ...rest, id, className: 'choices', role: type === 'radio' ? 'radiogroup' : 'group' },
    optionsOf(element).map((option) =>
      h(
        'label',
        { key: String(option.value) },
        h('input', { type, name: String(id), value: String(option.value ?? ''), defaultChecked: picked.has(option.value) }),
        h('span', null, wordsOf(option.text), isJson(option.description) && h('small', null, wordsOf(option.description))),
      ),
    ),
  )
}

const chosenOptions = (state: Json | undefined): readonly Json[] => {
  if (isJson(state?.selected_option)) return [state.selected_option]
  return Array.isArray(state?.selected_options) ? state.selected_options.filter(isJson) : []
}

function chosenValue(state: Json | undefined, field: string): string {
  const value = state?.[field]
  return isJson(value) ? String(value.value ?? '') : typeof value === 'string' ? value : ''
}
