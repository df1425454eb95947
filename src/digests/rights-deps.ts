// What rights are asked of, joined from the store, the directory and the settings.
import type { Clock } from '../clock.ts'
import type { Company } from '../domain/company.ts'
import { setSince } from '../domain/group-settings.ts'
import type { SlackPeople } from '../people/slack-people.ts'
import type { Viewers } from '../people/viewers.ts'
import type { Store } from '../store/store.ts'
import type { RightsDeps } from './sending-rights.ts'

export const rightsDepsOf = ({
  store,
  clock,
  company,
  people,
  viewers,
  settings,
}: {
  readonly store: Pick<Store, 'people' | 'tenant' | 'keyedHash'>
  readonly clock: Clock
  readonly company: Company
  readonly people: SlackPeople
  readonly viewers: Pick<Viewers, 'onlookersOf'>
  readonly settings: Pick<RightsDeps, 'namesInChannels'>
}): RightsDeps => ({
  clock,
  company,
  namesInChannels: settings.namesInChannels,
  chart: () => store.people.chart(),
  viewerOf: people.viewerOf,
  slackPerson: people.person,
  onlookersOf: viewers.onlookersOf,
  keyedHash: store.keyedHash,
  async groupSettings() {
    const set = await Promise.all([setSince(store.tenant, 'group-rule'), setSince(store.tenant, 'unmarked-cards')])
    return set.map((each) => (each ? `${each.setting} ${each.changedOn ?? ''}` : '')).join(', ')
  },
})
