// Home is drawn by the rights its reader has when it is shown.
import { expect, it } from 'vitest'
import type { HomeSection } from '../../../src/bot/action.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { waited } from '../../../src/one-reading.ts'
import { createErrorBoundary } from '../../../src/slack/receive/error-boundary.ts'
import { openHome } from '../../../src/slack/receive/home.ts'
import type { ReceiveDeps } from '../../../src/slack/receive/receive-deps.ts'
import { chart, at as now, viewers } from '../../bot/commands/company.ts'
import { keptLog } from '../../kit/quiet-log.ts'

/** Home as it is published to somebody who turns from `before` into `after` while it is written, and waits for somebody else; the looks recorded. */
async function homeOf(before: Viewer, after: Viewer): Promise<{ readonly home: string; readonly looks: readonly unknown[] }> {
  let viewer = before
  const published: unknown[] = []
  const looks: unknown[] = []
  const figures: HomeSection = {
    id: 'figures',
    async write(by, services) {
      await services.recordViews(by, ['3'], 'Home')
      waited()
      viewer = after
      return [{ type: 'heading', text: 'Ana talks 61 % of the time' }]
    },
  }
  const { log } = keptLog()
  const deps = {
    viewers: { readerOf: async () => ({ viewer, locale: 'en-GB', zone: 'Europe/Berlin' }) },
    services: {
      chart: async () => chart,
      recordViews: async ({ slackUserId }: Viewer, ...view: unknown[]) => void looks.push([slackUserId, ...view]),
    },
    views: { publishHome: async (_id: string, parts: unknown) => void published.push(parts) },
    home: [figures],
    clock: { now: () => now.now },
    log,
  } as unknown as ReceiveDeps
  await openHome(before.slackUserId, { ...deps, guard: createErrorBoundary(deps) })
  return { home: JSON.stringify(published), looks }
}

it('shows and records what was written where its reader may see the same after a wait', async () => {
  const { home, looks } = await homeOf(viewers.manager, { ...viewers.manager })
  expect(home).toContain('Ana talks')
  expect(looks).toEqual([['U2', ['3'], 'Home']])
})

it('shows nothing of it to somebody who is a guest by then, says so, and records no look', async () => {
  const { home, looks } = await homeOf(viewers.manager, { ...viewers.manager, standing: 'guest' })
  expect(looks).toEqual([])
  expect(home).not.toContain('Ana')
  expect(home).toContain('What you may see has just changed. Open this tab again.')
})
