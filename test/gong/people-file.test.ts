// PEOPLE_FILE: what its lines mean, and what is said about lines that mean nothing.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { brokenPeopleFile } from '../../src/domain/broken-people-file.ts'
import { ConfigError, GongRefused } from '../../src/errors.ts'
import { readCsv } from '../../src/gong/people/csv.ts'
import { overlay, parsePeople } from '../../src/gong/people/people-file.ts'
import { type PeopleFileDeps, withPeopleFile } from '../../src/gong/people/with-people-file.ts'
import { fakeLog, fakeMemory, now } from './fakes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'people-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const deps = (given: Partial<PeopleFileDeps> = {}): PeopleFileDeps => ({
  log: fakeLog().log,
  clock: movableClock(now),
  memory: fakeMemory(),
  ...given,
})

const header = 'gong_user_id,email,first_name,last_name,manager_gong_user_id,active,slack_user_id'

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parsePeople(text)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

it('reads every column; empty cells say nothing', async () => {
  expect(await parsePeople(`\uFEFF${header}\r\n1,Ana@X.example,"Li, Ana","O""Neil",9,no,U012AB\r\n\r\n2,,,,,,\r\n`)).toEqual([
    { id: '1', email: 'ana@x.example', firstName: 'Li, Ana', lastName: 'O"Neil', managerId: '9', active: false, slackUserId: 'U012AB' },
    { id: '2' },
  ])
})

it.each([
  ['semicolons', ';', ''],
  ['tabs', '\t', ''],
  ['a line that names them', ';', 'sep=;\r\n'],
  ['a byte-order mark before such a line', '|', '\uFEFFsep=|\n'],
])('reads what a spreadsheet writes with %s, and leaves empty rows out', async (_how, sign, before) => {
  const rows = [
    ['gong_user_id', 'email', 'first_name'],
    ['1', 'ana@x.example', '"Li, Ana"'],
    ['', '', ''],
    ['2', '', ''],
  ]
  const text = `${before}${rows.map((row) => row.join(sign)).join('\r\n')}\r\n`
  expect(await parsePeople(text)).toEqual([{ id: '1', email: 'ana@x.example', firstName: 'Li, Ana' }, { id: '2' }])
  // Lines are counted as an editor shows them.
  const at = before === '' ? 5 : 6
  expect(await problemsOf(`${text}x${sign}${sign}`)).toEqual([`PEOPLE_FILE line ${at}: gong_user_id must be digits, up to 20`])
})

it('says of ids a spreadsheet has rounded on which lines they are, and what to do', async () => {
  const problems = await problemsOf('gong_user_id\n413440499764841000\n413440499764842999\n4.13440499764841E+17\n')
  expect(problems.map((problem) => problem.slice(0, 60))).toEqual([
    "PEOPLE_FILE line 4: gong_user_id is a spreadsheet's short form".slice(0, 60),
    'PEOPLE_FILE line 2: gong_user_id ends in zeros: a spreadsheet has'.slice(0, 60),
  ])
  // By themselves one in a thousand ends so.
  const many = Array.from({ length: 20 }, (_, index) => `4134404997648410${String(11 + index)}`)
  expect(await problemsOf(['gong_user_id', ...many, '413440499764841000'].join('\n'))).toEqual([])
})

it('columns may come in any order, and only the id is needed', async () => {
  expect(await parsePeople('active,gong_user_id\ntrue,12345678901234567890')).toEqual([{ id: '12345678901234567890', active: true }])
})

it('tells every problem with its line', async () => {
  const text = `${header}\nx,,,,,,\n2,nobody,,,2,maybe,bob\n3,,,\n2,,,,,,\n"line\nbreak",,,,y,,\n`
  expect(await problemsOf(text)).toEqual([
    'PEOPLE_FILE line 2: gong_user_id must be digits, up to 20',
    'PEOPLE_FILE line 3: manager_gong_user_id is the person itself',
    'PEOPLE_FILE line 3: email is no e-mail address',
    'PEOPLE_FILE line 3: slack_user_id must begin with U or W, for example U012AB3CD',
    'PEOPLE_FILE line 3: active must be true or false',
    'PEOPLE_FILE line 4: 4 cells where the first line names 7 columns',
    'PEOPLE_FILE line 5: gong_user_id is the same as on line 3',
    'PEOPLE_FILE line 6: gong_user_id must be digits, up to 20',
    'PEOPLE_FILE line 6: manager_gong_user_id must be digits, up to 20',
  ])
})

