// The log on a terminal: text for a person, with everything the log leaves out still left out, and nothing in it that steers the terminal.
import { expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { linesToRead, type Output } from '../src/log-lines.ts'

function terminal(given: Partial<Output> = {}): Output & { readonly text: () => string; readonly listeners: string[] } {
  let text = ''
  const listeners: string[] = []
  return {
    isTTY: true,
    write(line) {
      text += line
    },
    on: (event) => void listeners.push(event),
    ...given,
    text: () => text,
    listeners,
  }
}

it('is lines of time, level and message, with the facts below', async () => {
  const output = terminal()
  const log = createLog('info', await linesToRead(output))
  log.debug('not asked for')
  log.warn({ deliveryId: 'd-1', minutes: 3 }, 'A digest waits for figures')
  expect(output.text()).toMatch(
    /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] WARN: A digest waits for figures\n {4}deliveryId: "d-1"\n {4}minutes: 3\n$/,
  )
})

it('has colors where the terminal has them', async () => {
  const output = terminal({ hasColors: () => true })
  createLog('info', await linesToRead(output)).info('ready')
  expect(output.text()).toContain('\u001b[32mINFO\u001b[39m')
})

it('leaves out what the log leaves out: secrets by their field, the message of an error', async () => {
  const output = terminal()
  const log = createLog('info', await linesToRead(output))
  log.error({ err: new Error('Ana Diaz'), token: 'xoxb-1', text: 'hello Ana', error: 'a sentence of Ana' }, 'A job failed')
  expect(output.text()).toContain('"class": "Error"')
  expect(output.text()).not.toMatch(/Ana|xoxb/)
})

it.each(['name', 'hostname', 'words'])('cannot be steered by what stands in the field %s', async (field) => {
  const output = terminal()
  createLog('info', await linesToRead(output)).info({ [field]: '\u001b[2J\u009b2J\r\nINFO: all is well' }, 'a variable is not known')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(output.text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(output.text()).not.toMatch(/^INFO/m)
  expect(output.text()).toContain(String.raw`\u001b[2J\u009b2J\r\nINFO`)
})

it('is JSON, as in a container, where no person looks', async () => {
  expect(await linesToRead(terminal({ isTTY: false }))).toBeUndefined()
})

it('goes nowhere once the terminal is closed, and the service goes on', async () => {
  const output = terminal()
  await linesToRead(output)
  expect(output.listeners).toEqual(['error'])
})
