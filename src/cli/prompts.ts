// What the setup asks a person: a few kinds of question, so that a test can answer instead. The terminal's own are at the end.
import type { Writable } from 'node:stream'
import { cancel, confirm, intro, isCancel, log, note, outro, password, select, spinner, text } from '@clack/prompts'
import { AskError } from '../errors.ts'
import { clean } from '../render/text/text.ts'

/** @throws AskError where nobody could answer: no terminal is attached. */
export function needTerminal(command: string): void {
  if (process.stdin.isTTY) return
  throw new AskError(
    `${command} asks questions, so it needs a terminal. In a container run it with docker run -it (or kubectl exec -it); or copy .env.example to .env and fill it in.`,
  )
}

/** The person left (Ctrl-C); nothing was written. */
export class Cancelled extends Error {}

export interface Prompts {
  begin(words: string): void
  text(ask: { readonly message: string; readonly initial?: string | undefined }): Promise<string>
  /** Not shown while it is typed. */
  secret(ask: { readonly message: string }): Promise<string>
  choose<Value extends string>(ask: {
    readonly message: string
    readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[]
    readonly initial?: Value | undefined
  }): Promise<Value>
  confirm(ask: { readonly message: string; readonly initial?: boolean | undefined }): Promise<boolean>
  say(words: string, title?: string): void
  /** An address as one unbroken line: in a frame it could not be clicked or copied. */
  link(address: string): void
  warn(words: string): void
  working<T>(words: string, work: () => Promise<T>): Promise<T>
  end(words: string): void
}

/** Names and other hosts' words move no cursor and set no title. */
const shown = (words: string): string => words.split('\n').map(clean).join('\n')

/** `output`: where questions are shown; standard error keeps standard output for what is to be kept. */
export function terminalPrompts(output: Writable): Prompts {
  const given = <T>(answer: T): Exclude<T, symbol> => {
    if (isCancel(answer)) {
      cancel('Nothing was changed.', { output })
      throw new Cancelled()
    }
    return answer as Exclude<T, symbol>
  }
  return {
    begin: (words) => intro(words, { output }),
    text: async ({ message, initial }) =>
      given(await text({ message: shown(message), output, ...(initial && { initialValue: initial }) })) ?? '',
    secret: async ({ message }) => given(await password({ message, output })) ?? '',
    choose: async ({ message, choices, initial }) =>
      given(
        await select<string>({
          message: shown(message),
          output,
          options: choices.map(({ value, label, hint }) => ({ value, label: shown(label), ...(hint !== undefined && { hint }) })),
          ...(initial !== undefined && { initialValue: initial }),
        }),
      ) as (typeof choices)[number]['value'],
    confirm: async ({ message, initial }) =>
      given(await confirm({ message: shown(message), output, ...(initial !== undefined && { initialValue: initial }) })),
    say(words, title) {
      if (title === undefined) log.message(shown(words), { output })
      else note(shown(words), title, { output })
    },
    link: (address) => void output.write(`\n${address}\n\n`),
    warn: (words) => log.warn(shown(words), { output }),
    async working(words, work) {
      const turning = spinner({ output })
      turning.start(words)
      try {
        return await work()
      } finally {
        turning.stop(words)
      }
    },
    end: (words) => outro(words, { output }),
  }
}
