// Variables that are set but not known, where the name is near to one that is: a typing error would otherwise be silent.
import { nearest } from '../domain/nearest.ts'
import { type Environment, secrets } from './secret-files.ts'
import { variables } from './variables.ts'

export interface Misspelt {
  /** As it is set. */
  readonly name: string
  /** As it is probably meant; not set itself. */
  readonly meant: string
}

/** Names of so few letters are near to many a variable of other programs. */
const shortestName = 8
/** Near to one of ours, and right. */
const ofOthers = new Set(['HTTP_PROXY'])

/** Never a value. Names of other programs are left alone unless they are nearly one of ours. */
export function misspeltIn(environment: Environment): Misspelt[] {
  const known = [...Object.keys(variables), ...secrets.map((name) => `${name}_FILE`)]
  const isKnown = new Set(known)
  return Object.keys(environment).flatMap((name) => {
    if (isKnown.has(name) || ofOthers.has(name) || name.length < shortestName || !environment[name]) return []
    const meant = nearest(name, known)
    const isNear = meant !== undefined && Math.abs(meant.length - name.length) <= 2 && sharesAWord(name, meant)
    return isNear && !environment[meant] ? [{ name, meant }] : []
  })
}

/** At least one whole word of both is the same: `GONG_REQUEST_PER_DAY` and `GONG_REQUESTS_PER_DAY`. */
const sharesAWord = (name: string, meant: string): boolean => {
  const words = new Set(meant.split('_'))
  return name.split('_').some((word) => words.has(word))
}
