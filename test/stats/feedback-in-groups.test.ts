// Who gave, received or asked for feedback is a person's own and their leaders': no group has such a figure, so that nobody works out from it
// who gave it.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Subject } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'
import { shownCompany, teamOf } from './shown-company.ts'
import { person, week } from './world.ts'

const people = [person('boss'), person('ada', 'boss'), ...teamOf('ada', 6)]
const ids = people.map(({ id }) => id)
const feedback = ['feedback-requested', 'feedback-received', 'feedback-given'] as const

let store: OpenedStore
beforeEach(async () => {
  store = await usualStore()
})
afterEach(() => store.close())

it('is in no figure, change, trend or footnote of a group without names, nor beside a person’s own', async () => {
  const { stats } = await shownCompany(store, people, 5)
  await store.tenant.set('contract', 'live')
  const read = { quarantinedIds: [], quarantined: 0, readAt: new Date('2026-11-24T12:00:00Z'), final: false }
  // Everybody received from everybody, but one, who gave none.
  const rows = ids.map((personId) => ({
    personId,
    callsAsHost: 4,
    callsRequestedFeedback: 2,
    callsReceivedFeedback: 3,
    callsGaveFeedback: personId === 'ada0' ? 0 : 3,
  }))
  await store.windows.replace('activity', week, { ...read, rows })
  await store.windows.replace('interaction', week, { ...read, rows: ids.map((personId) => ({ personId, talkShare: 0.5 })) })
  const groups: readonly Subject[] = [{ type: 'team', managerId: 'ada' }, { type: 'org', managerId: 'boss' }, { type: 'company' }]
  for (const subject of groups) {
    const report = await stats.team(subject, week, 'medians')
    expect(report.measures.get('calls-hosted')?.value.known).toBe(true)
    for (const id of feedback) {
      const values = [
        report.measures.get(id)?.value,
        report.measures.get(id)?.change,
        ...(report.trend.get(id) ?? []).map(({ value }) => value),
      ]
      expect(values.filter((value) => value?.known)).toEqual([])
    }
  }
  const own = await stats.person('ada1', week)
  expect(own.figures.measures.get('feedback-given')?.value).toEqual({ known: true, value: 3 })
  for (const id of feedback) expect([id, own.team.get(id)?.value.known ?? false]).toEqual([id, false])
})
