// Digests and programmes of the small company of kit/delivery-world.ts, over a store of their own. Nobody answers where its Slack would be.
import type { Clock } from '../../src/clock.ts'
import type { ServiceDeps } from '../../src/services.ts'
import type { OpenedStore, StoreOptions } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, worldOf } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'

interface DigestsWorld {
  readonly store: OpenedStore
  readonly world: DeliveryWorld
}

/** To be closed by its store. */
export async function digestsWorld(
  clock: Clock,
  { storeOptions, ...change }: Partial<ServiceDeps> & { readonly storeOptions?: Partial<StoreOptions> } = {},
): Promise<DigestsWorld> {
  const store = await usualStore({ clock, ...storeOptions })
  await fillCompany(store, clock.now())
  const slack = { apiUrl: 'http://127.0.0.1:9', botToken: 'none' }
  return { store, world: worldOf({ store, clock, log: keptLog().log, slack, change }) }
}
