// What the live service's operations have in common: dates of the company's zone instead of instants, a person named beside the figures,
// and a list that answers 404 when it is empty.
import { type LocalDate, localDateOf, startOfLocalDate } from '../../../domain/period.ts'
import type { Range } from '../figures.ts'
import { type Answer, filterOf, idList, type Question, Refusal, type World } from '../operation.ts'

/** Dates of the company's zone; `to` not beyond today. @throws Refusal */
export function dates({ body, nowMs }: Question, { book: { zone } }: World, names: readonly [string, string]): Range {
  const filter = filterOf(body)
  const [from, to] = names.map((name) => {
    const value = filter[name]
    if ('fromDateTime' in filter || 'toDateTime' in filter) throw new Refusal(400, `filter.${names[0]}: must not be null`)
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value)))
      throw new Refusal(400, `filter.${name}: must be a date, YYYY-MM-DD`)
    return value
  }) as [LocalDate, LocalDate]
  if (from >= to) throw new Refusal(400, `filter.${names[0]}: must be before ${names[1]}`)
  if (to > localDateOf(new Date(nowMs), zone)) throw new Refusal(400, `filter.${names[1]}: must not be later than today`)
  return { fromMs: startOfLocalDate(from, zone).getTime(), toMs: startOfLocalDate(to, zone).getTime() }
}

/** Range and people of the statistics that name them alike. */
export const usual = (question: Question, world: World) => ({
  ...dates(question, world, ['fromDate', 'toDate']),
  nowMs: question.nowMs,
  personIds: idList(filterOf(question.body), 'userIds'),
})

export const list = (world: World, listKey: string, rows: readonly unknown[], what: string): Answer => ({
  listKey,
  rows,
  paged: true,
  emptyIs404: `No ${what} found corresponding to the provided filters`,
  extra: { timeZone: world.book.zone },
})

export const who = (world: World, index: number) => {
  const person = world.book.company.people[index]
  return { userId: person?.id, userEmailAddress: person?.email }
}
