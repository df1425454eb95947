// A listbox under a text field: arrows move, Enter and Tab take, Escape closes. Shared by the composer and the search fields.

export interface Offer {
  readonly title: string
  readonly hint?: string
  readonly about?: string
  readonly take: () => void
}

export function offer(input: HTMLInputElement, list: HTMLElement, offers: readonly Offer[]): void {
  list.replaceChildren(
    ...offers.map((one, index) => {
      const item = document.createElement('li')
      item.id = `${input.id}-offer-${index}`
      item.role = 'option'
      item.setAttribute('aria-selected', String(index === 0))
      for (const [name, words] of Object.entries({ b: one.title, code: one.hint, small: one.about })) {
        if (!words) continue
        const part = document.createElement(name)
        part.textContent = words
        item.append(part)
      }
      item.addEventListener('mousedown', (event) => {
        event.preventDefault()
        close(input, list)
        one.take()
      })
      return item
    }),
  )
  list.hidden = offers.length === 0
  input.setAttribute('aria-expanded', String(offers.length > 0))
  if (list.id) input.setAttribute('aria-controls', list.id)
  select(input, list, 0)
}

export function close(input: HTMLInputElement, list: HTMLElement): void {
  list.hidden = true
  list.replaceChildren()
  input.setAttribute('aria-expanded', 'false')
  input.removeAttribute('aria-activedescendant')
}

function select(input: HTMLInputElement, list: HTMLElement, index: number): void {
  const items = [...list.children]
  items.forEach((item, at) => void item.setAttribute('aria-selected', String(at === index)))
  const chosen = items[index]
  if (!chosen) return
  input.setAttribute('aria-activedescendant', chosen.id)
  chosen.scrollIntoView({ block: 'nearest' })
}

/** Handles a key while the list is open; false when it is none of the list's. */
export function listKey(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): boolean {
  if (list.hidden) return false
  const items = [...list.children]
  const at = items.findIndex((item) => item.getAttribute('aria-selected') === 'true')
  if (event.key === 'ArrowDown') select(input, list, (at + 1) % items.length)
  else if (event.key === 'ArrowUp') select(input, list, (at - 1 + items.length) % items.length)
  else if (event.key === 'Escape') close(input, list)
  else if (event.key === 'Enter' || event.key === 'Tab')
    items[Math.max(0, at)]?.dispatchEvent(new MouseEvent('mousedown', { cancelable: true }))
  else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}
