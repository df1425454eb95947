// What the setup asks a person: a few kinds of question, so that a test can answer instead. The terminal's own are at the end.
import { cancel, confirm, isCancel, log, note, password, select, spinner, text } from '@clack/prompts'

/** The person left (Ctrl-C); nothing was written. */
export class Cancelled extends Error {}

export interface Prompts {
  text(ask: { readonly message: string; readonly initial?: string }): Promise<string>
  /** Not shown while it is typed. */
  secret(ask: { readonly message: string }): Promise<string>
  choose<Value extends string>(ask: {
    readonly message: string
    readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[]
    readonly initial?: Value
  }): Promise<Value>
  confirm(ask: { readonly message: string; readonly initial?: boolean }): Promise<boolean>
  say(words: string, title?: string): void
  warn(words: string): void
  working<T>(words: string, work: () => Promise<T>): Promise<T>
}

function given<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) {
    cancel('Nothing was changed.')
    throw new Cancelled()
  }
  return answer as Exclude<T, symbol>
}

export const terminalPrompts: Prompts = {
  text: async ({ message, initial }) => given(await text({ message, ...(initial && { initialValue: initial }) })) ?? '',
  secret: async ({ message }) => given(await password({ message })) ?? '',
  choose: async ({ message, choices, initial }) =>
    given(
      await select<string>({
        message,
        options: choices.map(({ value, label, hint }) => ({ value, label, ...(hint !== undefined && { hint }) })),
        ...(initial !== undefined && { initialValue: initial }),
      }),
    ) as (typeof choices)[number]['value'],
  confirm: async ({ message, initial }) => given(await confirm({ message, ...(initial !== undefined && { initialValue: initial }) })),
  say(words, title) {
    if (title === undefined) log.message(words)
    else note(words, title)
  },
  warn: (words) => log.warn(words),
  async working(words, work) {
    const shown = spinner()
    shown.start(words)
    try {
      return await work()
    } finally {
      shown.stop(words)
    }
  },
}
