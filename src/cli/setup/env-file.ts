// Writes `.env` so that `npm start` reads the same values back: keeps lines it does not know, replaces those it was given,
// readable by its owner only. Values are quoted where the reader would cut them.
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The new text of an env file: given names replaced where they stand (commented examples too), the rest appended. Undefined removes. */
export function withValues(text: string, values: Readonly<Record<string, string | undefined>>): string {
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

/** Replaces the file in one step with mode 0600. `template` is the start where there is no file yet. */
export function writeEnvFile(file: string, template: string, values: Readonly<Record<string, string | undefined>>): void {
  const text = withValues(existsSync(file) ? readFileSync(file, 'utf8') : template, values)
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
}
