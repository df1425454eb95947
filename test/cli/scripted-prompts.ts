// A person at the setup's questions, as a script: rules instead of a keyboard, and everything said kept.
import type { Prompts } from '../../src/cli/prompts.ts'

/** Answers each question by the first rule whose words it contains; a list is given one after another. Fails on a question nobody expects. */
export function scripted(rules: Readonly<Record<string, string | boolean | readonly string[]>>) {
  const said: string[] = []
  const asked: string[] = []
  const left = new Map(Object.entries(rules).map(([words, answer]) => [words, Array.isArray(answer) ? [...answer] : answer]))
  const answer = (message: string): string | boolean => {
    asked.push(message)
    const found = [...left].find(([words]) => message.includes(words))
    if (!found) throw new Error(`nobody expects to be asked: ${message}`)
    const [, given] = found
    if (typeof given === 'string' || typeof given === 'boolean') return given
    const next = (given as string[]).shift()
    if (next === undefined) throw new Error(`asked once more than expected: ${message}`)
    return next
  }
  const prompts: Prompts = {
    begin: () => undefined,
    text: async ({ message, initial }) => String(answer(message)) || (initial ?? ''),
    secret: async ({ message }) => String(answer(message)),
    choose: async ({ message, choices }) => {
      const value = answer(message)
      const choice = choices.find((one) => one.value === value)
      if (!choice) throw new Error(`${value} cannot be chosen`)
      return choice.value
    },
    confirm: async ({ message }) => answer(message) === true,
    say: (words) => void said.push(words),
    link: (address) => void said.push(address),
    warn: (words) => void said.push(`! ${words}`),
    working: (_words, work) => work(),
    end: (words) => void said.push(words),
  }
  return { prompts, asked, text: () => said.join('\n') }
}
