// The words after `npm run demo --`: what may be chosen, and what happens without a word.
import { parseArgs } from 'node:util'

export interface DemoOptions {
  readonly host: string
  /** The first port tried. */
  readonly port: number
  readonly people: number
  readonly seed: number
  readonly contract: 'documented' | 'live'
  /** Where database and conversations are kept for the next start; a temporary folder, removed at the end, when missing. */
  readonly dataDir?: string
}

export const demoHelp = `The whole bot in a browser: simulated Gong, simulated Slack, a clock you can move.

  npm run demo -- [options]

  --port 4100        first port to try; the next free one is taken (4000)
  --host 127.0.0.1   address to listen on; loopback unless given
  --people 42        size of the company, 14 to 5000
  --seed 3           another number, another company
  --contract live    which of Gong's two contracts the simulated Gong speaks: documented or live (documented)
  --data ./demo      keep database, conversations and clock in this folder; the next start goes on from there
                     (a temporary one, removed at the end)
  --help             this
`

/** @throws Error in words for options that make no sense */
export function readDemoOptions(argv: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4000' },
      people: { type: 'string', default: '42' },
      seed: { type: 'string', default: '3' },
      contract: { type: 'string', default: 'documented' },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const { contract } = values
  if (contract !== 'documented' && contract !== 'live') throw new Error('--contract is documented or live')
  return {
    host: values.host,
    port: wholeNumber('--port', values.port, 0, 65_535),
    people: wholeNumber('--people', values.people, 14, 5000),
    seed: wholeNumber('--seed', values.seed, 0, 1_000_000),
    contract,
    ...(values.data !== undefined && { dataDir: values.data }),
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most) throw new Error(`${name} is a whole number from ${least} to ${most}`)
  return value
}
