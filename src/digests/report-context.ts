// The context a digest is written in: who reads it, its period, and the reader's zone and locale.

import type { Company } from '../domain/company.ts'
import type { Onlookers } from '../domain/onlookers.ts'
import type { LocalDate, Period } from '../domain/period.ts'
import type { Subject } from '../domain/policy.ts'
import type { ReportContext } from '../reports/section.ts'
import type { StatsService } from '../stats/results.ts'
import type { DirectReader } from './sending-rights.ts'

export interface ContextDeps {
  readonly company: Company
  readonly stats: StatsService
  readonly gongAppUrl: string
}

/** `reader`: of a direct message. Without one it is for a channel and its `onlookers`, by name when `names` says so. */
export function reportContext(
  of: {
    readonly subject: Subject
    readonly period: Period
    readonly names: boolean
    readonly reader: DirectReader | undefined
    readonly onlookers: Onlookers | undefined
    readonly now: Date
    readonly today: LocalDate
  },
  { company, stats, gongAppUrl }: ContextDeps,
): ReportContext {
  const { subject, period, now, today, names, reader, onlookers } = of
  const common = { subject, period, stats, today, now, gongAppUrl, weekStart: company.weekStart }
  if (reader) {
    const { viewer, detail, zone, locale } = reader
    return { ...common, audience: { type: 'person', viewer }, detail, zone, locale }
  }
  const detail = names ? 'by-name' : 'medians'
  return { ...common, audience: { type: 'group', byName: names, onlookers }, detail, zone: company.zone, locale: 'en-GB' }
}
