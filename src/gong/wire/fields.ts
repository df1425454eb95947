// Schemas for the fields of Gong's answers, strict about those we use: ids stay text, counts are whole and not negative, null means
// not given.
import { z } from 'zod'
import { cutText } from '../../domain/outside-text.ts'

/** An id of up to 20 digits, also where Gong sends a number; compared as text. */
const idText = /^\d{1,20}$/

export const id = z.union([z.string().regex(idText), z.int().nonnegative().transform(String)])

/** An id that may be missing; "-1" stands for nobody, and anything else that is no id is dropped. */
export const optionalId = id
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined)

/** A number of calls; undefined when not given. */
export const count = z
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? undefined)

/** A measure that cannot be negative; undefined when not given. */
export const measure = z
  .number()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? undefined)

export const anyNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined)

/** The most code units kept of a text. */
export const textAtMost = 2000

/** A number that may be missing; of another type it is dropped. */
export const oddNumber = z
  .number()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined)

/** Text written by people, cut at 2,000 code units between two characters; empty, or of another type, is undefined. */
export const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => (value ? cutText(value, textAtMost) : undefined))

/** A flag that may be missing; also as the text "true" or "false". Anything else is dropped. */
export const flag = z
  .union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })])
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined)

/** A list that may be missing. Entries that do not fit are dropped: one odd answer never takes the whole card with it. */
export const listOf = <Schema extends z.ZodType>(entry: Schema) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(undefined)
    .transform((entries): readonly z.output<Schema>[] =>
      (entries ?? []).flatMap((each) => {
        const result = entry.safeParse(each)
        return result.success ? [result.data] : []
      }),
    )

export const localDate = z.iso.date()

export const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value))

/** The id in a raw record, when it is one: what `id` takes, without a schema's cost, because every record is asked. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return idText.test(value) ? value : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined
}

/** The object without its undefined fields, so that "not given" is an absent field. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Partial<T> = {}
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] !== undefined) kept[key] = fields[key]
  return kept as { [K in keyof T]: Exclude<T[K], undefined> }
}
