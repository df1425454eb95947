// Since when unmarked scores are averaged as they are is remembered from one start to the next.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rememberUnmarkedCards } from '../../src/domain/unmarked-cards.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'

let store: OpenedStore
beforeEach(async () => {
  store = await usualStore()
})
afterEach(() => store.close())

it('a first start changes nothing; a start with the other setting does, until the next change', async () => {
  const starts = [
    ['show', '2026-11-20'],
    ['show', '2026-11-21'],
    ['hide', '2026-11-22'],
    ['hide', '2026-11-23'],
    ['show', '2026-11-24'],
  ] as const
  const known: unknown[] = []
  for (const [setting, today] of starts) {
    await rememberUnmarkedCards(store.tenant, setting, today)
    known.push((await store.reads.tenant()).unmarkedCards)
  }
  expect(known).toEqual([
    { setting: 'show' },
    { setting: 'show' },
    { setting: 'hide', changedOn: '2026-11-22' },
    { setting: 'hide', changedOn: '2026-11-22' },
    { setting: 'show', changedOn: '2026-11-24' },
  ])
})
