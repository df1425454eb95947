// The message field, of the conversation and of the open thread: commands after `/`, people after `@`, Enter sends.
import { toast } from './page-link.ts'
import { close, listKey, type Offer, offer } from './suggestion-list.ts'

interface Command {
  readonly command: string
  readonly usageHint: string
  readonly description: string
}

const mostPeople = 8

/** `replyTo`: the timestamp the thread hangs on; empty for the conversation itself. */
export function wireComposer(say: (text: string, replyTo: string) => Promise<boolean>): void {
  document.addEventListener('input', (event) => {
    if (isComposer(event.target)) suggest(event.target)
  })
  document.addEventListener('keydown', (event) => {
    const input = event.target
    if (!isComposer(input)) return
    const list = input.form?.querySelector<HTMLElement>('[role="listbox"]')
    // A command that is typed out is sent by Enter, not completed again.
    const whole = event.key === 'Enter' && commandsOf(input).some(({ command }) => command === input.value.trim())
    if (list && !whole) listKey(event, input, list)
  })
  document.addEventListener('focusout', (event) => {
    const input = event.target
    const list = isComposer(input) ? input.form?.querySelector<HTMLElement>('[role="listbox"]') : null
    if (list && isComposer(input)) close(input, list)
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.classList.contains('composer')) return
    event.preventDefault()
    const input = form.querySelector<HTMLInputElement>('input[name="text"]')
    const list = form.querySelector<HTMLElement>('[role="listbox"]')
    const text = input?.value.trim() ?? ''
    if (!input || text === '') return
    const replyTo = form.dataset.replyTo ?? ''
    if (replyTo !== '' && text.startsWith('/')) return toast(`${text.split(' ', 1)[0]} is not supported in threads. Sorry!`)
    if (list) close(input, list)
    input.value = ''
    void say(text, replyTo).then((sent) => {
      const field = document.querySelector<HTMLInputElement>(`#${input.id}`)
      if (!sent && field && field.value === '') field.value = text
    })
  })
}

const isComposer = (target: unknown): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.closest('.composer') !== null

const commandsOf = (input: HTMLInputElement): Command[] => JSON.parse(input.form?.dataset.commands ?? '[]')

function suggest(input: HTMLInputElement): void {
  const list = input.form?.querySelector<HTMLElement>('[role="listbox"]')
  if (!list) return
  offer(input, list, [...commandOffers(input), ...peopleOffers(input)])
}

function commandOffers(input: HTMLInputElement): Offer[] {
  const typed = input.value
  if (!typed.startsWith('/') || typed.includes(' ')) return []
  return commandsOf(input)
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, usageHint, description }) => ({
      title: command,
      hint: usageHint,
      about: description,
      take() {
        input.value = `${command} `
        input.focus()
      },
    }))
}

function peopleOffers(input: HTMLInputElement): Offer[] {
  const asked = /(^|\s)@([\p{L}. '-]*)$/u.exec(input.value)
  if (!asked) return []
  const beginning = (asked[2] ?? '').toLowerCase()
  const people: string[] = JSON.parse(input.form?.dataset.people ?? '[]')
  if (people.some((name) => name.toLowerCase() === beginning.trim())) return []
  return people
    .filter((name) => name.toLowerCase().includes(beginning))
    .slice(0, mostPeople)
    .map((name) => ({
      title: name,
      take() {
        input.value = `${input.value.slice(0, input.value.lastIndexOf('@'))}@${name} `
        input.focus()
      },
    }))
}
