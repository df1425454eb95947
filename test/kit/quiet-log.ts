// A log that keeps its lines instead of printing them, so that a test can search what was logged.
import { createLog, type Log } from '../../src/log.ts'

export function keptLog(level = 'trace'): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = []
  return { log: createLog(level, { write: (line) => void lines.push(line) }), lines }
}
