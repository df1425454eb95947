// Swaps the regions that differ, keeping focus, scroll and what is half typed. Messages stay scrolled to the end when they were there.
import { focusAgain, focusIn } from './focus.ts'

const before = new Map<string, string>()

export function swap(regions: Readonly<Record<string, string>>): void {
  for (const [name, html] of Object.entries(regions)) {
    if (before.get(name) === html) continue
    const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`)
    if (!region) continue
    before.set(name, html)
    const kept = keep(region)
    region.innerHTML = html
    kept()
  }
}

const newestIn = (region: HTMLElement): string | undefined => [...region.querySelectorAll('.message')].at(-1)?.id

/** Which fold of which message it is. */
function placeOf(fold: Element): { readonly id: string; readonly nth: number } | undefined {
  const message = fold.closest('.message')
  return message ? { id: message.id, nth: [...message.querySelectorAll('details')].indexOf(fold as HTMLDetailsElement) } : undefined
}

/** What must survive; the returned function puts it back. */
function keep(region: HTMLElement): () => void {
  const focus = focusIn(region)
  const place = (): string | undefined => region.querySelector<HTMLElement>('[data-channel]')?.dataset.channel
  const channel = place()
  const typed = region.querySelector<HTMLInputElement>('.composer input')
  const draft = typed ? { seat: typed.dataset.seat, value: typed.value } : undefined
  const filled = [...region.querySelectorAll<HTMLInputElement>('dialog [data-control]')]
    .filter((input) => 'value' in input && input.id)
    .map(({ id, value }) => ({ id, value }))
  const view = region.querySelector<HTMLElement>('dialog')?.dataset.view
  const scroller = region.querySelector('.messages')
  const scrolled = scroller?.scrollTop ?? 0
  const last = newestIn(region)
  const unfolded = [...region.querySelectorAll('.message details[open]')].flatMap((fold) => placeOf(fold) ?? [])
  const bodyScroll = region.querySelector('.modal-body')?.scrollTop ?? 0
  return () => {
    for (const { id, nth } of unfolded) document.getElementById(id)?.querySelectorAll('details')[nth]?.setAttribute('open', '')
    const fresh = region.querySelector('.messages')
    if (fresh) {
      if (channel === place() && last === newestIn(region)) fresh.scrollTop = scrolled
      else showNewest(fresh)
    }
    const composer = region.querySelector<HTMLInputElement>('.composer input')
    if (composer && draft && draft.seat === composer.dataset.seat && channel === place()) composer.value = draft.value
    const dialog = region.querySelector<HTMLDialogElement>('dialog')
    if (dialog && dialog.dataset.view === view) {
      // Nothing in a closed dialog takes the keyboard.
      dialog.showModal()
      for (const { id, value } of filled) {
        const input = document.getElementById(id)
        if (input instanceof HTMLInputElement && input.type === 'text' && input.role !== 'combobox' && value !== '') input.value = value
      }
      const inner = dialog.querySelector('.modal-body')
      if (inner) inner.scrollTop = bodyScroll
    }
    if (focus) focusAgain(focus)
  }
}

/** The newest message from its beginning; a short one leaves the end in view. */
export function showNewest(scroller: Element): void {
  scroller.scrollTop = scroller.scrollHeight
  const newest = [...scroller.querySelectorAll<HTMLElement>('.message')].at(-1)
  if (newest && newest.offsetTop - 12 < scroller.scrollTop) scroller.scrollTop = newest.offsetTop - 12
}
