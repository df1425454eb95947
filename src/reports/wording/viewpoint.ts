// Who reads a report, and so what a section may ask of the statistics. A group gets no names unless they were switched on, and never a
// person's own figures. Nothing here can widen what the policy allowed.
import type { Reader } from '../../domain/onlookers.ts'
import type { PersonId } from '../../domain/person.ts'
import { isThemself, type Subject, selfOf } from '../../domain/policy.ts'
import type { Contributors, PersonReport, TeamMeasure, TeamReport } from '../../stats/figures/results.ts'
import type { CardsViewer } from '../../stats/results.ts'
import type { ScoreAverage, ScorecardReport } from '../../stats/scorecards/results.ts'
import type { ReportContext } from '../section.ts'

/** People may be shown by name. */
export const seesNames = ({ audience, detail }: ReportContext): boolean =>
  detail === 'by-name' && (audience.type === 'person' || audience.byName)

/** Who reads it, where somebody in particular does. */
export const readerOf = ({ audience }: Pick<ReportContext, 'audience'>): Reader | undefined =>
  audience.type === 'person' ? audience.viewer : audience.onlookers

/** Beside whom a figure without names must rest on enough others. */
export const besidesWords = ({ audience }: Pick<ReportContext, 'audience'>): string =>
  audience.type === 'person' ? ' besides those you see by name' : ' besides those whom any one reader sees by name'

/** The same of scorecards. Who filled a channel's is nobody's to know, so it is always said there. */
export function besidesCardsWords(
  { seesSome, filledSome }: Pick<ScorecardReport, 'seesSome' | 'filledSome'>,
  context: Pick<ReportContext, 'audience'>,
): string {
  if (context.audience.type === 'group') return ` besides those any one reader ${seesSome ? 'sees by name or filled' : 'filled'}`
  if (!filledSome) return seesSome ? besidesWords(context) : ''
  return ` besides those you ${seesSome ? 'see by name or filled' : 'filled'}`
}

/** The reader is the person the report is about. */
export const isOwn = ({ audience, subject }: ReportContext): boolean =>
  audience.type === 'person' && subject.type === 'person' && audience.viewer.person?.id === subject.personId

/** The reader coaches the people the report is about. */
export const isCoach = ({ audience, subject }: ReportContext): boolean =>
  audience.type === 'person' && subject.type === 'team' && audience.viewer.person?.id === subject.managerId

/** The person a personal report is about; undefined for reports about groups and reports read by groups. */
export const personOf = (context: ReportContext): PersonId | undefined =>
  context.subject.type === 'person' && context.audience.type === 'person' && context.detail === 'by-name'
    ? context.subject.personId
    : undefined

export type FiguresReport =
  | { readonly type: 'person'; readonly report: PersonReport }
  | { readonly type: 'team'; readonly report: TeamReport }

/** The figures the report is about; undefined where they may not be shown. */
export async function figuresOf(context: ReportContext): Promise<FiguresReport | undefined> {
  const personId = personOf(context)
  if (personId !== undefined) return { type: 'person', report: await context.stats.person(personId, context.period, readerOf(context)) }
  if (context.subject.type === 'person') return undefined
  return { type: 'team', report: await teamOf(context, context.subject) }
}

/** The group's figures as this reader, or this channel, may see them. */
export const teamOf = (context: ReportContext, subject: Subject): Promise<TeamReport> =>
  seesNames(context)
    ? context.stats.team(subject, context.period, 'by-name')
    : context.stats.team(subject, context.period, 'medians', readerOf(context))

/** How the reader sees scorecards. Channels get averages, even where names are shown: answers stay between people. */
export function cardViewpoint(context: ReportContext): CardsViewer {
  const { audience, detail } = context
  if (audience.type === 'group' || detail === 'medians') return { type: 'group', reader: readerOf(context) }
  return { type: 'person', isAbove: !isOwn(context), ...selfOf(audience.viewer) }
}

/**
 * A group figure that rests on one person is that person's own, whatever it is called. Whose own figures a message gives so, `figures` being
 * those in the figures it prints, each by itself; none without names. The reader knows their own.
 */
export const soleContributors = (
  figures: readonly (Contributors | undefined)[],
  { audience }: Pick<ReportContext, 'audience'>,
): readonly PersonId[] =>
  concludedBy(audience, (isOwn) => {
    const others = figures.map((of = []) => of.filter((id) => !isOwn(id)))
    return [...new Set(others.flatMap((of) => (of.length === 1 ? of : [])))]
  })

/** Of a measure as it is written: its value, and what is known beside it. */
export const contributorsIn = (
  { of, ...measure }: TeamMeasure,
  ...beside: readonly ('before' | 'change')[]
): readonly (Contributors | undefined)[] => (['value', ...beside] as const).map((part) => (measure[part].known ? of?.[part] : undefined))

/** Of a score as it is written: with the one before where there is one. */
export const reviewedIn = ({ value, before, of }: ScoreAverage): readonly (Contributors | undefined)[] =>
  value.known ? [of?.value, before.known ? of?.before : undefined] : []

/** Of a count of cards and the one before. */
export const reviewedCounted = ({
  of,
  answeredBefore,
}: Pick<ScorecardReport, 'of' | 'answeredBefore'>): readonly (Contributors | undefined)[] => [
  of?.value,
  answeredBefore === undefined ? undefined : of?.before,
]

/**
 * Whom a report gives away to who reads it. A direct message's reader knows their own figures, as matched or as another Gong user of theirs.
 * Whoever shares an address with them may be that, or a colleague of one mailbox: then whoever is given away in either case is recorded.
 */
export function concludedBy(
  audience: ReportContext['audience'],
  conclude: (isOwn: (id: PersonId) => boolean) => readonly PersonId[],
): readonly PersonId[] {
  if (audience.type !== 'person') return conclude(() => false)
  const { viewer } = audience
  const isMaybeOwn = (id: PersonId): boolean => isThemself(selfOf(viewer), id)
  const unsure = new Set(viewer.unsureIds)
  const concluded = conclude(isMaybeOwn)
  return unsure.size === 0 ? concluded : [...new Set([...concluded, ...conclude((id) => isMaybeOwn(id) && !unsure.has(id))])]
}
