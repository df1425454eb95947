// A coach's coverage of one person as somebody in particular reads it.
import { isThemself } from '../../domain/policy.ts'
import { asFact, type Viewpoint } from '../scorecards/visibility.ts'
import type { ReportCoverage } from './results.ts'

/**
 * Without what cards about the reader say: somebody who leads or views a report, or is an admin, may be that report, by their link or by
 * their address, and a card may be for managers alone.
 */
export function asReadBy(viewpoint: Viewpoint, coverage: ReportCoverage): ReportCoverage {
  const { id } = coverage.report
  if (viewpoint.type === 'person' && viewpoint.isAbove && !isThemself(viewpoint, id)) return coverage
  const { lowest: _own, lastScorecard: last, lastByOthers: others, ...rest } = coverage
  return { ...rest, ...(last && { lastScorecard: asFact(last) }), ...(others && { lastByOthers: asFact(others) }) }
}
