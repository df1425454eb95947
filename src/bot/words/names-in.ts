// The names people in Gong are called by, so that a word of a sentence is recognized as one without going through everybody again.
import type { OrgChart } from '../../domain/team.ts'
import { plainNames } from './plain-name.ts'

const known = new WeakMap<OrgChart, ReadonlySet<string>>()

/** Whole names and each word of them, of active people, as `plainNames` writes them. Made once for each chart. */
export function namesIn(chart: OrgChart): ReadonlySet<string> {
  const before = known.get(chart)
  if (before) return before
  const names = new Set<string>()
  for (const person of chart.active) {
    for (const name of plainNames(person.name)) for (const part of [name, ...name.split(' ')]) if (part.length > 1) names.add(part)
  }
  known.set(chart, names)
  return names
}
