// Where the keyboard is, across a redraw: the element itself is gone then, so it is found again by its id, or by its place within the
// nearest element that has one (a radio button, a chip, the foot of a modal).

const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]'

export interface FocusPlace {
  readonly id: string
  /** Which of the focusable elements inside `id`; missing for the element with that id itself. */
  readonly nth?: number
  readonly selection: number | null
}

/** Undefined where the keyboard is not inside `region`, or nothing around it has an id. */
export function focusIn(region: HTMLElement): FocusPlace | undefined {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || !region.contains(active)) return undefined
  const selection = active instanceof HTMLInputElement && active.type === 'text' ? active.selectionStart : null
  if (active.id) return { id: active.id, selection }
  const around = active.closest<HTMLElement>('[id]')
  if (!around || !region.contains(around)) return undefined
  return { id: around.id, nth: [...around.querySelectorAll(focusable)].indexOf(active), selection }
}

/** Puts the keyboard back. False where nothing is there any more. */
export function focusAgain({ id, nth, selection }: FocusPlace): boolean {
  const around = document.getElementById(id)
  const again = nth === undefined ? around : around?.querySelectorAll<HTMLElement>(focusable)[nth]
  if (!again) return false
  again.focus({ preventScroll: true })
  if (again instanceof HTMLInputElement && selection !== null) again.setSelectionRange(selection, selection)
  return document.activeElement === again
}
