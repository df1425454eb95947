// Composes sections into one message: title and period, the sections in their order, buttons, the closing line. Knows no statistic; each
// section writes its own text.
import type { PersonId } from '../domain/person.ts'
import type { Control, Message, NotePart, Part } from '../render/message.ts'
import { periodWords } from '../render/text/dates.ts'
import { capital, sentence } from '../render/text/numbers.ts'
import { clip, joined, line } from '../render/text/text.ts'
import { rememberingStats } from './remembering-stats.ts'
import type { ReportContext, Section, SectionOutput } from './section.ts'
import { subjectTitle } from './wording/subject.ts'

export interface ComposeOptions {
  /** Default: the subject's name. Foreign text; the period is added. */
  readonly title?: string | undefined
  /** Buttons below the figures. */
  readonly controls?: readonly Control[]
  /** Beside the title: who else can see this. */
  readonly subtitle?: string | undefined
  /** Parts after the last section. */
  readonly closing?: readonly Part[]
  /** Said instead of figures when no section has any. Default: that there is nothing to show. */
  readonly nothing?: string
  /** Said in the last line: `late by 3 h`, `sent by Maria`. Foreign text. */
  readonly remarks?: readonly string[]
}

export interface Composed {
  readonly message: Message
  /** Whose own figures it shows by name. */
  readonly shows: readonly PersonId[]
  /** Whom it names in any words, and whoever it was told that it names. */
  readonly mentions: readonly string[]
  /** What it shows in short, for corrections. */
  readonly figures: Readonly<Record<string, number>>
  /** Nothing happened in the period. */
  readonly isEmpty: boolean
  /** Too little happened in it to speak of. */
  readonly isThin: boolean
}

const purpose = 'For coaching, not employment decisions.'

/** One line: what the figures rest on, which the last section says, what others add, what is to be said of this message, what it is for. */
const smallPrint = (written: readonly SectionOutput[], remarks: readonly string[]): string =>
  [
    ...written.toReversed().flatMap((output) => output.smallPrint ?? []),
    ...remarks.map((remark) => sentence(capital(remark))),
    purpose,
  ].join(' ')

/** The message with what the access log and later corrections need to know about it. */
export async function composeReport(given: ReportContext, sections: readonly Section[], o: ComposeOptions = {}): Promise<Composed> {
  const mentions = given.mentions ?? new Set<string>()
  const context = { ...given, stats: rememberingStats(given.stats), mentions }
  const [named, ...outputs] = await Promise.all([
    o.title ?? subjectTitle(context),
    ...sections.map((section) => section.write(context)),
  ] as const)
  const name = clip(named.trim(), 90) || 'Report'
  const written = outputs.flatMap((output) => output ?? [])
  const period = periodWords(context.period, context.locale, Number(context.today.slice(0, 4)))
  return {
    message: {
      summary: `${name}, ${period}: ${written.find(({ summary }) => summary !== undefined)?.summary ?? 'nothing to show.'}`,
      parts: [
        { type: 'heading', text: `${name} · ${period}`, ...(o.subtitle !== undefined && { beside: o.subtitle }) },
        ...bodyOf(written, o.nothing ?? 'Nothing to show for this period.'),
        ...(o.closing ?? []),
        ...(o.controls && o.controls.length > 0 ? [{ type: 'buttons' as const, controls: o.controls }] : []),
        { type: 'note', line: line(smallPrint(written, o.remarks ?? [])) },
      ],
      ...threadOf(written),
    },
    shows: [...new Set(written.flatMap(({ shows }) => shows ?? []))],
    mentions: [...mentions],
    figures: Object.assign({}, ...written.map(({ figures }) => figures ?? {})),
    isEmpty: written.some(({ isNothing }) => isNothing === true),
    isThin: written.some(({ isThin }) => isThin === true),
  }
}

const bodyOf = (written: readonly SectionOutput[], nothing: string): readonly Part[] => {
  const parts = factsTogether(written.flatMap((output) => output.parts))
  if (parts.some(({ type }) => type !== 'note')) return parts
  return [{ type: 'text', line: line(nothing) }, ...parts]
}

/** Short figures of neighboring sections share a line. */
function factsTogether(parts: readonly Part[]): readonly Part[] {
  const together: Part[] = []
  for (const part of parts) {
    const last = together.at(-1)
    if (part.type === 'facts' && last?.type === 'facts')
      together[together.length - 1] = { type: 'facts', facts: [...last.facts, ...part.facts] }
    else together.push(part)
  }
  return together
}

const threadOf = (written: readonly SectionOutput[]): { readonly thread?: readonly Part[] } => {
  const thread = foldedTogether(written.flatMap((output) => output.thread ?? []))
  return thread.length === 0 ? {} : { thread }
}

/** A sentence or two are read sooner than a fold is opened. */
const shortestFold = 200

/** What sections fold under one title is one fold, at the end; small print that is short stays open. */
function foldedTogether(parts: readonly Part[]): readonly Part[] {
  const isFolded = (part: Part): part is NotePart => part.type === 'note' && part.foldedUnder !== undefined
  const byTitle = Map.groupBy(parts.filter(isFolded), ({ foldedUnder }) => foldedUnder)
  const folds = [...byTitle].map(([foldedUnder, notes]): NotePart => {
    const all = joined(
      notes.map((note) => note.line),
      '\n',
    )
    return all.plain.length < shortestFold || foldedUnder === undefined
      ? { type: 'note', line: all }
      : { type: 'note', line: all, foldedUnder }
  })
  return [...parts.filter((part) => !isFolded(part)), ...folds]
}
