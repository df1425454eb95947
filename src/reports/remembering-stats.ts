// Caches the answers of the stats service for one message: its sections do not know each other and ask the same questions. Nothing outlives
// the message.
import type { StatsService } from '../stats/results.ts'

export function rememberingStats(stats: StatsService): StatsService {
  const answers = new Map<string, Promise<unknown>>()
  function once<Answer>(key: readonly unknown[], ask: () => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(key)
    const kept = answers.get(name)
    if (kept) return kept as Promise<Answer>
    const answer = ask()
    answers.set(name, answer)
    return answer
  }
  return {
    measures: () => once(['measures'], () => stats.measures()),
    person: (...asked) => once(['person', asked], () => stats.person(...asked)),
    team: (...asked) => once(['team', asked], () => stats.team(...asked)),
    scorecards: (...asked) => once(['scorecards', asked], () => stats.scorecards(...asked)),
    coaching: (...asked) => once(['coaching', asked], () => stats.coaching(...asked)),
    coachingOverview: (...asked) => once(['coachingOverview', asked], () => stats.coachingOverview(...asked)),
    coachingEffect: (...asked) => once(['coachingEffect', asked], () => stats.coachingEffect(...asked)),
    coachingReceived: (...asked) => once(['coachingReceived', asked], () => stats.coachingReceived(...asked)),
  }
}
