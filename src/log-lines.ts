// Where the log's lines go: to a person at a terminal as text to read, anywhere else as JSON. `pino-pretty` writes the text; it is an
// optional package that the image leaves out, and without it a terminal gets JSON too.

/** What of a terminal is used here. */
export interface Output {
  readonly isTTY?: boolean
  hasColors?(): boolean
  write(line: string): unknown
  on(event: 'error', listener: () => void): unknown
}

/** Undefined where JSON is right: what reads the lines is a program, or the package is not installed. */
export async function linesToRead(output: Output): Promise<{ write(line: string): void } | undefined> {
  if (!output.isTTY) return undefined
  const pretty = await import('pino-pretty').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  })
  if (!pretty) return undefined
  const toText = pretty.prettyFactory({
    colorize: output.hasColors?.() ?? false,
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss',
    ignore: '',
    customPrettifiers: Object.fromEntries(placedFirst.map((field) => [field, inQuotes])),
  })
  // A terminal that was closed takes the lines with it, not the service.
  output.on('error', () => undefined)
  return { write: (line) => void output.write(toText(line).replaceAll(controls, asCode)) }
}

/** These it sets beside the level as they are; in quotes they cannot steer the terminal. All others it quotes by itself. */
const placedFirst = ['name', 'pid', 'hostname', 'caller']

/** Between delete and the Latin letters, which JSON leaves alone and some terminals obey. */
const controls = /[\u007f-\u009f]/g

const asCode = (control: string): string => `\\u00${control.charCodeAt(0).toString(16)}`

const inQuotes = (value: unknown): string => JSON.stringify(value)
