// The report of `npm run prove`: plain sentences fit to attach to a public issue. Nothing of the tenant is in it: no name, id, figure or
// host.
import type { Finding, FindingOfArea } from '../doctor/finding.ts'

const marks = { good: 'yes', 'worth knowing': 'note', 'to fix': 'no' } as const

export interface ProvedStep {
  readonly title: string
  readonly area: Finding['area']
  readonly findings: readonly FindingOfArea[]
  /** What the report does not repeat. */
  readonly forTerminal?: readonly FindingOfArea[]
  /** Why Gong refused, in its own words, as they stand in the findings: they may name somebody, so only the terminal has them. */
  readonly refusals?: readonly { readonly status: number | undefined; readonly words: string }[]
}

/** What is printed in the terminal: everything. */
export const findingsOf = (steps: readonly ProvedStep[]): readonly Finding[] =>
  steps.flatMap(({ area, findings, forTerminal = [] }) => [...findings, ...forTerminal].map((finding): Finding => ({ area, ...finding })))

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
  const text = ['# What was proved', '', `gong-digest ${version}, ${on}. ${about}`, '', ...lines].join('\n')
  // The longest first: one reason may be a piece of another.
  const refusals = steps.flatMap((step) => step.refusals ?? []).toSorted((a, b) => b.words.length - a.words.length)
  return withoutData(
    refusals.reduce((left, { status, words }) => {
      const refused = `Gong refused with ${status}:`
      return left.replaceAll(`${refused} ${words}`, `${refused} its own words are in the terminal alone`)
    }, text),
  )
}

/** A last look: whatever could be an address, a host or an id does not leave, also when Gong's own words carry it. */
export function withoutData(text: string): string {
  return text
    .replace(/[^\s@<>()"]{1,254}@[^\s@<>()"]{1,254}/g, '<address>')
    .replace(/https?:\/\/[^\s)"]+/g, '<address>')
    .replace(/\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|io|net|org|dev|cloud|test|example)\b/gi, '<address>')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<address>')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<number>')
    .replace(/[\w-]+/g, (word) => (/\d{5}/.test(word) ? '<number>' : word))
}
