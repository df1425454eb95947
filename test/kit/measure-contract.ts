// What every statistic keeps to, in every unit and every place that shows figures: it is written as its unit is written, and as
// nothing else. Reports hold this one statistic alone, so whatever figure they show is its figure.
import { describe, expect, it } from 'vitest'
import { known } from '../../src/domain/measured.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { figure } from '../../src/render/text/numbers.ts'
import { personRows, teamRows } from '../../src/reports/csv/rows.ts'
import { oneOnOne } from '../../src/reports/one-on-one/one-on-one.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { everySection } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import type { MeasureDefinition, PersonReport, TeamReport } from '../../src/stats/figures/results.ts'
import type { MeasureUnit } from '../../src/stats/measures/measure.ts'
import {
  type Answers,
  ana,
  fakeStats,
  inChannel,
  maria,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  teamMeasure,
  teamReport,
  toAna,
  toReader,
  trendOf,
} from './report-fixtures.ts'

/** A figure, what it was and what is usual; no other unit writes any of them as its own does. */
const figures: Readonly<Record<MeasureUnit, readonly [now: number, before: number, usual: number]>> = {
  share: [0.4137, 0.5237, 0.5337],
  seconds: [171, 233, 241],
  score: [6.14, 7.36, 7.42],
  'per-call': [3.24, 8.33, 8.42],
  count: [54, 81, 82],
  none: [7.31, 9.44, 9.52],
}

interface Place {
  readonly name: string
  /** A team's figure, which not every statistic has. */
  readonly ofTeam: boolean
  readonly read: (context: (more: Answers) => Answers, definition: MeasureDefinition) => Promise<string>
}

const read = async (context: ReportContext): Promise<string> => asRead((await composeReport(context, everySection())).message)

const places: readonly Place[] = [
  { name: 'a channel', ofTeam: true, read: async (answers) => read(inChannel(answers({}))) },
  { name: 'a manager', ofTeam: true, read: async (answers) => read(toReader(answers({}))) },
  { name: 'the company', ofTeam: true, read: async (answers) => read(toReader(answers({}), { subject: { type: 'company' } })) },
  { name: 'the person', ofTeam: false, read: async (answers) => read(toAna(answers({}))) },
  {
    name: 'the 1:1',
    ofTeam: false,
    read: async (answers) =>
      asRead((await oneOnOne(ana.id, maria.id, toReader(answers({}), { subject: { type: 'person', personId: ana.id } }))).message),
  },
]

/** A definition as the contracts could give it: the same statistic in another unit. Only counts add up. */
const inUnit = (definition: MeasureDefinition, unit: MeasureUnit): MeasureDefinition => ({
  ...definition,
  unit,
  ofTeam: unit === 'count' ? definition.ofTeam : definition.ofTeam === 'none' ? 'none' : 'median',
})

function reportsOf({ id, unit }: MeasureDefinition): { readonly person: PersonReport; readonly team: TeamReport } {
  const [now, before, usual] = figures[unit]
  const trend = new Map([[id, trendOf([usual, usual, usual, usual, before, before, before, now])]])
  const person = personFigures(ana, { measures: new Map([[id, personMeasure(id, known(now), known(before), known(usual))]]) })
  const common = { trend, daily: [] }
  return {
    person: personReport({ ...common, figures: person, team: new Map() }),
    team: teamReport({ ...common, measures: new Map([[id, teamMeasure(id, known(now), known(before))]]), people: [person] }),
  }
}

const cards = scorecardReport({ answered: 0, answeredBefore: 0, cards: [], peopleReviewed: 0 })

/** The same figures as another unit would write them, where that is different. */
const wrongForms = (unit: MeasureUnit): readonly string[] => {
  const right = new Set((Object.keys(figures) as MeasureUnit[]).flatMap((each) => (each === unit ? forms(unit, unit) : [])))
  return (Object.keys(figures) as MeasureUnit[])
    .flatMap((each) => (each === unit ? [] : forms(unit, each)))
    .filter((form) => !right.has(form) && ![...right].some((shown) => shown.startsWith(`${form} `)))
}

const forms = (of: MeasureUnit, writtenAs: MeasureUnit): readonly string[] => figures[of].map((value) => figure(value, writtenAs, 'en-GB'))

const standsIn = (text: string, form: string): boolean => new RegExp(`(?<![\\d.,:−–])${RegExp.escape(form)}(?![\\d.,:]*\\d)`).test(text)

export function measureContract(definition: MeasureDefinition): void {
  describe(`the statistic ${definition.id}`, () => {
    const units = Object.keys(figures) as MeasureUnit[]
    it.each(units.flatMap((unit) => places.map((place) => ({ unit, place, where: place.name }))))(
      'is written as $unit to $where, and as nothing else',
      async ({ unit, place }) => {
        const shown = inUnit(definition, unit)
        const { person, team } = reportsOf(shown)
        const answers = (more: Answers): Answers => ({ person, team, scorecards: cards, definitions: [shown], ...more })
        const text = await place.read(answers, shown)
        const isExpected = place.name !== 'the 1:1' && (place.ofTeam ? shown.ofTeam !== 'none' : true)
        if (isExpected) expect(text).toContain(figure(figures[unit][0], unit, 'en-GB'))
        expect(wrongForms(unit).filter((form) => standsIn(text, form))).toEqual([])
        expect(text).not.toMatch(/NaN|undefined|\[object/)
      },
    )

    it.each(units)('stands in a CSV as %s, under a heading that says so', async (unit) => {
      const shown = inUnit(definition, unit)
      const { person, team } = reportsOf(shown)
      const definitions = await fakeStats({ definitions: [shown] }).measures()
      const heading = { share: 'share 0-1', seconds: 'seconds', score: 'score', 'per-call': 'per call', count: 'count', none: '' }[unit]
      const title = heading === '' ? shown.label : `${shown.label} (${heading})`
      expect(personRows(person, definitions)[1]?.slice(1, 3)).toEqual([title, figures[unit][0]])
      const [titles, row] = teamRows(team, definitions, 'by-name')
      expect(row?.[titles?.indexOf(title) ?? -1]).toBe(figures[unit][0])
    })
  })
}
