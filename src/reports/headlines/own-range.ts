// Who is outside their own usual weeks, for those who may see names: the figure, and what is usual for that person. Never a ranking: first
// what the headline does not say, then by how far from their own usual; at most three.
import { cutList } from '../../domain/cut-list.ts'
import type { PersonId } from '../../domain/person.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import { biggestFirst, type News } from '../../stats/figures/news.ts'
import type { MeasureDefinition, PersonFigures, PersonMeasure, TeamReport } from '../../stats/figures/results.ts'
import type { ReportContext } from '../section.ts'
import { betweenWords, inSentence, inUnit } from '../wording/measure.ts'
import { namesAmong } from '../wording/subject.ts'

const most = 3

/** Of more people than one leads, a leader looks at teams. */
const mostPeople = 40

interface Outside {
  readonly row: PersonFigures
  readonly definition: MeasureDefinition
  readonly of: PersonMeasure
  readonly news: News
}

/** A line, and whose figures it gives by name. */
interface NamingLine {
  readonly line: Line
  readonly shows: readonly PersonId[]
}

/** `Unusual for **Ana** (longest monologue 1:55, usually 2:20–4:00) and …` Undefined when nobody is outside their own usual weeks. */
export function ownRangeLine(
  report: TeamReport,
  definitions: readonly MeasureDefinition[],
  context: ReportContext,
): NamingLine | undefined {
  if (report.people.length > mostPeople) return undefined
  const firstOf = (all: readonly Outside[]): readonly Outside[] =>
    biggestFirst(all).toSorted((a, b) => alreadySaid(a, report) - alreadySaid(b, report))
  const outside = report.people.flatMap((row): readonly Outside[] => {
    if (row.isNew || !row.enoughCalls) return []
    const all = definitions.flatMap((definition): Outside[] => {
      const of = row.measures.get(definition.id)
      return of?.news ? [{ row, definition, of, news: of.news }] : []
    })
    return firstOf(all).slice(0, 1)
  })
  if (outside.length === 0) return undefined
  const called = namesAmong(
    context,
    report.people.map(({ person }) => person),
  )
  const { shown, more } = cutList(firstOf(outside), most)
  const named = shown.flatMap((each, index) => [
    index === 0 ? '' : index === shown.length - 1 && more === 0 ? ' and ' : ', ',
    bold(called(each.row.person)),
    words(each, context.locale),
  ])
  return {
    line: line('Unusual for ', ...named, more > 0 ? ` and ${more} more.` : '.'),
    shows: shown.map(({ row }) => row.person.id),
  }
}

/** How much of it the headline says already: nothing of whoever went against the others, all of whoever went with them. */
function alreadySaid({ definition, news }: Outside, { measures }: TeamReport): 0 | 1 | 2 {
  const ofTeam = measures.get(definition.id)?.news
  if (!ofTeam) return 1
  return ofTeam.direction === news.direction ? 2 : 0
}

function words({ definition, of }: Outside, locale: string): string {
  const value = of.value.known ? inUnit(definition, of.value.value, locale) : ''
  const range = of.usualRange ? `, usually ${betweenWords(definition, of.usualRange.low, of.usualRange.high, locale)}` : ''
  return ` (${inSentence(definition.label)} ${value}${range})`
}
