// The report of `npm run prove`: plain sentences fit to attach to a public issue. Nothing of the tenant is in it: no name, id, figure or host.
import type { Finding } from '../doctor/finding.ts'

const marks = { good: 'yes', 'worth knowing': 'note', 'to fix': 'no' } as const

export interface ProvedStep {
  readonly title: string
  readonly area: Finding['area']
  readonly findings: readonly Omit<Finding, 'area'>[]
}

/** What is printed in the terminal: everything. */
export const findingsOf = (steps: readonly ProvedStep[]): readonly Finding[] =>
  steps.flatMap(({ area, findings }) => findings.map((finding): Finding => ({ area, ...finding })))

/** `version`: of gong-digest. `on`: a date. */
export function reportOf(steps: readonly ProvedStep[], { version, on }: { readonly version: string; readonly on: string }): string {
  const lines = steps
    .filter(({ findings }) => findings.length > 0)
    .flatMap(({ title, findings }) => [
      `## ${title}`,
      '',
      ...findings.flatMap(({ state, says, remedy }) => [`* ${marks[state]}: ${says}`, ...(remedy ? [`  ${remedy}`] : [])]),
      '',
    ])
  const about = 'Made by `npm run prove`: what this Gong answers, in words. It holds no names, ids, figures or addresses.'
  return withoutData(['# What was proved', '', `gong-digest ${version}, ${on}. ${about}`, '', ...lines].join('\n'))
}

/** A last look: whatever could be an address, a host or an id does not leave, also when Gong's own words carry it. */
export function withoutData(text: string): string {
  return text
    .replace(/[^\s@<>()"]+@[^\s@<>()"]+/g, '<address>')
    .replace(/https?:\/\/[^\s)"]+/g, '<address>')
    .replace(/\b[a-z]*-?\d{5,}\b/gi, '<number>')
}
