// What happens in the company of the demo: weeks like any other, then one worth reading about, and another after it. Which people a week
// concerns and by how much their calls and cards differ; the calls themselves are made in calls.ts. A company without news has none.
import { addDays, daysBetween, type LocalDate, weekdayOf } from '../../domain/period.ts'
import type { Company, SimulatedPerson } from './company.ts'

/** Added to what is usual for a person's calls. */
export interface Shift {
  readonly talkShare: number
  readonly questions: number
  readonly longestMonologueSeconds: number
}

const nothing: Shift = { talkShare: 0, questions: 0, longestMonologueSeconds: 0 }

/** How far a call's talk share lies from its person's, where weeks must stand out from noise: less than a point in a week's mean. */
export const calmSpread = 0.02

/** Whole weeks since the week of the news began: negative before it. Undefined in a company without news. */
const weeksSince = ({ dates }: Company, date: LocalDate): number | undefined =>
  dates.news === undefined ? undefined : Math.floor(daysBetween(dates.news, date) / 7)

/**
 * From the week of the news on all but one of the manager's team talk less and one talks more; a week later they ask more questions. The
 * team of the bad quarter talks more, the fourth asks more: a leader's teams differ. What has changed stays so.
 */
export function shiftOf(company: Company, person: SimulatedPerson, date: LocalDate): Shift {
  const weeks = weeksSince(company, date)
  if (weeks === undefined || weeks < 0) return nothing
  const { personas } = company
  if (person.managerIndex === personas.manager.index) {
    const talkShare = company.overlooked.at(-1) === person.index ? 0.05 : -0.07
    return { talkShare, questions: weeks >= 1 ? 3 : 0, longestMonologueSeconds: weeks >= 3 ? -20 : 0 }
  }
  if (person.managerIndex === personas.badQuarterManager.index) return { ...nothing, talkShare: 0.05 }
  if (person.managerIndex === personas.manager.index + 3) return { ...nothing, questions: weeks >= 2 ? 1 : 4 }
  return nothing
}

/** What each of a card's five questions is usually answered with in the manager's team, and the last of Discovery in the week of the news. */
const steadyScores = [4, 3, 4, 4, 4] as const
const fallen = 2.9

/**
 * About what the manager's team scores: the same every week, but that `Agreed a next step …` on Discovery cards falls for one. Undefined for
 * everybody else.
 */
export function scoreInNews(
  company: Company,
  host: SimulatedPerson | undefined,
  date: LocalDate,
  question: { readonly card: string; readonly nth: number },
): number | undefined {
  const weeks = weeksSince(company, date)
  if (weeks === undefined || host?.managerIndex !== company.personas.manager.index) return undefined
  return weeks === 0 && question.card === 'Discovery' && question.nth === 4 ? fallen : (steadyScores[question.nth] ?? 4)
}

/**
 * In a company with news the manager scores the first call of every Tuesday, so that who is overlooked is overlooked by somebody who
 * coaches. Never of those overlooked: not since four weeks before the news.
 */
export function isScoredByManager(company: Company, person: SimulatedPerson, date: LocalDate, nth: number): boolean {
  if (company.dates.news === undefined || person.managerIndex !== company.personas.manager.index) return false
  return nth === 0 && weekdayOf(date) === 2 && !isOverlooked(company, person, date)
}

/** Nobody coaches them: from two and four weeks before the news on, until the demo's visitor does. */
export function isOverlooked(company: Company, person: SimulatedPerson, date: LocalDate): boolean {
  const { news } = company.dates
  const place = company.overlooked.indexOf(person.index)
  return news !== undefined && place >= 0 && date >= addDays(news, place === 0 ? -21 : -14)
}
