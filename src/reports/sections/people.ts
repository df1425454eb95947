// The table of people, for readers who may see them by name: sortable, in alphabetical order, never a ranking. People who are new, away or
// have too few calls are marked as such, not shown as low.
import { type Measured, noData } from '../../domain/measured.ts'
import type { Cell, TablePart } from '../../render/message.ts'
import { decimal, figure, missingShort, signed } from '../../render/text/numbers.ts'
import type { MeasureDefinition, PersonFigures } from '../../stats/figures/results.ts'
import { defineSection, type ReportContext } from '../section.ts'
import { nameOf } from '../wording/subject.ts'
import { figuresOf, seesNames } from '../wording/viewpoint.ts'

export const people = defineSection({
  id: 'people',
  title: 'People',
  async gather(context) {
    if (!seesNames(context)) return undefined
    const [figures, definitions] = await Promise.all([figuresOf(context), context.stats.measures()])
    if (figures?.type !== 'team' || figures.report.people.length === 0) return undefined
    return { people: figures.report.people, columns: columnsOf(definitions, figures.report.people) }
  },
  render({ people: rows, columns }, context) {
    const table: TablePart = {
      type: 'table',
      caption: 'People, by name; every column sorts',
      columns: [
        { title: 'Name', align: 'left' },
        { title: rows.some(({ callCount }) => callCount.basis === 'in-period') ? 'Calls in period' : 'Calls', align: 'right' },
        ...columns.flatMap((definition) => [
          { title: headingOf(definition), align: 'right' as const },
          ...(definition.column === 'figure-and-change'
            ? [{ title: definition.unit === 'share' ? 'Change, points' : 'Change', align: 'right' as const }]
            : []),
        ]),
        { title: 'Note', align: 'left' },
      ],
      rows: rows.map((row) => cellsOf(row, columns, context)),
    }
    return {
      // One reader who may see everybody looks here first; a channel's message stays short, and of an org it is the teams that are read.
      ...(context.audience.type === 'person' && context.subject.type === 'team' ? { parts: [table] } : { parts: [], thread: [table] }),
      shows: rows.map(({ person }) => person.id),
    }
  },
})

/** The unit stands once, in the heading, where the figure itself has none: `Questions a call`, `Interactivity of 10`. */
const headingOf = ({ label, unit, scaleEnd }: MeasureDefinition): string =>
  unit === 'per-call' ? `${label} a call` : scaleEnd === undefined ? label : `${label} of ${scaleEnd}`

/** The statistics with a column, where somebody has a figure. */
const columnsOf = (definitions: readonly MeasureDefinition[], rows: readonly PersonFigures[]): readonly MeasureDefinition[] =>
  definitions.filter(({ id, column }) => column !== undefined && rows.some(({ measures }) => measures.get(id)?.value.known))

function cellsOf(row: PersonFigures, columns: readonly MeasureDefinition[], context: ReportContext): Cell[] {
  const { locale } = context
  let lacksBefore = false
  const cells = columns.flatMap((definition): Cell[] => {
    const of = row.measures.get(definition.id)
    const value = cell(of?.value ?? noData(row.quiet ? 'no-calls' : 'not-given'), (known) => figure(known, definition.unit, locale))
    if (definition.column !== 'figure-and-change') return [value]
    const change = row.isNew ? noData('no-comparison') : (of?.change ?? noData('no-comparison'))
    lacksBefore ||= !change.known && change.why === 'no-comparison'
    return [value, cell(change, (known) => signed(known, definition.unit, locale))]
  })
  return [
    { type: 'text', text: nameOf(context, row.person) },
    cell(row.callCount.calls, (calls) => decimal(calls, locale)),
    ...cells,
    { type: 'text', text: noteOf(row, lacksBefore) },
  ]
}

const cell = (measured: Measured, shown: (value: number) => string, why?: string): Cell =>
  measured.known
    ? { type: 'number', value: Number(measured.value.toFixed(4)), shown: shown(measured.value) }
    : { type: 'empty', why: why ?? missingShort(measured.why) }

/** `lacksBefore`: a change is left out, and the note says why. */
const noteOf = ({ isNew, quiet, enoughCalls, callCount, isShort }: PersonFigures, lacksBefore: boolean): string => {
  if (quiet) return 'away'
  if (isNew) return 'new'
  if (!enoughCalls && callCount.calls.known && callCount.calls.value > 0) return 'few calls'
  if (isShort) return 'short week'
  return lacksBefore ? 'nothing before' : '–'
}