it.each([
  ['', 'PEOPLE_FILE line 1: the first line must name the columns'],
  ['email\na@x', 'PEOPLE_FILE line 1: the column gong_user_id is missing'],
  ['gong_user_id,salary\n1,2', 'PEOPLE_FILE line 1: column 2 is unknown'],
  ['gong_user_id,email,email\n1,,', 'PEOPLE_FILE line 1: a column is named twice'],
  ['gong_user_id,email\n1,"open', 'PEOPLE_FILE line 2: a quote is not closed'],
  ['gong_user_id,email\n1,a"b', 'PEOPLE_FILE line 2: a quote is not closed, or text stands beside one'],
])('%j is refused: %s', async (text, problem) => {
  expect((await problemsOf(text))[0]).toContain(problem)
})

it('counts lines as an editor does, through line ends inside quotes', () => {
  expect([...readCsv('a\n"b\r\nc"\nd,')].map(({ line, cells }) => [line, cells])).toEqual([
    [1, ['a']],
    [2, ['b\r\nc']],
    [4, ['d', '']],
  ])
})

it('lays the file over what Gong says and adds people only it knows', async () => {
  const gong = [{ id: '1', name: 'Ana Li', emails: ['ana@x.example'], title: 'AE', managerId: '9', active: true }]
  const file = await parsePeople(`${header}\n1,al@x.example,,,8,,U1A\n5,,Eve,,1,,`)
  expect(overlay(gong, file)).toEqual([
    { id: '1', name: 'Ana Li', emails: ['al@x.example', 'ana@x.example'], title: 'AE', managerId: '8', active: true, slackUserId: 'U1A' },
    { id: '5', name: 'Eve', emails: [], managerId: '1', active: true },
  ])
})

const ask = { purpose: 'background' } as const

function write(text: string): string {
  const path = join(folder, 'people.csv')
  writeFileSync(path, text)
  return path
}

it('stands alone when the key may not read people, and only then', async () => {
  const path = write('gong_user_id,email\n1,a@x.example')
  const refusing = (status: number, missingScope?: string) => () =>
    Promise.reject(new GongRefused({ endpoint: 'GET /users', status, errors: [], missingScope }))
  for (const reading of [refusing(401, 'api:users:read'), refusing(403)]) {
    const people = await withPeopleFile(path, reading, deps())
    expect((await people.fetchPeople(ask)).records).toEqual([{ id: '1', name: 'a@x.example', emails: ['a@x.example'], active: true }])
  }
  const people = await withPeopleFile(path, refusing(401), deps())
  await expect(people.fetchPeople(ask)).rejects.toThrow(GongRefused)
})

it('refuses a bad file at the start; a file that breaks later leaves the last good one in force', async () => {
  const gong = async () => ({ records: [], quarantined: [], requests: 1 })
  await expect(withPeopleFile(join(folder, 'none.csv'), gong, deps())).rejects.toThrow('cannot be read')
  const path = write('gong_user_id\n1')
  const { log, lines } = fakeLog()
  const { fetchPeople } = await withPeopleFile(path, gong, deps({ log }))
  write('gong_user_id\n1\n2')
  expect((await fetchPeople(ask)).records).toHaveLength(2)
  write('gong_user_id\n1\nx')
  expect((await fetchPeople(ask)).records).toHaveLength(2)
  expect(lines.at(-1)).toMatchObject({ problems: ['PEOPLE_FILE line 3: gong_user_id must be digits, up to 20'] })
})

