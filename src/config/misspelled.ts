// Variables that are set but not known, where the name is near to one that is: a typing error would otherwise be silent.
import { nearest } from '../domain/nearest.ts'
import { type Environment, secrets } from './secret-files.ts'
import { variables } from './variables.ts'

export interface Misspelled {
  /** As it is set. */
  readonly name: string
  /** As it is probably meant; not set itself. */
  readonly meant: string
}

/** Names of so few letters are near to many a variable of other programs. */
const shortestName = 8
/** One letter too many, too few, wrong or swapped: then shorter names are near too. */
const shortestOneOff = 3
/** Near to one of ours, and right. */
const ofOthers = new Set(['APP_PORT', 'HTTP_PORT', 'TCP_PORT', 'UDP_PORT', 'HTTP_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'])

/** Never a value. Names of other programs are left alone unless they are nearly one of ours. */
export function misspelledIn(environment: Environment): Misspelled[] {
  const known = [...Object.keys(variables), ...secrets.map((name) => `${name}_FILE`)]
  const isKnown = new Set(known)
  const byLetters = new Map(known.map((name) => [lettersOf(name), name]))
  return Object.keys(environment).flatMap((name) => {
    if (isKnown.has(name) || ofOthers.has(name) || !environment[name]) return []
    const meant = byLetters.get(lettersOf(name)) ?? nearTo(name, known)
    return meant !== undefined && !environment[meant] ? [{ name, meant }] : []
  })
}

/** The same in small letters, with dashes or without any sign: `gong-api` and `GONGAPI` are `GONG_API`. */
const lettersOf = (name: string): string => name.toUpperCase().replace(/[^A-Z]/g, '')

function nearTo(name: string, known: readonly string[]): string | undefined {
  const oneOff = name.length >= shortestOneOff ? nearest(name, known, 1) : undefined
  if (oneOff !== undefined || name.length < shortestName) return oneOff
  const meant = nearest(name, known)
  return meant !== undefined && Math.abs(meant.length - name.length) <= 2 && sharesAWord(name, meant) ? meant : undefined
}

/** At least one whole word of both is the same: `GONG_REQUEST_PER_DAY` and `GONG_REQUESTS_PER_DAY`. */
const sharesAWord = (name: string, meant: string): boolean => {
  const words = new Set(meant.split('_'))
  return name.split('_').some((word) => words.has(word))
}
