// Which conversations hold something this person has not looked at, on this page.
import { seat } from './page-link.ts'

const seen = new Map<string, string>()

const key = (channelId: string): string => `${seat.as} ${channelId}`

/** The first look at a person's list counts as having seen it; the open conversation always does. */
export function markUnread(): void {
  for (const entry of document.querySelectorAll<HTMLElement>('[data-newest]')) {
    const id = key(entry.dataset.go ?? '')
    const newest = entry.dataset.newest ?? ''
    if (!seen.has(id) || entry.dataset.go === seat.in) seen.set(id, newest)
    entry.classList.toggle('unread', (seen.get(id) ?? '') < newest)
  }
}

/** The open conversation has been seen. */
export function remember(): void {
  const open = document.querySelector<HTMLElement>(`[data-go="${CSS.escape(seat.in)}"]`)
  if (open?.dataset.newest !== undefined) seen.set(key(seat.in), open.dataset.newest)
}
