// What statistics may read, answered from the windows, records and people of this store.
import { closedWorkspaces } from '../../domain/closed-workspaces.ts'
import { setSince } from '../../domain/group-settings.ts'
import type { Reads } from '../../domain/reads.ts'
import type { PeopleStore } from '../people/people.ts'
import type { TenantStore } from '../tenant.ts'
import type { ShownStore } from './as-shown.ts'
import type { CountedCards } from './counted-cards.ts'
import type { GapStore } from './gaps.ts'
import type { RecordStore } from './records.ts'
import type { WindowStore } from './windows.ts'

export function createReads(deps: {
  readonly people: PeopleStore
  readonly windows: WindowStore
  readonly records: RecordStore
  readonly cards: Pick<CountedCards, 'counted' | 'changedOn'>
  readonly gaps: Pick<GapStore, 'all'>
  readonly shown: ShownStore & Pick<Reads, 'release' | 'replacedBefore'>
  readonly tenant: TenantStore
}): Reads {
  const { people, windows, records, cards, gaps, shown, tenant } = deps
  return {
    async tenant() {
      const [contract, zone, coachingRows, counted, open, peopleReadAt, workspaces, unmarkedCards, groupRule, keptFrom, cardsChangedOn] =
        await Promise.all([
          tenant.get('contract'),
          tenant.get('zone'),
          tenant.get('coaching-rows'),
          cards.counted(),
          gaps.all(),
          people.readAt(),
          closedWorkspaces(tenant),
          setSince(tenant, 'unmarked-cards'),
          setSince(tenant, 'group-rule'),
          tenant.get('kept-from'),
          cards.changedOn(),
        ])
      return {
        contract: contract === 'live' ? 'live' : 'documented',
        zone: zone ?? 'UTC',
        coachingRows: coachingRows === 'per-report' ? 'per-report' : 'totals',
        ...(counted.length > 0 && { cardsThatCount: counted.map(({ name }) => name) }),
        gaps: open,
        peopleReadAt,
        ...(workspaces && { workspaces }),
        ...(unmarkedCards && { unmarkedCards }),
        ...(groupRule && { groupRule }),
        ...(keptFrom && { keptFrom }),
        ...(cardsChangedOn && { cardsChangedOn }),
      }
    },
    ...shown,
    chart: () => people.chart(),
    interaction: (period, personIds) => windows.read('interaction', period, personIds),
    activity: (period, personIds) => windows.read('activity', period, personIds),
    coaching: (period, managerIds) => windows.readCoaching(period, managerIds),
    dailyActivity: (period, personIds) => records.readDailyActivity(period, personIds),
    scorecards: (period, of) => records.readScorecards(period, of),
  }
}
