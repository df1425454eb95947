// A team report of 200 people: the real statistics over tables in memory, the real digest, rendered to blocks and text. The store's
// part is left out: it is in the full answer.

import { movableClock } from '../../src/clock.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import { localDateOf, type Period, periodKey, weeksThrough } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import { publishedTargets } from '../../src/stats/figures/target.ts'
import { createStatsService } from '../../src/stats/service.ts'
import { viewer } from '../kit/report-fixtures.ts'
import { fakeReads } from '../stats/fake-reads.ts'
import type { Measurement } from './measure.ts'
import { median, quantile } from './table.ts'

const people = 200
const zone = 'Europe/Berlin'
const now = new Date('2026-11-23T08:00:00Z')
const week: Period = { from: '2026-11-16', to: '2026-11-23' }

function context(): ReportContext {
  const maria: Person = { id: '100', name: 'Maria Lind', emails: ['maria@acme.test'], active: true }
  const team = Array.from(
    { length: people },
    (_, index): Person => ({ id: String(1000 + index), name: `Person ${index}`, emails: [], managerId: maria.id, active: true }),
  )
  const interaction = Object.fromEntries(
    weeksThrough(week, 9).map((period, weeks) => [
      periodKey(period),
      team.map(({ id }, index) => ({
        personId: id,
        callsCount: 3 + ((index + weeks) % 9),
        talkShare: 0.35 + ((index * 7 + weeks) % 30) / 100,
        longestMonologueSeconds: 80 + ((index * 13 + weeks) % 120),
        interactivity: 4 + ((index + weeks) % 5),
        patience: 0.5 + (index % 10) / 10,
        questionRate: 8 + ((index + weeks) % 10),
      })),
    ]),
  )
  const activity = Object.fromEntries(
    Object.entries(interaction).map(([key, rows]) => [
      key,
      rows.map(({ personId, callsCount }) => ({ personId, callsAsHost: callsCount, callsAttended: callsCount })),
    ]),
  )
  const stats = createStatsService({
    reads: fakeReads({ people: [maria, ...team], interaction, activity }),
    minimumCalls: 3,
    minimumGroup: 5,
    weekStart: 1,
    targets: publishedTargets,
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock: movableClock(now),
  })
  return {
    subject: { type: 'team', managerId: maria.id },
    period: week,
    audience: { type: 'person', viewer: viewer(maria) },
    detail: 'by-name',
    stats,
    today: localDateOf(now, zone),
    now,
    locale: 'en-GB',
    zone,
    gongAppUrl: 'https://app.gong.io',
  }
}

export const renderTeam: Measurement = {
  name: 'render',
  async run({ quick }) {
    const given = context()
    const render = renderForSlack()
    const times: number[] = []
    let bytes = 0
    for (let index = 0; index < (quick ? 120 : 400); index += 1) {
      const before = process.threadCpuUsage()
      const { message } = await buildDigest({ kind: 'manager', subjectId: '100', remarks: [] }, given)
      const { payload, thread } = render(message, 0)
      bytes = JSON.stringify([payload, thread && render(thread, 0, 'thread').payload]).length
      const { user, system } = process.threadCpuUsage(before)
      times.push((user + system) / 1000)
    }
    // The first ones compile.
    const warm = times.slice(40)
    return [
      {
        name: `team report of ${people} people, built and rendered`,
        target: 10,
        result: median(warm),
        unit: 'ms',
        note: `CPU of the main thread, which other work on the machine does not move; median of ${warm.length}, p90 ${quantile(warm, 0.9).toFixed(1)} ms, the very first ${times[0]?.toFixed(0)} ms; ${Math.round(bytes / 1024)} KB of JSON`,
      },
    ]
  },
}
