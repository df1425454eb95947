// One thing the doctor found: what it looked at, how it is, and what to do. Printed for people, judged by an exit code.

import { problemCount } from '../../problems.ts'
import { clean } from '../../render/text/text.ts'

export interface Finding {
  readonly area: 'environment' | 'Slack' | 'database' | 'service' | 'Gong' | 'people' | 'digests' | 'figures'
  readonly state: 'good' | 'worth knowing' | 'to fix'
  /** One sentence: what is so. Never a secret, never a figure of a person. */
  readonly says: string
  /** What to do about it; only where there is something to do. */
  readonly remedy?: string
}

/** One whose area is said around it. */
export type FindingOfArea = Omit<Finding, 'area'>

const marks = { good: '✓', 'worth knowing': '·', 'to fix': '✗' } as const

/** Lines for a terminal, grouped by area in the order found. What Gong and Slack call things changes no terminal and begins no line. */
export function printFindings(findings: readonly Finding[]): string {
  const lines: string[] = []
  let area: string | undefined
  for (const finding of findings) {
    if (finding.area !== area) lines.push(`${lines.length > 0 ? '\n' : ''}${finding.area}`)
    area = finding.area
    lines.push(`  ${marks[finding.state]} ${clean(finding.says)}`)
    if (finding.remedy) lines.push(`    → ${clean(finding.remedy)}`)
  }
  const problems = findings.filter(({ state }) => state === 'to fix').length
  lines.push('', problems === 0 ? 'No problems found.' : `${problemCount(problems)} to fix.`)
  return lines.join('\n')
}

/** 0 without problems to fix, else 1. */
export const exitCodeOf = (findings: readonly Finding[]): 0 | 1 => (findings.some(({ state }) => state === 'to fix') ? 1 : 0)
