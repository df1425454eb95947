// Buttons, selects and menus in Slack's shape. A control whose value is longer than Slack takes is left out: cut, it would ask for
// something else. Action ids are made unique within a message; `ask` and `ask:2` route alike.
import type { Button, Confirm as ConfirmObject, Overflow, StaticSelect } from '@slack/types'
import { limits } from '../limits.ts'
import type { Confirm, Control } from '../message.ts'
import { clean, clip } from '../text/text.ts'

export type ControlElement = Button | StaticSelect | Overflow

export const plainText = (text: string, max: number) => ({
  type: 'plain_text' as const,
  text: clip(clean(text).trim(), max) || '–',
  emoji: false,
})

/** Hands out action ids, each once. */
export function idsOnce(): (actionId: string) => string {
  const used = new Set<string>()
  return (actionId) => {
    let id = actionId.slice(0, limits.id)
    for (let count = 2; used.has(id); count += 1) id = `${actionId.slice(0, limits.id - 8)}:${count}`
    used.add(id)
    return id
  }
}

const confirmObject = (confirm: Confirm): ConfirmObject => ({
  title: plainText(confirm.title, limits.confirmTitle),
  text: plainText(confirm.text, limits.confirmText),
  confirm: plainText(confirm.yes, limits.confirmButton),
  deny: plainText(confirm.no, limits.confirmButton),
})

const isHttp = (url: string): boolean => url.length <= limits.url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

/** The control as Slack's element; undefined when it would be none (no options, a value too long). */
export function controlElement(control: Control, idOnce: (actionId: string) => string): ControlElement | undefined {
  switch (control.type) {
    case 'button': {
      if ((control.value?.length ?? 0) > limits.buttonValue) return undefined
      return {
        type: 'button',
        text: plainText(control.label, limits.buttonText),
        action_id: idOnce(control.actionId),
        ...(control.value && { value: control.value }),
        ...(control.style && { style: control.style }),
        ...(control.url !== undefined && isHttp(control.url) && { url: control.url }),
        ...(control.confirm && { confirm: confirmObject(control.confirm) }),
      }
    }
    case 'select':
      return selectElement(control.placeholder, control.options, control.initial, control.actionId, idOnce)
    case 'overflow': {
      const options = control.options.filter(({ value }) => isOptionValue(value))
      // A menu holds five; more of them make a list to choose from.
      if (options.length > limits.overflowOptions) return selectElement('More', options, undefined, control.actionId, idOnce)
      if (options.length === 0) return undefined
      return {
        type: 'overflow',
        action_id: idOnce(control.actionId),
        options: options.map(({ label, value, url }) => ({
          text: plainText(label, limits.optionText),
          value,
          ...(url !== undefined && isHttp(url) && { url }),
        })),
      }
    }
  }
}

const isOptionValue = (value: string): boolean => value.length >= 1 && value.length <= limits.optionValue

function selectElement(
  placeholder: string,
  given: readonly { readonly label: string; readonly value: string }[],
  initial: string | undefined,
  actionId: string,
  idOnce: (actionId: string) => string,
): StaticSelect | undefined {
  const options = given
    .filter(({ value }) => isOptionValue(value))
    .slice(0, limits.options)
    .map(({ label, value }) => ({ text: plainText(label, limits.optionText), value }))
  if (options.length === 0) return undefined
  const chosen = options.find(({ value }) => value === initial)
  return {
    type: 'static_select',
    placeholder: plainText(placeholder, limits.placeholder),
    action_id: idOnce(actionId),
    options,
    ...(chosen && { initial_option: chosen }),
  }
}
