// Keeps it to one refresh of Gong's figures at a time: in this process a second caller joins the running one; a refresh of another
// replica is left to finish.
import type { GongPurpose } from '../domain/gong-ports.ts'
import type { Store } from '../store/store.ts'

/** Resolves true when a refresh of ours is done, false when another replica is at one. @throws what sync throws. */
export type RefreshOnce = (purpose: GongPurpose, signal?: AbortSignal) => Promise<boolean>

export function createRefreshOnce(deps: {
  readonly store: Pick<Store, 'exclusively'>
  readonly sync: { refresh(purpose: GongPurpose, signal?: AbortSignal): Promise<unknown> }
}): RefreshOnce {
  let underWay: Promise<boolean> | undefined
  return (purpose, signal) => {
    underWay ??= deps.store
      .exclusively('figures of Gong', async () => {
        await deps.sync.refresh(purpose, signal)
        return true
      })
      .then((done) => done === true)
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }
}
