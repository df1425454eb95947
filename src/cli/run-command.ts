// How every command of the terminal ends: problems an operator can fix are printed as sentences with exit code 1, a cancelled question
// ends it without words, and anything else is a bug that keeps its stack.
import { problemsOf } from '../problems.ts'
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
    if (!problems) throw error
    for (const problem of problems) console.error(problem)
  }
}
