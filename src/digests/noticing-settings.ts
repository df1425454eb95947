// Notices whether a digest asks for figures of its period that are made by other settings than when the period ended.
import { type Period, periodKey } from '../domain/period.ts'
import type { DataState } from '../stats/data-state.ts'
import type { StatsService } from '../stats/results.ts'

/** `isOfOtherSetting`: of what was answered until then. */
export function noticingSettings(
  stats: StatsService,
  of: Period,
): { readonly stats: StatsService; readonly isOfOtherSetting: () => boolean } {
  let isOfOtherSetting = false
  async function noticed<Answer extends { readonly period: Period; readonly state: DataState }>(asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked
    if (answer.state.isOfOtherSetting && periodKey(answer.period) === periodKey(of)) isOfOtherSetting = true
    return answer
  }
  return {
    stats: {
      ...stats,
      person: (...asked) => noticed(stats.person(...asked)),
      team: (...asked) => noticed(stats.team(...asked)),
      scorecards: (...asked) => noticed(stats.scorecards(...asked)),
    },
    isOfOtherSetting: () => isOfOtherSetting,
  }
}
