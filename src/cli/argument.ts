// The bound of a word typed in the terminal, with the sentence for a longer one.
import { AskError } from '../errors.ts'

const longestArgument = 200

/** The argument as it is. @throws AskError when it is longer than any name, address or period. */
export function argument<T extends string | undefined>(name: string, value: T): T {
  if ((value ?? '').length > longestArgument) throw new AskError(`${name} is longer than ${longestArgument} characters.`)
  return value
}
