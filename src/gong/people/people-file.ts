// PEOPLE_FILE: the operator's list of people, laid over Gong's or used instead of it. Every problem is reported with its line, and never with
// a value of the file. Knows no file: it is read by with-people-file.ts.
import type { Person } from '../../domain/person.ts'
import { ConfigError } from '../../errors.ts'
import { forEachYielding } from '../../yielding.ts'
import { given } from '../wire/fields.ts'
import { CsvError, type CsvLine, readCsv } from './csv.ts'
import { emailList, nameOf } from './people.ts'

const columns = ['gong_user_id', 'email', 'first_name', 'last_name', 'title', 'manager_gong_user_id', 'active', 'slack_user_id'] as const
type Column = (typeof columns)[number]

/** A line of the file; an empty cell leaves what Gong says. */
export interface FilePerson {
  readonly id: string
  readonly email?: string | undefined
  readonly firstName?: string
  readonly lastName?: string
  readonly title?: string | undefined
  readonly managerId?: string
  readonly active?: boolean
  readonly slackUserId?: string
}

/** The largest companies in Gong have a fifth as many people. */
const mostPeople = 50_000
/** Problems said one by one; of a file that is something else every line is one. */
const mostProblems = 50

/** Yields while it works: the file is read again at every refresh. @throws ConfigError with every problem of the file, each with its line. */
export async function parsePeople(text: string): Promise<FilePerson[]> {
  const problems: string[] = []
  let more = 0
  const say = (line: number, problem: string) => {
    if (problems.length <= mostProblems) problems.push(`PEOPLE_FILE line ${line}: ${problem}`)
    else more += 1
  }
  const seen = new Map<string, number>()
  const people: FilePerson[] = []
  let order: (Column | undefined)[] | undefined
  let isReadable = true
  const take = (line: CsvLine) => {
    if (order === undefined) {
      order = columnOrder(line, say)
      isReadable = problems.length === 0
      return
    }
    if (!isReadable) return
    const person = parseLine(line, order, (problem) => say(line.line, problem))
    if (!person) return
    const before = seen.get(person.id)
    if (before !== undefined) say(line.line, `gong_user_id is the same as on line ${before}`)
    seen.set(person.id, line.line)
    people.push(person)
    if (people.length > mostPeople) throw new CsvError(line.line, `more than ${mostPeople} people`)
  }
  try {
    await forEachYielding(readCsv(text), take)
    if (order === undefined) say(1, `the first line must name the columns: ${columns.join(',')}`)
    for (const line of roundedLines(seen)) say(line, roundedId)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    say(error.line, error.message)
  }
  // One beyond the most is kept, in case it is the last.
  if (more > 0) problems.splice(mostProblems, 1, `PEOPLE_FILE: ${more + 1} more problems`)
  if (problems.length > 0) throw new ConfigError(problems)
  return people
}

/** A spreadsheet keeps 15 digits of a number and writes zeros for the rest. */
const isRounded = (id: string): boolean => id.length >= 18 && /^0+$/.test(id.slice(15))

const roundedId =
  'gong_user_id ends in zeros: a spreadsheet has rounded it to 15 digits. Format the column as text before the ids are put in, and export again'

/** One id in a thousand ends in three zeros by itself, so a few among many are believed. */
function roundedLines(seen: ReadonlyMap<string, number>): readonly number[] {
  const long = [...seen.keys()].filter((id) => id.length >= 18)
  const rounded = long.filter(isRounded)
  return rounded.length > long.length / 5 ? rounded.flatMap((id) => seen.get(id) ?? []) : []
}

function columnOrder(header: CsvLine, say: (line: number, problem: string) => void): (Column | undefined)[] {
  const order = header.cells.map((cell) => columns.find((column) => column === cell.toLowerCase()))
  for (const [index, column] of order.entries())
    if (column === undefined) say(header.line, `column ${index + 1} is unknown; known are ${columns.join(', ')}`)
  if (!order.includes('gong_user_id')) say(header.line, 'the column gong_user_id is missing')
  if (new Set(order).size < order.length && !order.includes(undefined)) say(header.line, 'a column is named twice')
  return order
}

function parseLine(line: CsvLine, order: readonly (Column | undefined)[], say: (problem: string) => void): FilePerson | undefined {
  if (line.cells.length !== order.length) {
    say(`${line.cells.length} cells where the first line names ${order.length} columns`)
    return undefined
  }
  const cells = Object.fromEntries(order.map((column, index) => [column, line.cells[index] ?? ''])) as Partial<Record<Column, string>>
  const { gong_user_id: id = '', manager_gong_user_id: managerId = '', email = '', active = '', slack_user_id: slackUserId = '' } = cells
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(id))
    say("gong_user_id is a spreadsheet's short form of a number, like 1.2E+18: format the column as text and export again")
  else if (!/^\d{1,20}$/.test(id)) say('gong_user_id must be digits, up to 20')
  if (managerId && !/^\d{1,20}$/.test(managerId)) say('manager_gong_user_id must be digits, up to 20')
  if (managerId && managerId === id) say('manager_gong_user_id is the person itself')
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email)) say('email is no e-mail address')
  if (slackUserId && !/^[UW][A-Z0-9]{2,}$/.test(slackUserId)) say('slack_user_id must begin with U or W, for example U012AB3CD')
  if (active && !/^(true|false|yes|no|1|0)$/i.test(active)) say('active must be true or false')
  return given({
    id,
    email: email.toLowerCase() || undefined,
    firstName: cells.first_name || undefined,
    lastName: cells.last_name || undefined,
    title: cells.title || undefined,
    managerId: managerId || undefined,
    active: active ? /^(true|yes|1)$/i.test(active) : undefined,
    slackUserId: slackUserId || undefined,
  })
}

/** The file's people laid over Gong's: what a line gives wins, people only the file knows are added. */
export function overlay(people: readonly Person[], file: readonly FilePerson[]): Person[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  for (const line of file) {
    const known = byId.get(line.id)
    const emails = emailList(line.email, ...(known?.emails ?? []))
    const named = line.firstName !== undefined || line.lastName !== undefined
    byId.set(
      line.id,
      given({
        ...known,
        id: line.id,
        name: named || !known ? nameOf(line.firstName, line.lastName, emails, line.id) : known.name,
        emails,
        title: line.title ?? known?.title,
        managerId: line.managerId ?? known?.managerId,
        active: line.active ?? known?.active ?? true,
        slackUserId: line.slackUserId ?? known?.slackUserId,
      }),
    )
  }
  return [...byId.values()]
}
