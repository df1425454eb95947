// Search fields of selects whose options the app gives: what is typed is asked for, what is chosen becomes a chip.
import type { Control } from './controls.ts'
import { seat } from './page-link.ts'
import { close, listKey, offer } from './suggestion-list.ts'

interface Option {
  readonly value: string
  readonly text: { readonly text: string }
  readonly description?: { readonly text: string }
}

let latest = 0

export function wireSearch(): void {
  for (const type of ['input', 'focusin'] as const) {
    document.addEventListener(type, (event) => {
      const input = event.target
      if (input instanceof HTMLInputElement && input.closest('.search')) void suggest(input)
    })
  }
  document.addEventListener('keydown', (event) => {
    const input = event.target
    const list = input instanceof HTMLInputElement ? input.closest('.search')?.querySelector<HTMLElement>('[role="listbox"]') : null
    if (list && input instanceof HTMLInputElement && !listKey(event, input, list) && event.key === 'Enter') event.preventDefault()
  })
  document.addEventListener('focusout', (event) => {
    const input = event.target
    const list = input instanceof HTMLInputElement ? input.closest('.search')?.querySelector<HTMLElement>('[role="listbox"]') : null
    if (list && input instanceof HTMLInputElement) close(input, list)
  })
  document.addEventListener('click', (event) => {
    const chip = event.target instanceof Element ? event.target.closest('.search .chip') : null
    const search = chip?.closest('.search')
    chip?.remove()
    search?.dispatchEvent(new CustomEvent('chosen', { bubbles: true }))
  })
}

async function suggest(input: HTMLInputElement): Promise<void> {
  const search = input.closest<HTMLElement>('.search')
  const list = search?.querySelector<HTMLElement>('[role="listbox"]')
  if (!search || !list) return
  latest += 1
  const mine = latest
  const query = input.value
  const found = await optionsFor(search, input, query)
  if (mine !== latest || document.activeElement !== input) return
  list.id = `${input.id}-list`
  offer(
    input,
    list,
    found.slice(0, 20).map((option) => ({
      title: option.text.text,
      ...(option.description && { about: option.description.text }),
      take() {
        if (search.dataset.many !== 'true') for (const chip of search.querySelectorAll('.chip')) chip.remove()
        input.before(chipOf(option))
        input.value = ''
        search.dispatchEvent(new CustomEvent('chosen', { bubbles: true }))
      },
    })),
  )
}

async function optionsFor(search: HTMLElement, input: HTMLInputElement, query: string): Promise<Option[]> {
  if (search.dataset.options) {
    const own: Option[] = JSON.parse(search.dataset.options)
    return own.filter(({ text }) => text.text.toLowerCase().includes(query.toLowerCase()))
  }
  const control = JSON.parse(input.dataset.control ?? '{}') as Control
  const response = await fetch('/suggestions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: seat.as, at: control.at, control, query }),
  })
  return response.ok ? response.json() : []
}

function chipOf(option: Option): HTMLElement {
  const chip = document.createElement('button')
  chip.type = 'button'
  chip.className = 'chip'
  chip.dataset.chosen = JSON.stringify(option)
  chip.setAttribute('aria-label', `Remove ${option.text.text}`)
  chip.textContent = option.text.text
  return chip
}
