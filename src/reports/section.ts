// A section is one part of a digest or reply. It asks the stats service and writes into the message tree. Sections never import each
// other; sections/index.ts orders them.

import type { Onlookers } from '../domain/onlookers.ts'
import type { LocalDate, Period, Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { Subject, Viewer } from '../domain/policy.ts'
import type { Part } from '../render/message.ts'
import type { StatsService } from '../stats/results.ts'
import { yieldBetween } from '../yielding.ts'

/** Who a report is for, and what it is about. */
export interface ReportContext {
  readonly subject: Subject
  readonly period: Period
  /** `group`: a channel or shared reply: group figures only unless `byName`; `onlookers`: of its readers. `person`: one reader, whose rights decide. */
  readonly audience:
    | { readonly type: 'group'; readonly byName: boolean; readonly onlookers?: Onlookers | undefined }
    | { readonly type: 'person'; readonly viewer: Viewer }
  /** From the policy. */
  readonly detail: 'by-name' | 'medians'
  readonly stats: StatsService
  /** Today in the company's zone. */
  readonly today: LocalDate
  readonly now: Date
  /** The reader's BCP 47 locale and IANA zone, from Slack; the company's in channels. */
  readonly locale: string
  readonly zone: string
  /** Base of call links, for example `https://app.gong.io`. */
  readonly gongAppUrl: string
  /** 1 = Monday (the default) or 7 = Sunday. */
  readonly weekStart?: Weekday
  /** Only scorecards of this name. */
  readonly card?: string | undefined
  /** Takes the id of everybody whose name becomes words; set where a message is composed that may be kept. */
  readonly mentions?: Set<PersonId> | undefined
}

/** What a section puts into a message. */
export interface SectionOutput {
  /** In the message itself: short. */
  readonly parts: readonly Part[]
  /** In the thread or under *Details*. */
  readonly thread?: readonly Part[]
  /** A sentence with the key figures for the top-level text. */
  readonly summary?: string
  /** Whose own figures it shows by name, for the access log. */
  readonly shows?: readonly PersonId[]
  /** What it shows in short (`scorecards: 9`), rounded as shown, so that a later run can say what changed. */
  readonly figures?: Readonly<Record<string, number>>
  /** What its figures rest on, in one plain sentence or two: part of the message's last line. */
  readonly smallPrint?: string
  /** There is too little in the period to speak of: the last full one says more. */
  readonly isThin?: boolean
  /** Set by the section that sees all figures when nothing happened in the period. */
  readonly isNothing?: boolean
}

/** Of what is for whoever wants to know exactly: definitions, and how figures were counted. */
export const foldTitle = 'Definitions and small print'

export interface Section {
  readonly id: string
  readonly title: string
  /** It speaks when there is no data too, and says so. */
  readonly speaksAlways?: true
  /** Gathers and renders; undefined when there is nothing to say. */
  readonly write: (context: ReportContext) => Promise<SectionOutput | undefined>
}

/** Ties what is gathered to what is rendered, without `any`. `gather` returns undefined when there is nothing to say. */
export function defineSection<Data>(section: {
  readonly id: string
  readonly title: string
  readonly speaksAlways?: true
  readonly gather: (context: ReportContext) => Promise<Data | undefined>
  readonly render: (data: Data, context: ReportContext) => SectionOutput
}): Section {
  return {
    id: section.id,
    title: section.title,
    ...(section.speaksAlways && { speaksAlways: true as const }),
    async write(context) {
      const data = await section.gather(context)
      if (data === undefined) return undefined
      await yieldBetween()
      return section.render(data, context)
    },
  }
}