describe('a file that is broken while people are stored', () => {
  const gong = async () => ({ records: [], quarantined: [], requests: 1 })
  const arePeopleStored = async () => true

  it('is remembered with its first line and since when, until it is good; each new version is to be fetched with', async () => {
    const clock = movableClock(now)
    const all = deps({ clock, arePeopleStored })
    const path = write('gong_user_id\n1')
    const { peopleFile, fetchPeople } = await withPeopleFile(path, gong, all)
    const first = await peopleFile.look()
    expect([first, await brokenPeopleFile(all.memory)]).toEqual([expect.any(String), undefined])
    write('gong_user_id\n1\nx\ny')
    expect(await peopleFile.look()).toBe(first)
    const firstProblem = 'PEOPLE_FILE line 3: gong_user_id must be digits, up to 20'
    expect(await brokenPeopleFile(all.memory)).toEqual({ since: now, problems: 2, firstProblem })
    clock.moveTo(new Date(now.getTime() + 3_600_000))
    rmSync(path)
    expect(await peopleFile.look()).toBe(first)
    const cannotBeRead = { since: now, problems: 1, firstProblem: 'PEOPLE_FILE names a file that cannot be read' }
    expect(await brokenPeopleFile(all.memory)).toEqual(cannotBeRead)
    // As it was.
    write('gong_user_id\n1')
    expect([await peopleFile.look(), await brokenPeopleFile(all.memory)]).toEqual([first, undefined])
    write('gong_user_id\n1\n2')
    const second = await peopleFile.look()
    expect(second).not.toBe(first)
    expect(peopleFile.fetchedWith()).toBeUndefined()
    expect((await fetchPeople(ask)).records).toHaveLength(2)
    expect(peopleFile.fetchedWith()).toBe(second)
  })

  it('stops no start, and lets nobody be fetched without it; a good one is to be fetched with at once, also after another start', async () => {
    const path = write('gong_user_id\n1\nx')
    const all = deps({ arePeopleStored })
    const { peopleFile, fetchPeople } = await withPeopleFile(path, gong, all)
    expect(await peopleFile.look()).toBeUndefined()
    await expect(fetchPeople(ask)).rejects.toThrow('PEOPLE_FILE line 3')
    write('gong_user_id\n1\n2')
    const again = await withPeopleFile(path, gong, all)
    const looks = [await peopleFile.look(), await again.peopleFile.look()]
    expect(looks).toEqual([expect.any(String), looks[0]])
    expect(await brokenPeopleFile(all.memory)).toBeUndefined()
  })
})

describe('the bounds of the file', () => {
  const lines = (count: number) => `gong_user_id\n${Array.from({ length: count }, (_, index) => index + 1).join('\n')}`
  const refusal = (path: string) =>
    withPeopleFile(path, async () => ({ records: [], quarantined: [], requests: 1 }), deps()).then(
      () => undefined,
      (error: ConfigError) => error.problems,
    )

  it('takes 50,000 people, and other things go on meanwhile', async () => {
    let turns = 0
    const count = setInterval(() => (turns += 1), 0)
    expect(await parsePeople(lines(50_000))).toHaveLength(50_000)
    clearInterval(count)
    expect(turns).toBeGreaterThan(5)
  })

  it('refuses one person more, with the line', async () => {
    expect(await problemsOf(lines(50_001))).toEqual(['PEOPLE_FILE line 50002: more than 50000 people'])
  })

  it('says fifty problems one by one and how many more there are', async () => {
    const problems = await problemsOf(`gong_user_id\n${'x\n'.repeat(1000)}`)
    expect(problems).toHaveLength(51)
    expect(problems.at(-1)).toBe('PEOPLE_FILE: 1949 more problems')
  })

  it('refuses a file of more than 8 MiB and a device without end, in words', async () => {
    const tooLong = ['PEOPLE_FILE names a file that is longer than 8388608 bytes']
    expect(await refusal(write(`gong_user_id\n${' '.repeat(8 * 1024 * 1024)}`))).toEqual(tooLong)
    if (existsSync('/dev/zero')) expect(await refusal('/dev/zero')).toEqual(tooLong)
  })

  it('refuses one cell that fills the file, open or closed, by its line', async () => {
    const cell = 'a""'.repeat(2_000_000)
    expect(await problemsOf(`gong_user_id\n"${cell}`)).toEqual(['PEOPLE_FILE line 2: a quote is not closed, or text stands beside one'])
    expect(await problemsOf(`gong_user_id\n"${cell}"`)).toEqual(['PEOPLE_FILE line 2: a cell is longer than 10000 characters'])
  })
})
