// The open modal: shown as a real dialog (focus stays inside), submitted with everything filled in, closed with Escape as with the button.
import { inputsOf } from './controls.ts'

let shown = ''

/** After every redraw: a fresh dialog element must be opened again. */
export function modalOpened(): void {
  const dialog = document.querySelector<HTMLDialogElement>('[data-region="modal"] dialog')
  if (!dialog) {
    shown = ''
    return
  }
  if (dialog.open) return
  const isNew = dialog.dataset.view !== shown
  const focused = document.activeElement?.id
  dialog.showModal()
  shown = dialog.dataset.view ?? ''
  const again = !isNew && focused ? document.getElementById(focused) : null
  const wrong = dialog.querySelector<HTMLElement>('.error')?.closest('.block')?.querySelector<HTMLElement>('[data-control]')
  const first = dialog.querySelector<HTMLElement>('.modal-body :is(input, select, textarea, button):not([hidden])')
  ;(wrong ?? again ?? first)?.focus()
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
