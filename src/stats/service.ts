// The stats service over the store's reads. Each kind of answer has a file in answers/.
import { againWherePeopleChange } from './answers/again.ts'
import { coachingAnswers } from './answers/coaching.ts'
import { figureAnswers } from './answers/figures.ts'
import { scorecardAnswers } from './answers/scorecards.ts'
import { measures } from './measures/index.ts'
import { definitionOf } from './measures/measure.ts'
import type { StatsService } from './results.ts'
import type { StatsDeps } from './stats-deps.ts'

export function createStatsService(deps: StatsDeps): StatsService {
  return {
    async measures() {
      const { contract } = await deps.reads.tenant()
      return measures.flatMap((measure) => definitionOf(measure, contract) ?? [])
    },
    ...againWherePeopleChange(figureAnswers(deps)),
    ...againWherePeopleChange(scorecardAnswers(deps)),
    ...coachingAnswers(deps),
  }
}
