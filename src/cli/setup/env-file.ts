// Writes settings where the next start reads them: a secret that lies in a file of its own into that file, the rest into `.env`. Keeps lines
// it does not know, replaces those it was given, readable by its owner only. Values are quoted where the reader would cut them.
import { chmodSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import type { GivenSettings } from '../../config/config.ts'

type Values = Readonly<Record<string, string | undefined>>

/** The new text of an env file: given names replaced where they stand (commented examples too), the rest appended. Undefined removes. */
export function withValues(text: string, values: Values): string {
  const left = new Map(Object.entries(values))
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const name = /^#? ?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1]
    if (name === undefined || !left.has(name)) {
      if (name !== undefined && name in values && !line.startsWith('#')) continue
      lines.push(line)
      continue
    }
    const value = left.get(name)
    left.delete(name)
    if (value !== undefined) lines.push(assignment(name, value))
    else if (line.startsWith('#')) lines.push(line)
  }
  while (lines.at(-1) === '') lines.pop()
  for (const [name, value] of left) if (value !== undefined) lines.push(assignment(name, value))
  return `${lines.join('\n')}\n`
}

function assignment(name: string, value: string): string {
  if (/^[\w@%+=:,./~-]*$/.test(value)) return `${name}=${value}`
  // Within double quotes the reader makes a line break of a backslash and an n.
  const quote = ['"', "'", '`'].find((mark) => !value.includes(mark) && (mark !== '"' || !value.includes('\\n')))
  if (quote === undefined || value.includes('\n'))
    throw new RangeError(`${name} has a value that cannot be written to an env file; use ${name}_FILE`)
  return `${name}=${quote}${value}${quote}`
}

/**
 * Values as lines of `.env` beside what is given: a secret that is unchanged stays in its file, and what is changed or taken away takes the
 * place of that file, because a start refuses both.
 */
export function linesBeside(values: Values, { texts, fromFiles }: GivenSettings): Values {
  const changed = Object.entries(values).filter(([name, value]) => !(fromFiles.has(name) && value === texts[name]))
  return Object.fromEntries(
    changed.flatMap(([name, value]) => [[name, value] as const, ...(fromFiles.has(name) ? [[`${name}_FILE`, undefined] as const] : [])]),
  )
}

/**
 * Writes a changed secret into its own file where there is one, everything else into `envFile`. `template` is the start where there is none
 * yet. Returns the variables whose own file cannot be written: they are in `envFile` now.
 */
export function writeSettings(envFile: string, template: string, values: Values, given: GivenSettings): readonly string[] {
  const lines = linesBeside(values, given)
  const inOwnFile = Object.keys(values).filter((name) => given.fromFiles.has(name) && lines[name] !== undefined)
  const kept = new Set(inOwnFile.filter((name) => isWritten(given.fromFiles.get(name) ?? '', lines[name] ?? '')))
  const left = Object.entries(lines).filter(([name]) => !kept.has(name.replace(/_FILE$/, '')))
  if (left.length > 0) writeEnvFile(envFile, template, Object.fromEntries(left))
  return inOwnFile.filter((name) => !kept.has(name))
}

export const movedInWords = (name: string, envFile: string): string =>
  `The file that ${name}_FILE names cannot be written, so ${name} is in ${envFile} now. Take ${name}_FILE out of the configuration.`

/** In place: one that is mounted can be written and not replaced. */
function isWritten(file: string, value: string): boolean {
  try {
    writeFileSync(file, `${value}\n`, { flag: 'r+' })
    truncateSync(file, Buffer.byteLength(value) + 1)
    return true
  } catch {
    return false
  }
}

/** Replaces the file in one step with mode 0600. */
function writeEnvFile(file: string, template: string, values: Values): void {
  const text = withValues(existsSync(file) ? readFileSync(file, 'utf8') : template, values)
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
}
