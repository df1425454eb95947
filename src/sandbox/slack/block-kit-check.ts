// What every rule of Block Kit is written with: a list of problems with JSON pointers, and checks for texts, numbers and lists. Knows
// no block.

/** A refusal as Slack words it. `code` is the method's `error`; the rest goes into `response_metadata.messages`. */
export interface Problem {
  readonly code: 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long' | 'invalid_attachments' | 'invalid_arguments'
  readonly message: string
  /** JSON pointer into the call's arguments: `/blocks/0/text/text`. */
  readonly pointer: string
}

/** `[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]` */
export const problemText = ({ message, pointer }: Problem): string => `[ERROR] ${message} [json-pointer:${pointer}]`

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface Check {
  readonly problems: Problem[]
  add(pointer: string, message: string, code?: Problem['code']): void
  /** A text of 1 to `most` characters; missing is a problem unless `optional`. */
  text(value: unknown, pointer: string, most: number, optional?: boolean): void
  /** A list of `least` to `most` items; the items when it is one. */
  list(value: unknown, pointer: string, least: number, most: number): readonly unknown[]
  /** Only these fields. */
  only(fields: Fields, pointer: string, allowed: readonly string[]): void
  flag(value: unknown, pointer: string): void
  oneOf(value: unknown, pointer: string, allowed: readonly string[], optional?: boolean): void
  /** An id once within `taken`. */
  id(value: unknown, pointer: string, most: number, taken?: Set<string>): void
}

export function createCheck(): Check {
  const problems: Problem[] = []
  const add: Check['add'] = (pointer, message, code = 'invalid_blocks') => {
    problems.push({ code, message, pointer })
  }
  const text: Check['text'] = (value, pointer, most, optional = false) => {
    if (value === undefined && optional) return
    if (value === undefined) add(pointer, 'missing required field')
    else if (typeof value !== 'string') add(pointer, 'must be a string')
    else if (value.length < 1) add(pointer, 'must be more than 0 characters')
    else if (value.length > most) add(pointer, `must be less than ${most + 1} characters`)
    else if (!value.isWellFormed()) add(pointer, 'must be well-formed text')
  }
  return {
    problems,
    add,
    text,
    list(value, pointer, least, most) {
      if (!Array.isArray(value)) {
        add(pointer, value === undefined ? 'missing required field' : 'must be a list')
        return []
      }
      if (value.length < least) add(pointer, `must have at least ${least} items`)
      if (value.length > most) add(pointer, `no more than ${most} items allowed`)
      return value
    },
    only(fields, pointer, allowed) {
      for (const name of Object.keys(fields)) if (!allowed.includes(name)) add(`${pointer}/${name}`, `invalid additional property: ${name}`)
    },
    flag(value, pointer) {
      if (value !== undefined && typeof value !== 'boolean') add(pointer, 'must be true or false')
    },
    oneOf(value, pointer, allowed, optional = false) {
      if (value === undefined && optional) return
      if (typeof value !== 'string' || !allowed.includes(value)) add(pointer, `must be one of: ${allowed.join(', ')}`)
    },
    id(value, pointer, most, taken) {
      text(value, pointer, most)
      if (typeof value !== 'string' || !taken) return
      if (taken.has(value)) add(pointer, `must be unique: ${value}`)
      taken.add(value)
    },
  }
}
