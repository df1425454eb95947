// PEOPLE_FILE: the operator's list of people, laid over Gong's or used instead of it. Every problem is reported with its line. When the
// file breaks while the service runs, its last good version stays in force.
import { readFile } from 'node:fs/promises'
import { cleanText } from '../../domain/outside-text.ts'
import type { Person } from '../../domain/person.ts'
import { ConfigError, GongRefused } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { given } from '../wire/fields.ts'
import { CsvError, type CsvLine, readCsv } from './csv.ts'
import { emailList, type FetchPeople, nameOf } from './people.ts'

const columns = ['gong_user_id', 'email', 'first_name', 'last_name', 'title', 'manager_gong_user_id', 'active', 'slack_user_id'] as const
type Column = (typeof columns)[number]

/** A line of the file; an empty cell leaves what Gong says. */
export interface FilePerson {
  readonly id: string
  readonly email?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly title?: string
  readonly managerId?: string
  readonly active?: boolean
  readonly slackUserId?: string
}

/** @throws ConfigError with every problem of the file, each with its line. */
export function parsePeople(text: string): FilePerson[] {
  const problems: string[] = []
  const say = (line: number, problem: string) => problems.push(`PEOPLE_FILE line ${line}: ${problem}`)
  const lines = csvLines(text, say)
  const header = lines.shift()
  const order = header ? columnOrder(header, say) : []
  if (!header && problems.length === 0) say(1, `the first line must name the columns: ${columns.join(',')}`)
  const seen = new Map<string, number>()
  const people: FilePerson[] = []
  for (const line of problems.length > 0 ? [] : lines) {
    const person = parseLine(line, order, (problem) => say(line.line, problem))
    if (!person) continue
    const before = seen.get(person.id)
    if (before !== undefined) say(line.line, `gong_user_id is the same as on line ${before}`)
    seen.set(person.id, line.line)
    people.push(person)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return people
}

function csvLines(text: string, say: (line: number, problem: string) => void): CsvLine[] {
  try {
    return readCsv(text)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    say(error.line, error.message)
    return []
  }
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
  if (!/^\d{1,20}$/.test(id)) say('gong_user_id must be digits, up to 20')
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

/**
 * Reads Gong's people and lays the file over them; a key that may not read people (401, 403, 404) leaves the file alone.
 * @throws ConfigError at once when the file cannot be read or has problems.
 */
export async function withPeopleFile(path: string, fetchPeople: FetchPeople, log: Log): Promise<FetchPeople> {
  let file = parsePeople(await readText(path))
  return async (ask) => {
    try {
      file = parsePeople(await readText(path))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      log.error({ problems: error.problems }, 'PEOPLE_FILE has problems; its last good reading stays in force')
    }
    try {
      const answer = await fetchPeople(ask)
      return { ...answer, records: overlay(answer.records, file) }
    } catch (error) {
      if (!(error instanceof GongRefused) || (!error.missingScope && ![403, 404].includes(error.status))) throw error
      log.warn(
        { status: error.status, scope: error.missingScope, requestId: error.requestId },
        'Gong gives no people; PEOPLE_FILE stands alone',
      )
      return { records: overlay([], file), quarantined: [], requests: 1 }
    }
  }
}

/** UTF-8, or the UTF-16 that spreadsheets call "Unicode text". */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return bytes.toString('utf8')
}

async function readText(path: string): Promise<string> {
  try {
    return cleanText(decoded(await readFile(path)))
  } catch {
    throw new ConfigError(['PEOPLE_FILE names a file that cannot be read'])
  }
}
