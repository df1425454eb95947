// Who may see what of an answered scorecard: every visibility for every viewpoint.
import { describe, expect, it } from 'vitest'
import type { ScorecardVisibility } from '../../../src/domain/gong-figures.ts'
import { asFact, cardFor, mayAverage, type Viewpoint } from '../../../src/stats/scorecards/visibility.ts'
import { card } from '../world.ts'

const viewpoint: Readonly<Record<string, Viewpoint>> = {
  reviewer: { type: 'person', personId: 'maria', isAbove: false },
  'reviewer above': { type: 'person', personId: 'maria', isAbove: true },
  reviewed: { type: 'person', personId: 'ana', isAbove: false },
  // Ana views her own org by a role, or is an admin.
  'reviewed, asking about her org': { type: 'person', personId: 'ana', isAbove: true },
  above: { type: 'person', personId: 'vera', isAbove: true },
  'admin without a match': { type: 'person', isAbove: true },
  // Ana is an admin, and was linked to another Slack user.
  'admin unlinked from ana': { type: 'person', ownIds: ['ana'], isAbove: true },
  peer: { type: 'person', personId: 'ben', isAbove: false },
  unmatched: { type: 'person', isAbove: false },
  group: { type: 'group' },
}
const visibilities: readonly ScorecardVisibility[] = ['public', 'private', 'opt-in', 'managers', 'managers-and-reviewee', 'unmarked']
const given = (visibility: ScorecardVisibility) =>
  card('ana', 'maria', '2026-11-17T10:00:00Z', {
    visibility,
    overallScore: 4,
    overallRange: { min: 1, max: 5 },
    questions: [{ questionId: 'q1', text: 'Pain?', answer: 'Ana let the customer finish', score: 3, notApplicable: false }],
  })

/** `all`, `scores` (no answer text, no reviewer), or `-` for nothing. */
function seen(visibility: ScorecardVisibility, who: string, unmarked: 'show' | 'hide'): string {
  const whole = given(visibility)
  const cut = cardFor(whole, viewpoint[who] as Viewpoint, unmarked)
  if (cut === undefined) return '-'
  if (cut === whole) return 'all'
  const scores = cut.overallScore === 4 && cut.questions[0]?.score === 3 && cut.questions[0].text === 'Pain?'
  return scores && !('reviewerId' in cut) && cut.questions.every((question) => !('answer' in question)) ? 'scores' : 'something else'
}

// Columns: public, private, opt-in, managers, managers and reviewee, unmarked (shown), unmarked (hidden).
const single: Readonly<Record<string, string>> = {
  reviewer: /*             */ 'all all all all all all all',
  'reviewer above': /*     */ 'all all all all all all all',
  reviewed: /*             */ 'all - - - all scores -',
  'reviewed, asking about her org': /**/ 'all - - - all scores -',
  above: /*                */ 'all - - all all all -',
  'admin without a match': /**/ 'all - - all all all -',
  'admin unlinked from ana': /**/ '- - - - - - -',
  peer: /*                 */ '- - - - - - -',
  unmatched: /*            */ '- - - - - - -',
  group: /*                */ '- - - - - - -',
}
const averages: Readonly<Record<string, string>> = {
  reviewer: /*             */ 'y y y y y y y',
  'reviewer above': /*     */ 'y y y y y y y',
  reviewed: /*             */ 'y - - - y y -',
  'reviewed, asking about her org': /**/ 'y - - - y y -',
  above: /*                */ 'y - - y y y -',
  'admin without a match': /**/ 'y - - y y y -',
  'admin unlinked from ana': /**/ 'y - - - y y -',
  peer: /*                 */ 'y - - - - y -',
  unmatched: /*            */ 'y - - - - y -',
  group: /*                */ 'y - - - - y -',
}
const columns = [...visibilities.map((visibility) => [visibility, 'show'] as const), ['unmarked', 'hide'] as const]

describe('a single card', () => {
  for (const who of Object.keys(viewpoint)) {
    it(`is seen by the ${who} as the table says`, () => {
      expect(columns.map(([visibility, unmarked]) => seen(visibility, who, unmarked)).join(' ')).toBe(single[who])
    })
  }

  it('by a machine has no reviewer, so that viewpoint without a match are not its reviewer', () => {
    const automatic = card('ana', undefined, '2026-11-17T10:00:00Z', { visibility: 'private', overallScore: 4 })
    expect(cardFor(automatic, viewpoint.unmatched as Viewpoint, 'show')).toBeUndefined()
    expect(mayAverage(automatic, viewpoint['admin without a match'] as Viewpoint, 'show')).toBe(false)
  })
})

describe('a card in averages', () => {
  for (const who of Object.keys(viewpoint)) {
    it(`counts for the ${who} as the table says`, () => {
      const row = columns.map(([visibility, unmarked]) =>
        mayAverage(given(visibility), viewpoint[who] as Viewpoint, unmarked) ? 'y' : '-',
      )
      expect(row.join(' ')).toBe(averages[who])
    })
  }
})

it('as a fact a card says who was coached, when and on which call, and no score', () => {
  const fact = asFact(given('private'))
  expect(fact).toMatchObject({ reviewedId: 'ana', reviewerId: 'maria', scorecardName: 'Discovery', questions: [] })
  expect('overallScore' in fact || 'overallRange' in fact).toBe(false)
})
