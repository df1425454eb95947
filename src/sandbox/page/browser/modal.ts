// The open modal: shown as a real dialog (focus stays inside), submitted with everything filled in, closed with Escape as with the button.
import { inputsOf } from './controls.ts'
import { type FocusPlace, focusAgain, focusIn } from './focus.ts'

let shown = ''
let before: FocusPlace | undefined

/** After every redraw: a fresh modal is opened; a redrawn one is open again already, with the keyboard where it was. */
export function modalOpened(): void {
  const dialog = document.querySelector<HTMLDialogElement>('[data-region="modal"] dialog')
  if (!dialog) {
    if (shown !== '' && before) focusAgain(before)
    shown = ''
    before = undefined
    return
  }
  const isNew = dialog.dataset.view !== shown
  if (shown === '') before = focusIn(document.body)
  if (!dialog.open) dialog.showModal()
  shown = dialog.dataset.view ?? ''
  const inBody = document.activeElement?.closest('.modal-body') !== null && document.activeElement?.closest('dialog') === dialog
  if (inBody && !isNew) return
  const fields = ':is(input, select, textarea, button):not([hidden])'
  const wrong = dialog.querySelector<HTMLElement>('.error')?.closest('.block')?.querySelector<HTMLElement>(fields)
  const first = dialog.querySelector<HTMLElement>(`.modal-body ${fields}`)
  if (wrong) wrong.focus()
  else if (isNew || !dialog.contains(document.activeElement)) first?.focus()
}

export function wireModal(submit: (inputs: Record<string, unknown>) => Promise<boolean>, close: () => Promise<boolean>): void {
  document.addEventListener('submit', (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target.closest('[data-region="modal"] form') : null
    if (!form) return
    event.preventDefault()
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')
    if (!button || button.disabled) return
    button.disabled = true
    void submit(inputsOf()).finally(() => {
      button.disabled = false
    })
  })
  document.addEventListener(
    'cancel',
    (event) => {
      if (!(event.target instanceof HTMLDialogElement) || event.target.classList.contains('confirm')) return
      event.preventDefault()
      void close()
    },
    true,
  )
}
