// Block Kit's composition objects: texts, options, confirmations, table cells.
import { limits } from '../../render/limits.ts'
import { type Check, type Fields, isFields } from './block-kit-check.ts'

type Kind = 'plain_text' | 'mrkdwn' | 'either'

/** A text object of at most `most` characters. */
export function checkText(check: Check, value: unknown, pointer: string, most: number, kind: Kind = 'either', optional = false): void {
  if (value === undefined && optional) return
  if (!isFields(value)) {
    check.add(pointer, value === undefined ? 'missing required field' : 'must be a text object')
    return
  }
  if (value.type === 'plain_text' && kind !== 'mrkdwn') {
    check.only(value, pointer, ['type', 'text', 'emoji'])
    check.flag(value.emoji, `${pointer}/emoji`)
  } else if (value.type === 'mrkdwn' && kind !== 'plain_text') {
    check.only(value, pointer, ['type', 'text', 'verbatim'])
    check.flag(value.verbatim, `${pointer}/verbatim`)
  } else check.add(`${pointer}/type`, `must be ${kind === 'either' ? 'plain_text or mrkdwn' : kind}`)
  check.text(value.text, `${pointer}/text`, most)
}

export function checkConfirm(check: Check, value: unknown, pointer: string): void {
  if (value === undefined) return
  if (!isFields(value)) {
    check.add(pointer, 'must be a confirmation object')
    return
  }
  check.only(value, pointer, ['title', 'text', 'confirm', 'deny', 'style'])
  checkText(check, value.title, `${pointer}/title`, limits.confirmTitle, 'plain_text', true)
  checkText(check, value.text, `${pointer}/text`, limits.confirmText, 'either', true)
  checkText(check, value.confirm, `${pointer}/confirm`, limits.confirmButton, 'plain_text', true)
  checkText(check, value.deny, `${pointer}/deny`, limits.confirmButton, 'plain_text', true)
  check.oneOf(value.style, `${pointer}/style`, ['primary', 'danger'], true)
}

/** Options of a select or menu; `urls`: only menus may carry addresses, only choices may carry mrkdwn. */
export function checkOptions(
  check: Check,
  value: unknown,
  pointer: string,
  o: { readonly most: number; readonly urls?: boolean; readonly mrkdwn?: boolean },
): void {
  const values = new Set<string>()
  check.list(value, pointer, 1, o.most).forEach((option, index) => {
    const at = `${pointer}/${index}`
    checkOption(check, option, at, o)
    if (!isFields(option) || typeof option.value !== 'string') return
    if (values.has(option.value)) check.add(`${at}/value`, `must be unique: ${option.value}`)
    values.add(option.value)
  })
}

export function checkOption(
  check: Check,
  option: unknown,
  pointer: string,
  o: { readonly urls?: boolean; readonly mrkdwn?: boolean } = {},
): void {
  if (!isFields(option)) {
    check.add(pointer, 'must be an option')
    return
  }
  check.only(option, pointer, ['text', 'value', 'description', ...(o.urls ? ['url'] : [])])
  checkText(check, option.text, `${pointer}/text`, limits.optionText, o.mrkdwn ? 'either' : 'plain_text')
  check.text(option.value, `${pointer}/value`, limits.optionValue)
  checkText(check, option.description, `${pointer}/description`, limits.optionText, o.mrkdwn ? 'either' : 'plain_text', true)
  if (option.url !== undefined) checkUrl(check, option.url, `${pointer}/url`)
}

/** The chosen option must be among the offered. */
export function checkInitial(check: Check, initial: unknown, options: unknown, pointer: string): void {
  if (initial === undefined) return
  const offered = Array.isArray(options) ? options.map((option) => JSON.stringify(option)) : []
  for (const [index, one] of (Array.isArray(initial) ? initial : [initial]).entries()) {
    if (!offered.includes(JSON.stringify(one)))
      check.add(Array.isArray(initial) ? `${pointer}/${index}` : pointer, 'must be one of the options')
  }
}

export function checkUrl(check: Check, value: unknown, pointer: string): void {
  check.text(value, pointer, limits.url)
  if (typeof value === 'string' && !(URL.canParse(value) && /^(https?|slack|mailto):$/.test(new URL(value).protocol))) {
    check.add(pointer, 'must be a valid url')
  }
}

/** A cell of a table, of one of these kinds; returns how many characters it shows. */
export function checkCell(check: Check, cell: unknown, pointer: string, kinds: readonly string[]): number {
  if (!isFields(cell)) {
    check.add(pointer, 'must be a cell')
    return 0
  }
  if (!kinds.includes(String(cell.type))) check.add(`${pointer}/type`, `must be one of: ${kinds.join(', ')}`)
  else if (cell.type === 'raw_text') {
    check.only(cell, pointer, ['type', 'text'])
    check.text(cell.text, `${pointer}/text`, limits.text)
  } else if (cell.type === 'raw_number') {
    check.only(cell, pointer, ['type', 'value', 'text'])
    check.text(cell.text, `${pointer}/text`, limits.text)
    if (typeof cell.value !== 'number' || !Number.isFinite(cell.value)) check.add(`${pointer}/value`, 'must be a number')
  } else {
    check.list(cell.elements, `${pointer}/elements`, 1, limits.options)
    return JSON.stringify(cell).length
  }
  return textLength(cell)
}

const textLength = (cell: Fields): number => (typeof cell.text === 'string' ? cell.text.length : 0)
