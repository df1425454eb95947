// Which scorecards somebody may know of by name: those of people they see, those they filled, those that as many people as a group has were
// given openly. A name is a fact about whoever it is used for.
import { expect, it } from 'vitest'
import type { BotServices } from '../../src/bot/command.ts'
import { understand } from '../../src/bot/commands/question.ts'
import { movableClock } from '../../src/clock.ts'
import type { ScorecardVisibility } from '../../src/domain/gong-figures.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import { createAdminService } from '../../src/people/create-admin-service.ts'
import { fillCompany, smallCompany, zone } from '../kit/delivery-world.ts'
import { anyCard } from '../store/any-card.ts'
import { noon, onBothBackends } from '../store/backends.ts'

const today = '2026-11-25'
const viewer = (id: string, change: Partial<Viewer> = {}): Viewer => ({
  slackUserId: `U${id}`,
  person: smallCompany().people.find((one) => one.id === id),
  standing: 'member',
  isAdmin: false,
  grants: [],
  ...change,
})
const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }

/** Name, visibility, for whom; each filled by somebody from elsewhere. */
const cards: readonly (readonly [string, ScorecardVisibility, readonly string[]])[] = [
  ['Dismissal plan', 'private', ['102']],
  ['Return to work', 'public', ['102']],
  ['Discovery', 'public', ['101', '102', '103', '104', '105']],
  ['Quiet doubts', 'private', ['102', '103', '104', '105', '106']],
  ['Negotiation', 'unmarked', ['102', '103', '104', '105']],
]

onBothBackends((backend) => {
  async function open() {
    const store = await backend.open()
    await fillCompany(store, noon)
    const records = cards.flatMap(([name, visibility, ids]) =>
      ids.map((id) => ({ ...anyCard(`${name} ${id}`, id, '900'), scorecardId: name, scorecardName: name, visibility })),
    )
    const filled = { ...anyCard('own', '103', '101'), scorecardId: 'Peer', scorecardName: 'Peer review', visibility: 'private' as const }
    const read = {
      period: { from: '2026-11-16', to: '2026-11-23' },
      scope: 'all',
      readAt: noon,
      quarantinedIds: [],
      quarantined: 0,
      final: false,
    } as const
    await store.records.keepScorecards(read, [...records, filled])
    const service = createAdminService({ store, clock: movableClock(noon), zone } as unknown as Parameters<typeof createAdminService>[0])
    const services = {
      admin: service,
      chart: () => store.people.chart(),
      today: async () => today,
      settings: { weekStart: 1, minimumGroup: 5 },
    } as unknown as BotServices
    return { service, services }
  }
  const asker = (by: Viewer) => ({ viewer: by, now: noon, locale: 'en-GB', zone })

  it.each([
    ['a rep: those filled by them, and in general use', viewer('101'), ['Discovery', 'Peer review']],
    ['whom a card is about', viewer('102'), ['Discovery', 'Dismissal plan', 'Negotiation', 'Quiet doubts', 'Return to work']],
    [
      'a coach',
      viewer('101', { grants: [{ type: 'coach', personId: '104' }] }),
      ['Discovery', 'Negotiation', 'Peer review', 'Quiet doubts'],
    ],
    [
      'a coach whose role has ended',
      viewer('101', { grants: [{ type: 'coach', personId: '102', until: today }] }),
      ['Discovery', 'Peer review'],
    ],
    ['the manager', viewer('100'), ['Discovery', 'Dismissal plan', 'Negotiation', 'Peer review', 'Quiet doubts', 'Return to work']],
    [
      'a viewer of the org without a Gong user',
      { ...admin, isAdmin: false, grants: [{ type: 'viewer', orgOf: '100' }] } as Viewer,
      ['Discovery', 'Dismissal plan', 'Negotiation', 'Peer review', 'Quiet doubts', 'Return to work'],
    ],
    ['an admin', admin, ['Discovery', 'Dismissal plan', 'Negotiation', 'Peer review', 'Quiet doubts', 'Return to work']],
  ])('are known to %s', async (_who, by, names) => {
    const { service } = await open()
    expect((await service.cardNamesFor(by, 5)).toSorted()).toEqual(names)
  })

  it('and neither a wrong word nor the right one tells a rep of another', async () => {
    const { services } = await open()
    const answerTo = (typed: string, by: Viewer): Promise<string> =>
      understand('/gong-scorecards', typed, asker(by), services).then(
        (question) => ('refusal' in question ? 'refused' : 'goes on'),
        (error: Error) => error.message,
      )
    for (const typed of ['xyz', '"Dismissal plan"', 'dismissal', '"Return to work"'])
      expect(await answerTo(typed, viewer('101'))).toMatch(
        /^No scorecard you can see is called ".*"\. Scorecards: Discovery and Peer review\.$/,
      )
    expect(await answerTo('"dismissal plan"', viewer('100'))).toBe('goes on')
    expect(await answerTo('discovery', viewer('101'))).toBe('goes on')
  })
})
