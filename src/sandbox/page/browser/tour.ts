// The three cards: which are done is kept for this visit; a card's button does its step.

const done = new Set<string>(JSON.parse(sessionStorage.getItem('tour-done') ?? '[]'))

export function wireTour(say: (text: string) => Promise<boolean>, move: (to: string | undefined) => Promise<boolean>): void {
  if (sessionStorage.getItem('tour-away')) document.body.classList.add('no-tour')
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('[data-close-tour]')) {
      document.body.classList.add('no-tour')
      sessionStorage.setItem('tour-away', 'yes')
    }
    const step = target?.closest<HTMLElement>('[data-tour]')?.dataset.tour
    if (step === 'type') void say('/gong-stats')
    if (step === 'monday') void move(document.querySelector<HTMLElement>('[data-jump-id="monday"]')?.dataset.jump)
    const label = target?.closest('.message .button')?.textContent ?? ''
    if (/details/i.test(label)) tick('details')
    if (target?.closest('[data-jump-id="monday"], [data-tour="monday"]')) tick('monday')
  })
}

/** Somebody typed, or had it typed. */
export function tourHears(text: string): void {
  if (/^\/gong-stats\b/.test(text)) tick('type')
}

/** After every redraw: marks the steps that are done. */
export function tourNotices(): void {
  for (const card of document.querySelectorAll<HTMLElement>('[data-card]')) card.classList.toggle('done', done.has(card.dataset.card ?? ''))
}

function tick(card: string): void {
  if (done.has(card)) return
  done.add(card)
  sessionStorage.setItem('tour-done', JSON.stringify([...done]))
  tourNotices()
}
