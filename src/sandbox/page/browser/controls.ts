// What a control is and holds, and the confirm dialog before it is pressed.

export interface Control {
  readonly at: 'modal' | 'home' | { readonly channelId: string; readonly ts: string }
  readonly blockId: string
  readonly actionId: string
  readonly type: string
  readonly input?: boolean
  readonly dispatches?: boolean
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string; readonly danger: boolean }
}

/** A text, a list, or whole options of a search. */
export function heldBy(placed: HTMLElement): unknown {
  const search = placed.closest<HTMLElement>('.search')
  if (search) return [...search.querySelectorAll<HTMLElement>('.chip')].map((chip) => JSON.parse(chip.dataset.chosen ?? '{}'))
  if (placed.classList.contains('choices')) {
    const picked = [...placed.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value)
    return placed.getAttribute('role') === 'radiogroup' ? (picked[0] ?? '') : picked
  }
  return placed instanceof HTMLInputElement || placed instanceof HTMLSelectElement || placed instanceof HTMLTextAreaElement
    ? placed.value
    : ''
}

/** Every input of the open modal, by block id. */
export function inputsOf(): Record<string, unknown> {
  const inputs: Record<string, unknown> = {}
  for (const placed of document.querySelectorAll<HTMLElement>('dialog.modal [data-control]')) {
    const control = JSON.parse(placed.dataset.control ?? '{}') as Control
    if (control.input) inputs[control.blockId] = heldBy(placed)
  }
  return inputs
}

/** Asks first where the control says so. */
export async function confirmed({ confirm }: Pick<Control, 'confirm'>): Promise<boolean> {
  if (!confirm) return true
  const dialog = document.createElement('dialog')
  dialog.className = 'modal confirm'
  dialog.setAttribute('aria-labelledby', 'confirm-title')
  const form = document.createElement('form')
  form.method = 'dialog'
  const title = document.createElement('h2')
  title.id = 'confirm-title'
  title.textContent = confirm.title
  const text = document.createElement('p')
  text.textContent = confirm.text
  const foot = document.createElement('footer')
  foot.append(choice(confirm.no, 'no', 'button'), choice(confirm.yes, 'yes', `button ${confirm.danger ? 'danger' : 'primary'}`))
  form.append(title, text, foot)
  dialog.append(form)
  document.body.append(dialog)
  dialog.showModal()
  await new Promise((closed) => dialog.addEventListener('close', closed, { once: true }))
  dialog.remove()
  return dialog.returnValue === 'yes'
}

function choice(words: string, value: string, className: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.textContent = words
  button.value = value
  button.className = className
  return button
}
