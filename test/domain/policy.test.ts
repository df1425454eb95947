import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { type Grant, maySee, type Subject, type Viewer } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'

// boss leads lead and other; lead leads ana, ben and sub; sub leads kai; other leads zoe; gone left.
const people = (
  [
    ['boss'],
    ['lead', 'boss'],
    ['other', 'boss'],
    ['ana', 'lead'],
    ['ben', 'lead'],
    ['sub', 'lead'],
    ['kai', 'sub'],
    ['zoe', 'other'],
  ] as const
).map(([id, managerId]): Person => ({ id, name: id, emails: [], active: true, ...(managerId && { managerId }) }))
const gone: Person = { id: 'gone', name: 'gone', emails: [], managerId: 'lead', active: false }
const chart = orgChart([...people, gone])
const today = '2026-11-19'

const viewer = (id: string | undefined, more: Partial<Viewer> = {}): Viewer => {
  const person = id === undefined ? undefined : chart.people.get(id)
  return { slackUserId: `U${id}`, standing: 'member', isAdmin: false, grants: [], ...(person && { person }), ...more }
}
const coachOf = (personId: string, until?: string): Grant => ({ type: 'coach', personId, ...(until && { until }) })
const viewerOf = (orgOf: string, until?: string): Grant => ({ type: 'viewer', orgOf, ...(until && { until }) })

const viewers = {
  rep: viewer('ana'),
  manager: viewer('lead'),
  top: viewer('boss'),
  'coach of zoe': viewer('ana', { grants: [coachOf('zoe')] }),
  'coach whose grant ended': viewer('ana', { grants: [coachOf('zoe', today)] }),
  'coach until tomorrow': viewer('ana', { grants: [coachOf('zoe', '2026-11-20')] }),
  'viewer of lead': viewer('zoe', { grants: [viewerOf('lead')] }),
  'viewer of lead who is not in Gong': viewer(undefined, { grants: [viewerOf('lead')] }),
  'viewer not in Gong whose grant ended': viewer(undefined, { grants: [viewerOf('lead', '2026-11-01')] }),
  'coach who is not in Gong': viewer(undefined, { grants: [coachOf('zoe')] }),
  'guest who was made a viewer': viewer(undefined, { standing: 'guest', grants: [viewerOf('lead')] }),
  'viewer whose grant ended': viewer('zoe', { grants: [viewerOf('lead', '2026-11-01')] }),
  admin: viewer('zoe', { isAdmin: true }),
  'admin without a match': viewer(undefined, { isAdmin: true }),
  guest: viewer('lead', { standing: 'guest' }),
  'guest who is an admin': viewer('lead', { standing: 'guest', isAdmin: true }),
  outside: viewer('lead', { standing: 'outside' }),
  unmatched: viewer(undefined),
  leaver: viewer('gone'),
} as const

const subjects = {
  ana: { type: 'person', personId: 'ana' },
  ben: { type: 'person', personId: 'ben' },
  kai: { type: 'person', personId: 'kai' },
  lead: { type: 'person', personId: 'lead' },
  zoe: { type: 'person', personId: 'zoe' },
  gone: { type: 'person', personId: 'gone' },
  nobody: { type: 'person', personId: 'nobody' },
  "lead's team": { type: 'team', managerId: 'lead' },
  "sub's team": { type: 'team', managerId: 'sub' },
  "other's team": { type: 'team', managerId: 'other' },
  "lead's org": { type: 'org', managerId: 'lead' },
  "boss's org": { type: 'org', managerId: 'boss' },
  "nobody's team": { type: 'team', managerId: 'nobody' },
  company: { type: 'company' },
} as const satisfies Record<string, Subject>

const order = Object.keys(subjects) as (keyof typeof subjects)[]

// N by name, m medians, - not yours, ? unknown subject, g guest, o outside, u unmatched; columns in the order of `subjects`:
//                             ana ben kai lead zoe gone nobody lead's sub's other's lead-org boss-org nobody's company
const matrix: Readonly<Record<keyof typeof viewers, string>> = {
  rep: /*                     */ 'N - - - - - ? m - - - - ? -',
  manager: /*                 */ 'N N N N - N ? N N - N - ? -',
  top: /*                     */ 'N N N N N N ? N N N N N ? -',
  'coach of zoe': /*          */ 'N - - - N - ? m - - - - ? -',
  'coach whose grant ended': /**/ 'N - - - - - ? m - - - - ? -',
  'coach until tomorrow': /*  */ 'N - - - N - ? m - - - - ? -',
  'viewer of lead': /*        */ 'N N N N N N ? N N m N - ? -',
  // As the viewer above, without zoe's own figures and her team's medians.
  'viewer of lead who is not in Gong': 'N N N N - N ? N N - N - ? -',
  'viewer not in Gong whose grant ended': 'u u u u u u u u u u u u u u',
  'coach who is not in Gong': 'u u u u u u u u u u u u u u',
  'guest who was made a viewer': 'g g g g g g g g g g g g g g',
  'viewer whose grant ended': /**/ '- - - - N - ? - - m - - ? -',
  admin: /*                   */ 'N N N N N N N N N N N N N N',
  'admin without a match': /* */ 'N N N N N N N N N N N N N N',
  guest: /*                   */ 'g g g g g g g g g g g g g g',
  'guest who is an admin': /* */ 'g g g g g g g g g g g g g g',
  outside: /*                 */ 'o o o o o o o o o o o o o o',
  unmatched: /*               */ 'u u u u u u u u u u u u u u',
  leaver: /*                  */ 'u u u u u u u u u u u u u u',
}

const letters: Readonly<Record<string, string>> = {
  'by-name': 'N',
  medians: 'm',
  'not-yours': '-',
  'unknown-subject': '?',
  guest: 'g',
  outside: 'o',
  unmatched: 'u',
}

describe('who may see what, cell by cell', () => {
  for (const who of Object.keys(viewers) as (keyof typeof viewers)[]) {
    it(`${who}`, () => {
      const row = order.map((subject) => {
        const verdict = maySee(viewers[who], subjects[subject], chart, today)
        return letters[verdict.allowed ? verdict.detail : verdict.reason]
      })
      expect(row.join(' ')).toBe(matrix[who])
    })
  }

  it('a rep sees the medians of the own team only, never of the org above it', () => {
    expect(maySee(viewers.rep, { type: 'org', managerId: 'boss' }, chart, today)).toEqual({ allowed: false, reason: 'not-yours' })
  })

  it('a manager cannot see their own manager', () => {
    expect(maySee(viewers.manager, { type: 'person', personId: 'boss' }, chart, today)).toEqual({ allowed: false, reason: 'not-yours' })
  })
})
