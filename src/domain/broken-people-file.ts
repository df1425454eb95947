// PEOPLE_FILE broke while the service runs, or was broken at a start that went on by the people that are stored. Kept as one text in the
// tenant's memory until the file is good again.
import type { TenantMemory } from './gong-ports.ts'

export interface BrokenPeopleFile {
  /** The first reading since it was last good that found it broken. */
  readonly since: Date
  readonly problems: number
  /** With its line, never a value of the file. A sentence without its full stop. */
  readonly firstProblem: string
}

const fact = 'people-file-broken'

/** Undefined while the file is good, and without one. */
export async function brokenPeopleFile(memory: Pick<TenantMemory, 'get'>): Promise<BrokenPeopleFile | undefined> {
  const [, since, problems, firstProblem] = /^(\S+) (\d+) (.+)$/s.exec((await memory.get(fact)) ?? '') ?? []
  return since && firstProblem ? { since: new Date(since), problems: Number(problems), firstProblem } : undefined
}

/** `problems`: of the newest reading; none where the file is good. */
export async function rememberPeopleFile(memory: TenantMemory, now: Date, problems: readonly string[]): Promise<void> {
  const [firstProblem = ''] = problems
  const known = await brokenPeopleFile(memory)
  if ((known?.firstProblem ?? '') === firstProblem && (known?.problems ?? 0) === problems.length) return
  await memory.set(fact, firstProblem === '' ? '' : `${(known?.since ?? now).toISOString()} ${problems.length} ${firstProblem}`)
}

/** For admins. */
export function brokenPeopleFileWords({ firstProblem, problems }: BrokenPeopleFile): string {
  const more = problems > 1 ? ` and ${problems - 1} more (npm run doctor lists them)` : ''
  return `${firstProblem}${more}. Until PEOPLE_FILE is put right nothing new in it counts, and after a restart nothing new of Gong's list of people either; then it counts within the hour.`
}
