// The first line about a group's conversations: what moved beyond the usual, how many people moved that way, to what. People before
// statistics; without names no heads are counted.
import type { Measured } from '../../domain/measured.ts'
import type { PersonId } from '../../domain/person.ts'
import { signedWithUnit } from '../../render/text/numbers.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import { biggestFirst, type News } from '../../stats/figures/news.ts'
import type { Moved } from '../../stats/figures/own-changes.ts'
import type { MeasureDefinition, TeamMeasure, TeamReport } from '../../stats/figures/results.ts'
import type { ReportContext } from '../section.ts'
import { betweenWords, inSentence, inUnit, movedWords, targetWords } from '../wording/measure.ts'
import { concludedBy } from '../wording/viewpoint.ts'

/** Most news in a message: the first is the message, the second its company. */
const most = 2

export interface TeamNews {
  readonly definition: MeasureDefinition
  readonly of: TeamMeasure
  readonly news: News
  readonly value: number
  readonly change: number
}

/** The news of a group, the biggest first. */
export const teamNewsOf = (report: TeamReport, definitions: readonly MeasureDefinition[]): readonly TeamNews[] =>
  biggestFirst(
    definitions.flatMap((definition): TeamNews[] => {
      const of = report.measures.get(definition.id)
      return of?.news && of.value.known && of.change.known
        ? [{ definition, of, news: of.news, value: of.value.value, change: of.change.value }]
        : []
    }),
  )

/** Those of the news that a message says. */
export const newsSaid = (news: readonly TeamNews[]): readonly TeamNews[] => news.slice(0, most)

/** One line for each piece of news; none in a usual week. */
export const teamNewsLines = (news: readonly TeamNews[], context: ReportContext): readonly Line[] =>
  newsSaid(news).map((each) => newsLine(each, context))

/**
 * Whose own movement the counts beside these figures give away: everybody's where all moved one way, and the others' where the reader, who knows
 * their own, is the only one who moved another.
 */
export function movedAsCounted(
  counted: readonly Pick<TeamNews, 'definition' | 'of'>[],
  { people }: TeamReport,
  { audience }: ReportContext,
): readonly PersonId[] {
  return counted.flatMap(({ definition, of }) => {
    const ways = people.map(({ person, measures }) => ({ id: person.id, way: wayOf(measures.get(definition.id)?.change) }))
    return concludedBy(audience, (isOwn) => {
      const own = ways.find(({ id }) => isOwn(id))?.way
      const [way, ...others] = (['up', 'down', 'unchanged'] as const).filter((each) => (of.moved?.[each] ?? 0) > (own === each ? 1 : 0))
      return way === undefined || others.length > 0 ? [] : ways.flatMap((each) => (each.way === way && !isOwn(each.id) ? [each.id] : []))
    })
  })
}

const wayOf = (change: Measured | undefined): keyof Moved | undefined =>
  change?.known ? (change.value > 0 ? 'up' : change.value < 0 ? 'down' : 'unchanged') : undefined

/** `**5 of 6 talked less: median −2 points, to 51 %**, within the target of 43–65 % (Gong 2025); usually 53–58 %.` */
function newsLine({ definition, of, news, value, change }: TeamNews, context: ReportContext): Line {
  const { locale } = context
  const by = signedWithUnit(change, definition.unit, locale)
  const to = inUnit(definition, value, locale)
  const head = of.moved
    ? `${whoMoved(of.moved, news.direction)} ${movedWords(definition, news.direction)}: median ${by}, to ${to}`
    : `${wholeGroup(of, context)} ${movedWords(definition, news.direction)}: median ${by}, to ${to}`
  const range = of.usualRange
  const target = of.target ? `, ${targetWords(definition, of.target, locale)}` : ''
  const usual = news.why === 'outside-usual' && range ? `; usually ${betweenWords(definition, range.low, range.high, locale)}` : ''
  return line(bold(head), target, usual, '.')
}

function whoMoved(moved: NonNullable<TeamMeasure['moved']>, direction: News['direction']): string {
  const all = moved.up + moved.down + moved.unchanged
  return moved[direction] === all ? `All ${all}` : `${moved[direction]} of ${all}`
}

/** Where no heads are counted the median speaks for the group. */
function wholeGroup({ didMostMove }: TeamMeasure, { subject, audience }: ReportContext): string {
  if (subject.type === 'company') return 'The company'
  if (subject.type !== 'team') return 'The org'
  if (!didMostMove) return 'The team'
  return audience.type === 'group' ? 'Most of us' : 'Most of the team'
}

/** `talk ratio 51 %, longest monologue 2:01`: the figures of a week without news. */
export const steadyWords = (
  definitions: readonly MeasureDefinition[],
  measures: ReadonlyMap<MeasureDefinition['id'], Pick<TeamMeasure, 'value'>>,
  locale: string,
): string =>
  steadyOf(definitions, measures)
    .map(({ definition, value }) => `${inSentence(definition.label)} ${inUnit(definition, value, locale)}`)
    .join(', ')

/** The measures those words give. */
export const steadyOf = <Of extends Pick<TeamMeasure, 'value'>>(
  definitions: readonly MeasureDefinition[],
  measures: ReadonlyMap<MeasureDefinition['id'], Of>,
): readonly { readonly definition: MeasureDefinition; readonly of: Of; readonly value: number }[] =>
  definitions
    .flatMap((definition) => {
      const of = measures.get(definition.id)
      return of?.value.known ? [{ definition, of, value: of.value.value }] : []
    })
    .slice(0, 2)
