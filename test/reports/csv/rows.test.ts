// The rows of a CSV: what a file without names gives away is what the message shows, and no decimal more.
import { describe, expect, it } from 'vitest'
import { known } from '../../../src/domain/measured.ts'
import { personRows, scorecardRows, teamRows } from '../../../src/reports/csv/rows.ts'
import { csvText } from '../../../src/reports/csv/text.ts'
import {
  ana,
  average,
  card,
  definitions,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  teamMeasure,
  teamReport,
} from '../../kit/report-fixtures.ts'

const measuresOf = (...list: ReturnType<typeof teamMeasure>[]) => new Map(list.map((one) => [one.id, one]))

describe('a CSV without names', () => {
  const exact = measuresOf(
    teamMeasure('talk-ratio', known(0.44095), known(0.51283)),
    teamMeasure('longest-monologue', known(171.4), known(9.87)),
    teamMeasure('interactivity', known(6.1499), known(6)),
    teamMeasure('question-rate', known(13.26), known(9.78)),
  )

  it('rounds a team’s figures as the message writes them', () => {
    const rows = teamRows(teamReport({ measures: exact }), definitions(), 'medians')
    const figures = new Map(rows.slice(1).map(([title, value, before]) => [title, [value, before]]))
    // 44 % and 51 %, 2:51 and 9.9 s, 6.1 and 6.0, 13 and 9.8.
    expect(figures.get('Talk ratio (share 0-1)')).toEqual([0.44, 0.51])
    expect(figures.get('Longest monologue (seconds)')).toEqual([171, 9.9])
    expect(figures.get('Interactivity score (score)')).toEqual([6.1, 6])
    expect(figures.get('Questions (per call)')).toEqual([13, 9.8])
  })

  it('rounds the team’s median beside a person’s own figures, which stay exact', () => {
    const figures = personFigures(ana, { measures: new Map([['talk-ratio', personMeasure('talk-ratio', known(0.48321))]]) })
    const [, row] = personRows(personReport({ figures, team: exact }), definitions())
    expect([row?.[2], row?.[5]]).toEqual([0.48321, 0.44])
  })

  it('says how many people a median is of, and not how many added to a sum', () => {
    const team = measuresOf(teamMeasure('talk-ratio', known(0.44), known(0.5), 6), teamMeasure('calls-hosted', known(20), known(21), 5))
    const counts = ([titles, ...rows]: ReturnType<typeof teamRows>, title: string) => {
      const cell = (row: (typeof rows)[number], of: string) => row[titles?.indexOf(of) ?? -1]
      const found = new Map(rows.map((row) => [cell(row, 'statistic'), row]))
      return ['Talk ratio (share 0-1)', 'Calls hosted (count)'].map((label) => cell(found.get(label) ?? [], title))
    }
    expect(counts(teamRows(teamReport({ measures: team }), definitions(), 'medians'), 'people')).toEqual([6, undefined])
    expect(counts(personRows(personReport({ team }), definitions()), 'people in median')).toEqual([6, undefined])
  })

  it('rounds averages of scorecards and of their questions', () => {
    // 27 ÷ 7 = 3.857142…
    const exactly = average(27 / 7, 25 / 7)
    const cards = [card({ average: exactly, questions: [{ questionId: 'q1', text: 'Pain confirmed', average: exactly }] })]
    const averages = (minimumPeople: number) =>
      scorecardRows(scorecardReport({ cards, minimumPeople }))
        .slice(1)
        .map((row) => [row[3], row[4]])
    expect(averages(5)).toEqual([
      [3.9, 3.6],
      [3.9, 3.6],
    ])
    // By name they are exact.
    expect(averages(0)[0]).toEqual([27 / 7, 25 / 7])
  })
})

it('no text becomes a formula, where cells are separated by semicolons, tabs or bars either', () => {
  for (const text of ['=1+1', ' @SUM(A1)', 'Pain;=HYPERLINK("https://x")', 'Next\t+1', 'a; -2', 'b|＝3']) {
    const file = csvText([['Discovery', 'human', text]])
    for (const cell of file.split(/[,;\t|]/)) expect(cell.replaceAll('"', '').trim()).not.toMatch(/^[=+\-@＝＋－＠]/)
  }
  // A long run of separators is passed once.
  expect(csvText([[`A${'\t'.repeat(100_000)}=1`]])).toContain(`\t'=1`)
  // What only looks like one stays as it is.
  expect(csvText([['Q3; plan - next']])).toContain('"Q3; plan - next"')
})

it('no row begins a formula where a text has line breaks and the reader separates by another sign', () => {
  const texts = ['Was it?\n=1+1;x', 'Was it?\r\n =HYPERLINK("http://x";"open")', 'a\r-2+3', 'a\n"@SUM(A1)', 'a\u2028=1', 'a\v\f=1']
  for (const separator of [',', ';'] as const)
    for (const text of texts) {
      const rows = csvText([['Discovery', text]], separator).split(/[\r\n\v\f\u0085\u2028\u2029]/)
      for (const row of rows) expect(row.replaceAll('"', '').trim()).not.toMatch(/^[=+\-@＝＋－＠]/)
    }
  // A line break is kept, and what stands after it too.
  expect(csvText([['How was it?\r\n=1+1']])).toContain("How was it?\r\n'=1+1")
})

it('a comma begins a formula only where the file separates by semicolons', () => {
  expect(csvText([['Yes, =1+1']], ';')).toContain("Yes,' =1+1")
  expect(csvText([['Yes, -1 is fine']], ',')).toContain('Yes, -1 is fine')
})
