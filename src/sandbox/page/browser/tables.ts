// Data tables: a column's heading sorts by it, by number where it has numbers; long tables open on demand.

export function wireTables(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    const heading = target?.closest<HTMLElement>('[data-sort]')
    if (heading) sort(heading)
    const more = target?.closest('.show-rows')
    if (more) {
      for (const row of more.closest('.table-frame')?.querySelectorAll<HTMLElement>('tr[hidden]') ?? []) row.hidden = false
      more.remove()
    }
  })
}

function sort(heading: HTMLElement): void {
  const column = Number(heading.dataset.sort)
  const cell = heading.closest('th')
  const body = heading.closest('table')?.tBodies[0]
  if (!cell || !body) return
  const down = cell.getAttribute('aria-sort') !== 'descending'
  for (const other of heading.closest('tr')?.children ?? []) other.removeAttribute('aria-sort')
  cell.setAttribute('aria-sort', down ? 'descending' : 'ascending')
  const shown = [...body.rows].filter((row) => !row.hidden).length
  const rows = [...body.rows].toSorted((a, b) => compare(a.cells[column], b.cells[column]) * (down ? -1 : 1))
  rows.forEach((row, index) => {
    row.hidden = index >= shown
  })
  body.replaceChildren(...rows)
}

function compare(a: HTMLElement | undefined, b: HTMLElement | undefined): number {
  const [first, second] = [a?.dataset.value, b?.dataset.value]
  if (first !== undefined && second !== undefined) return Number(first) - Number(second)
  return (a?.textContent ?? '').localeCompare(b?.textContent ?? '')
}
