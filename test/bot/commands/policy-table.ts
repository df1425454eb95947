// The policy as a table written by hand: what each role may be shown of each person, team and org. Tests hold commands, buttons, files,
// shares and digests against it.
import type { Subject } from '../../../src/domain/policy.ts'
import { chart, viewers } from './company.ts'

export const person = (personId: string): Subject => ({ type: 'person', personId })
export const team = (managerId: string): Subject => ({ type: 'team', managerId })
const org = (managerId: string): Subject => ({ type: 'org', managerId })

/** Olga (1) leads Maria (2) and Tom (7); Maria leads Ana (3), Ben (4), Kai, Lena and Lee (9), who has left; Tom leads Eve (8). */
export const targets: readonly (readonly [typed: string, subject: Subject])[] = [
  ['gong:3', person('3')],
  ['gong:4', person('4')],
  ['gong:2', person('2')],
  ['gong:1', person('1')],
  ['gong:7', person('7')],
  ['gong:8', person('8')],
  ['gong:9', person('9')],
  ['gong:2 team', team('2')],
  ['gong:7 team', team('7')],
  ['gong:1 team', team('1')],
  ['gong:2 org', org('2')],
  ['gong:1 org', org('1')],
  ['all', { type: 'company' }],
]

/** N: by name, M: medians without names, -: refused. Columns are `targets`. */
const allowed: Readonly<Record<keyof typeof viewers, string>> = {
  //            3 4 2 1 7 8 9 | teams 2 7 1 | orgs 2 1 | all
  boss: /*     */ 'N N N N N N N N N N N N -',
  manager: /*  */ 'N N N - - - N N - M N - -',
  rep: /*      */ 'N - - - - - - M - - - - -',
  coach: /*    */ '- N - - - N - - M - - - -',
  formerCoach: /**/ '- - - - - N - - M - - - -',
  standIn: /*  */ '- N - - N N - - N M - - -',
  orgViewer: /**/ 'N N N - N N N N N M N - -',
  hr: /*       */ 'N N N - - - N N - - N - -',
  admin: /*    */ 'N N N N N N N N N N N N N',
  unmatched: /**/ '- - - - - - - - - - - - -',
  leaver: /*   */ '- - - - - - - - - - - - -',
  guest: /*    */ '- - - - - - - - - - - - -',
  outsider: /* */ '- - - - - - - - - - - - -',
  bot: /*      */ '- - - - - - - - - - - - -',
}

export const cells = Object.entries(viewers).flatMap(([role, by]) =>
  allowed[role as keyof typeof viewers].split(' ').map((verdict, index) => {
    const [typed, subject] = targets[index] ?? ['', person('')]
    return { role, by, verdict, typed, subject }
  }),
)

/** The team that may stand beside the figures of one person: where the same role is shown that team. */
export function teamsBeside(role: string, subject: Subject): readonly Subject[] {
  const manager = subject.type === 'person' ? chart.managerAbove(subject.personId) : undefined
  const isShown = cells.some(
    (cell) => cell.role === role && cell.verdict !== '-' && cell.subject.type === 'team' && cell.subject.managerId === manager?.id,
  )
  return manager && isShown ? [team(manager.id)] : []
}
