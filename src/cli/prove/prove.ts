// Asks a real Gong once for everything the product needs and says in words what it does, for the operator and for the project. Reads only,
// and keeps nothing: what is settled on the way is forgotten.
import type { Clock } from '../../clock.ts'
import { describeGong } from '../../gong/check/check.ts'
import type { GongOptions } from '../../gong/open.ts'
import { exitCodeOf, type Finding, printFindings } from '../doctor/finding.ts'
import { type ProvedStep, reportOf } from './report.ts'
import { type Shape, shapeOf } from './shape.ts'
import { proveSteps, type Seen, statisticsIn } from './steps.ts'

export interface Proved {
  /** For the terminal. */
  readonly text: string
  /** For `prove-report.md`: without names, ids, figures and hosts. */
  readonly report: string
  /** 0 when everything works, 1 when something is to fix. */
  readonly code: 0 | 1
}

/** `onStep`: called with each step before it is asked. */
export async function prove(
  gong: GongOptions,
  around: { readonly clock: Clock; readonly version: string },
  onStep: (step: string) => void = () => undefined,
): Promise<Proved> {
  const shapes = new Map<string, Map<string, Set<string>>>()
  const statistics = new Set<string>()
  const statuses = new Map<string, Set<number | 'error'>>()
  const check = await describeGong(
    {
      ...gong,
      onReply(call, json) {
        merge(shapes, `${call.method} ${call.path}`, shapeOf(json))
        for (const name of statisticsIn(call, json)) statistics.add(name)
      },
      onAttempt(operation, status) {
        gong.onAttempt?.(operation, status)
        statuses.set(operation, (statuses.get(operation) ?? new Set()).add(status))
      },
    },
    onStep,
  )
  const seen: Seen = { check, shapes, statistics, statuses }
  const steps = proveSteps.map(({ title, say }): ProvedStep => ({ title, findings: say(seen) }))
  const findings = steps.flatMap(({ findings: each }) => each.map((finding): Finding => ({ area: 'Gong', ...finding })))
  const on = around.clock.now().toISOString().slice(0, 10)
  return {
    text: printFindings(findings),
    report: reportOf(steps, { version: around.version, on }),
    code: exitCodeOf(findings),
  }
}

function merge(shapes: Map<string, Map<string, Set<string>>>, operation: string, shape: Shape): void {
  const known = shapes.get(operation) ?? new Map<string, Set<string>>()
  for (const [at, types] of shape) known.set(at, (known.get(at) ?? new Set<string>()).union(types))
  shapes.set(operation, known)
}
