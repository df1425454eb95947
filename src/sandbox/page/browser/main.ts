// The page's script: keeps the regions current, sends what is pressed and typed, and puts keyboard and focus where they belong. Draws
// nothing itself: HTML comes from the server.
import { wireComposer } from './composer.ts'
import { type Control, confirmed, heldBy, inputsOf } from './controls.ts'
import { modalOpened, wireModal } from './modal.ts'
import { get, post, seat, toast } from './page-link.ts'
import { showNewest, swap } from './regions.ts'
import { wireReset } from './reset.ts'
import { wireSearch } from './search.ts'
import { wireTables } from './tables.ts'
import { wireTheme } from './theme.ts'
import { tourHears, tourNotices, wireTour } from './tour.ts'
import { markUnread, remember } from './unread.ts'

/** Draws everything anew; calls that come while one runs are gathered into one more. */
let running: Promise<void> | undefined
let again = false
async function refresh(): Promise<void> {
  if (running) {
    again = true
    return running
  }
  running = (async () => {
    do {
      again = false
      show(await get('/regions'))
    } while (again)
  })().finally(() => {
    running = undefined
  })
  return running
}

function show(regions: Readonly<Record<string, string>>): void {
  swap(regions)
  markUnread()
  tourNotices()
  modalOpened()
}

/** Sends an act; what it says when it fails is shown. */
async function act(body: Readonly<Record<string, unknown>>): Promise<boolean> {
  try {
    show(await post('/act', body))
    return true
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error))
    return false
  }
}

async function say(text: string, replyTo = ''): Promise<boolean> {
  tourHears(text)
  return act({ type: 'say', as: seat.as, channelId: seat.in, text, ...(replyTo && { threadTs: replyTo }) })
}

async function go(channelId: string): Promise<void> {
  remember()
  seat.in = channelId
  seat.thread = ''
  document.body.classList.remove('show-sidebar')
  await refresh()
  remember()
  markUnread()
  if (channelId === 'home') await act({ type: 'home', as: seat.as })
  document.querySelector<HTMLElement>('#composer')?.focus()
}

async function press(control: Control, value: unknown): Promise<void> {
  if (!(await confirmed(control))) return
  const inputs = control.at === 'modal' ? inputsOf() : {}
  await act({ type: 'press', as: seat.as, at: control.at, control, inputs, ...(value !== undefined && { value }) })
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined
  if (!target) return
  const find = <Kind extends Element>(selector: string): Kind | null => target.closest<Kind>(selector)
  const place = find<HTMLElement>('[data-go]')
  if (place) return void go(place.dataset.go ?? '')
  const question = find<HTMLElement>('[data-say]')
  if (question) return void say(question.dataset.say ?? '')
  const jump = find<HTMLElement>('[data-jump]')
  if (jump) return void act({ type: 'clock', to: jump.dataset.jump })
  const toggle = find<HTMLElement>('[data-toggle]')
  if (toggle) {
    const on = document.body.classList.toggle(`show-${toggle.dataset.toggle}`)
    if (toggle.dataset.toggle === 'backstage') document.querySelector('.backstage-toggle')?.setAttribute('aria-expanded', String(on))
    return
  }
  const replies = find<HTMLElement>('[data-thread]')
  if (replies || find('[data-close-thread]')) {
    const left = seat.thread
    seat.thread = replies?.dataset.thread ?? ''
    return void refresh().then(() => document.querySelector<HTMLElement>(replies ? '#reply' : `[data-thread="${left}"]`)?.focus())
  }
  if (find('[data-close-modal]')) return void act({ type: 'close', as: seat.as })
  const option = find<HTMLElement>('[data-option]')
  const menu = option?.closest<HTMLElement>('[data-control]')
  if (option && menu) {
    menu.closest('details')?.removeAttribute('open')
    return void press(JSON.parse(menu.dataset.control ?? '{}'), option.dataset.option)
  }
  const button = find<HTMLElement>('.button[data-control]')
  if (button) {
    if (button instanceof HTMLButtonElement) button.classList.add('pressed')
    return void press(JSON.parse(button.dataset.control ?? '{}'), undefined).finally(() => button.classList.remove('pressed'))
  }
  for (const open of document.querySelectorAll('details.overflow[open]')) if (!open.contains(target)) open.removeAttribute('open')
})

document.addEventListener('change', (event) => {
  const target = event.target instanceof HTMLElement ? event.target : undefined
  if (!target) return
  if (target.id === 'act-as' && target instanceof HTMLSelectElement) {
    seat.as = target.value
    seat.thread = ''
    return void refresh().then(firstPlace)
  }
  if (target instanceof HTMLInputElement && target.dataset.fault) {
    return void act({ type: 'fault', id: target.dataset.fault, on: target.checked })
  }
  const placed = target.closest<HTMLElement>('[data-control]')
  if (!placed || placed.closest('.search')) return
  const control = JSON.parse(placed.dataset.control ?? '{}') as Control
  if (control.input && !control.dispatches) return
  void press(control, heldBy(placed))
})

document.addEventListener('chosen', (event) => {
  const placed = event.target instanceof Element ? event.target.querySelector<HTMLElement>('[data-control]') : null
  if (!placed) return
  const control = JSON.parse(placed.dataset.control ?? '{}') as Control
  if (!control.input || control.dispatches) void press(control, heldBy(placed))
})

/** The conversation one was in may not be open to whoever one is now. */
async function firstPlace(): Promise<void> {
  const there = [...document.querySelectorAll<HTMLElement>('[data-go]')].map(({ dataset }) => dataset.go)
  if (!there.includes(seat.in)) await go(there.find((id) => id?.startsWith('C')) ?? there[0] ?? 'home')
  else if (seat.in === 'home') await go('home')
}

wireTheme()
wireComposer(say)
wireModal(
  (inputs) => act({ type: 'submit', as: seat.as, inputs }),
  () => act({ type: 'close', as: seat.as }),
)
wireSearch()
wireTables()
wireTour(say, (to) => act({ type: 'clock', to }))
wireReset(() => act({ type: 'reset' }))
remember()
show({})
for (const scroller of document.querySelectorAll('.messages')) showNewest(scroller)

const stream = new EventSource('/live')
stream.addEventListener('message', () => void refresh())
stream.addEventListener('open', () => void refresh())
document.documentElement.dataset.ready = 'true'
