// Block Kit's interactive elements: what each may hold and where it may stand.
import { limits } from '../../render/limits.ts'
import { type Check, type Fields, isFields } from './block-kit-check.ts'
import { checkConfirm, checkInitial, checkOption, checkOptions, checkText, checkUrl } from './block-kit-objects.ts'

/** Where an element stands. */
export type Place = 'actions' | 'accessory' | 'input'

const everywhere: readonly Place[] = ['actions', 'accessory', 'input']
const pressed: readonly Place[] = ['actions', 'accessory']

type Rule = {
  readonly places: readonly Place[]
  readonly fields: readonly string[]
  readonly check: (check: Check, element: Fields, at: string) => void
}

const select = (extra: readonly string[], more: (check: Check, element: Fields, at: string) => void): Rule => ({
  places: everywhere,
  fields: ['placeholder', 'confirm', 'focus_on_load', ...extra],
  check(check, element, at) {
    checkText(check, element.placeholder, `${at}/placeholder`, limits.placeholder, 'plain_text', true)
    more(check, element, at)
  },
})

const staticOptions = (initial: 'initial_option' | 'initial_options') =>
  select(['options', 'option_groups', initial, ...(initial === 'initial_options' ? ['max_selected_items'] : [])], (check, element, at) => {
    if (Array.isArray(element.option_groups)) {
      check.list(element.option_groups, `${at}/option_groups`, 1, limits.optionGroups).forEach((group, index) => {
        const here = `${at}/option_groups/${index}`
        if (!isFields(group)) {
          check.add(here, 'must be an option group')
          return
        }
        checkText(check, group.label, `${here}/label`, limits.optionText, 'plain_text')
        checkOptions(check, group.options, `${here}/options`, { most: limits.options })
      })
      return
    }
    checkOptions(check, element.options, `${at}/options`, { most: limits.options })
    checkInitial(check, element[initial], element.options, `${at}/${initial}`)
  })

const choices = (initial: 'initial_option' | 'initial_options'): Rule => ({
  places: everywhere,
  fields: ['options', initial, 'confirm', 'focus_on_load'],
  check(check, element, at) {
    checkOptions(check, element.options, `${at}/options`, { most: limits.choices, mrkdwn: true })
    checkInitial(check, element[initial], element.options, `${at}/${initial}`)
  },
})

const searched = (many: boolean) =>
  select(
    ['min_query_length', many ? 'initial_options' : 'initial_option', ...(many ? ['max_selected_items'] : [])],
    (check, element, at) => {
      if (element.initial_option !== undefined) checkOption(check, element.initial_option, `${at}/initial_option`)
      if (element.initial_options !== undefined)
        checkOptions(check, element.initial_options, `${at}/initial_options`, { most: limits.options })
    },
  )

const pattern = (field: string, shape: RegExp): Rule =>
  select([field, 'timezone'], (check, element, at) => {
    const value = element[field]
    if (value !== undefined && (typeof value !== 'string' || !shape.test(value))) check.add(`${at}/${field}`, 'has an invalid format')
  })

const slackId = (field: string, shape: RegExp, extra: readonly string[] = []): Rule =>
  select([field, ...extra, 'response_url_enabled'], (check, element, at) => {
    const value = element[field]
    if (value !== undefined && (typeof value !== 'string' || !shape.test(value))) check.add(`${at}/${field}`, 'must be a valid id')
  })

const rules: Readonly<Record<string, Rule>> = {
  button: {
    places: pressed,
    fields: ['text', 'url', 'value', 'style', 'confirm', 'accessibility_label'],
    check(check, element, at) {
      checkText(check, element.text, `${at}/text`, limits.buttonText, 'plain_text')
      check.text(element.value, `${at}/value`, limits.buttonValue, true)
      if (element.url !== undefined) checkUrl(check, element.url, `${at}/url`)
      check.oneOf(element.style, `${at}/style`, ['primary', 'danger'], true)
      check.text(element.accessibility_label, `${at}/accessibility_label`, limits.buttonText, true)
    },
  },
  overflow: {
    places: pressed,
    fields: ['options', 'confirm'],
    check: (check, element, at) => checkOptions(check, element.options, `${at}/options`, { most: limits.overflowOptions, urls: true }),
  },
  static_select: staticOptions('initial_option'),
  multi_static_select: staticOptions('initial_options'),
  external_select: searched(false),
  multi_external_select: searched(true),
  radio_buttons: choices('initial_option'),
  checkboxes: choices('initial_options'),
  users_select: slackId('initial_user', /^[UW][A-Z0-9]+$/),
  channels_select: slackId('initial_channel', /^[CG][A-Z0-9]+$/),
  conversations_select: slackId('initial_conversation', /^[CDGUW][A-Z0-9]+$/, ['default_to_current_conversation', 'filter']),
  timepicker: pattern('initial_time', /^([01]\d|2[0-3]):[0-5]\d$/),
  datepicker: pattern('initial_date', /^\d{4}-\d{2}-\d{2}$/),
  plain_text_input: {
    places: ['input'],
    fields: ['placeholder', 'initial_value', 'multiline', 'min_length', 'max_length', 'dispatch_action_config', 'focus_on_load'],
    check(check, element, at) {
      checkText(check, element.placeholder, `${at}/placeholder`, limits.placeholder, 'plain_text', true)
      check.flag(element.multiline, `${at}/multiline`)
      const { max_length: most, initial_value: initial } = element
      if (most !== undefined && (typeof most !== 'number' || most < 1 || most > limits.inputMaxLength)) {
        check.add(`${at}/max_length`, `must be from 1 to ${limits.inputMaxLength}`)
      }
      if (
        initial !== undefined &&
        (typeof initial !== 'string' || initial.length > (typeof most === 'number' ? most : limits.inputMaxLength))
      ) {
        check.add(`${at}/initial_value`, 'is longer than max_length')
      }
    },
  },
}

/** One element. `ids`: action ids of the block it stands in, each allowed once. */
export function checkElement(check: Check, element: unknown, at: string, place: Place, ids: Set<string>): void {
  if (!isFields(element)) {
    check.add(at, 'must be an element')
    return
  }
  const rule = typeof element.type === 'string' ? rules[element.type] : undefined
  if (!rule) {
    check.add(`${at}/type`, `unsupported type: ${String(element.type)}`)
    return
  }
  if (!rule.places.includes(place)) {
    check.add(`${at}/type`, `${String(element.type)} is not allowed here`)
    return
  }
  check.only(element, at, ['type', 'action_id', ...rule.fields])
  check.id(element.action_id, `${at}/action_id`, limits.id, ids)
  checkConfirm(check, element.confirm, `${at}/confirm`)
  rule.check(check, element, at)
}
