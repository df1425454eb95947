// A scorecard's name is a fact about whoever it is used for. Without a person one sees, only cards that enough people were given openly are named.
import type { AnsweredScorecard, ScorecardVisibility } from './gong-figures.ts'

export const openVisibilities: readonly ScorecardVisibility[] = ['public', 'unmarked']

export const isGivenOpenly = ({ visibility }: Pick<AnsweredScorecard, 'visibility'>): boolean => openVisibilities.includes(visibility)
