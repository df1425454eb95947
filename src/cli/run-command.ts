// How every command of the terminal ends: problems an operator can fix are printed as sentences with exit code 1, a cancelled question
// ends it without words, and anything else is a bug: class, codes and frames are printed, never what the error carries. Names and Gong's own
// words in a problem change no terminal.
import { problemsOf } from '../problems.ts'
import { clean } from '../render/text/text.ts'
import { safeError, safeErrorInLines } from '../safe-error.ts'
import { Cancelled } from './prompts.ts'

/** `command` may return an exit code; anything else it returns is 0. */
export async function runCommand(command: () => Promise<unknown>): Promise<void> {
  try {
    const code = await command()
    process.exitCode = typeof code === 'number' ? code : 0
  } catch (error) {
    process.exitCode = 1
    if (error instanceof Cancelled) return
    const problems = problemsOf(error)
    if (problems) for (const problem of problems) console.error(clean(problem))
    // A package or the sandbox is not there: start.mjs has the words.
    else if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') throw error
    else console.error(`A bug stopped this command. Please report these lines:\n${safeErrorInLines(safeError(error))}`)
  }
}
