// Faults of the simulated Gong: for some calls in a test, or until switched off in the demo. A seed decides which calls are hit, so that
// a failing run can be repeated.
import { seeded } from './seeded.ts'

export type GongFault =
  | { readonly type: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly type: 'server-error'; readonly status?: number }
  /** The connection breaks before an answer. */
  | { readonly type: 'reset' }
  /** The answer stops half-way. */
  | { readonly type: 'truncated' }
  /** The answer comes in two halves, this far apart. */
  | { readonly type: 'slow'; readonly delayMs: number }
  /** Every connection breaks. */
  | { readonly type: 'down' }
  /** A proxy's page with status 200. */
  | { readonly type: 'html' }
  /** Impossible figures: negative counts, a talk ratio of 140 %; of everybody, or in the records of these people alone. */
  | { readonly type: 'bad-figures'; readonly personIds?: readonly string[] }
  /** Optional fields of another type than documented, in this share of the records. */
  | { readonly type: 'odd-fields'; readonly share: number }
  /** A whole list with so many records at most. */
  | { readonly type: 'shrunken'; readonly records: number }
  /** Interaction figures without the talk ratio. */
  | { readonly type: 'without-talk-ratio' }
  /** The list changes while it is paged: the last page announces one record fewer than there are. */
  | { readonly type: 'moving' }
  | { readonly type: 'refused'; readonly status: number; readonly error: string }

export interface FaultRule {
  /** Share of the calls it hits, 0–1; all when missing. */
  readonly share?: number
  readonly times?: number
  /** Only calls of this path, for example `/stats/interaction`. */
  readonly path?: string
}

export interface GongFaults {
  /** Returns the switch-off. */
  add(fault: GongFault, rule?: FaultRule): () => void
  /** What hits this call: at most one fault; uses it up once. */
  take(path: string): GongFault | undefined
  active(): readonly GongFault[]
  clear(): void
}

export function createGongFaults(seed: number): GongFaults {
  const rules: { readonly fault: GongFault; readonly rule: FaultRule; left: number }[] = []
  const next = seeded(seed, 7)
  return {
    add(fault, rule = {}) {
      const entry = { fault, rule, left: rule.times ?? Number.POSITIVE_INFINITY }
      rules.push(entry)
      return () => {
        const index = rules.indexOf(entry)
        if (index >= 0) rules.splice(index, 1)
      }
    },
    take(path) {
      let draw = next()
      for (const entry of rules) {
        if (entry.left <= 0 || (entry.rule.path !== undefined && entry.rule.path !== path)) continue
        const share = entry.rule.share ?? 1
        if (draw < share) {
          entry.left -= 1
          return entry.fault
        }
        // Shares of several faults add up: 10 % and 5 % hit 15 % of the calls.
        draw -= share
      }
      return undefined
    },
    active: () => rules.filter(({ left }) => left > 0).map(({ fault }) => fault),
    clear() {
      rules.length = 0
    },
  }
}
