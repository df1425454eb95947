// Since when a setting of group figures is as it is, is remembered from one start, or choice, to the next.
import { expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { latestDate, rememberSetting, withholdEarlier } from '../../src/domain/group-settings.ts'
import { card } from '../stats/world.ts'
import { noon, onBothBackends } from './backends.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const whole = { period: week, scope: 'all' as const, quarantinedIds: [], quarantined: 0, readAt: noon, final: false }
const of = (scorecardId: string, personId: string): AnsweredScorecard =>
  card(personId, undefined, '2026-11-18T10:00:00Z', { scorecardId, scorecardName: `Card ${scorecardId}` })

onBothBackends((backend) => {
  it('after a restored backup weeks of before are withheld, also where it knows no rule yet', async () => {
    const store = await backend.open()
    await withholdEarlier(store.tenant, '2026-11-24')
    await rememberSetting(store.tenant, 'group-rule', '5/3/1', '2026-11-24')
    expect((await store.reads.tenant()).groupRule).toEqual({ setting: '5/3/1', changedOn: '2026-11-24' })
  })

  it('a first start changes nothing; a start with the other setting does, until the next change', async () => {
    const store = await backend.open()
    const starts = [
      ['show', '5/3/1', '2026-11-20'],
      ['show', '5/3/1', '2026-11-21'],
      ['hide', '5/3/1', '2026-11-22'],
      ['hide', '4/3/1', '2026-11-23'],
      ['show', '4/3/1', '2026-11-24'],
    ] as const
    const known: unknown[] = []
    for (const [unmarked, rule, today] of starts) {
      await rememberSetting(store.tenant, 'unmarked-cards', unmarked, today)
      await rememberSetting(store.tenant, 'group-rule', rule, today)
      const { unmarkedCards, groupRule } = await store.reads.tenant()
      known.push([unmarkedCards, groupRule])
    }
    const first = { setting: '5/3/1' }
    const later = { setting: '4/3/1', changedOn: '2026-11-23' }
    expect(known).toEqual([
      [{ setting: 'show' }, first],
      [{ setting: 'show' }, first],
      [{ setting: 'hide', changedOn: '2026-11-22' }, first],
      [{ setting: 'hide', changedOn: '2026-11-22' }, later],
      [{ setting: 'show', changedOn: '2026-11-24' }, later],
    ])
  })

  it('other cards that count are a change from when groups were shown some, and the same ones are none', async () => {
    const store = await backend.open()
    await store.records.keepScorecards(
      whole,
      ['1', '2'].flatMap((id) => [of('s1', id), of('s2', id)]),
    )
    const chosen = async (ids: readonly string[], today: string) => {
      await store.cards.choose(ids, today)
      return (await store.reads.tenant()).cardsChangedOn
    }
    expect(await chosen(['s1'], '2026-11-23')).toBeUndefined()
    await store.reads.showing('scorecards', [{ period: week, personIds: ['1', '2'] }])
    expect(await chosen(['s1'], '2026-11-24')).toBeUndefined()
    expect(await chosen(['s2', 's1'], '2026-11-25')).toBe('2026-11-25')
    expect(await chosen(['s1', 's2'], '2026-11-26')).toBe('2026-11-25')
    expect(await chosen([], '2026-11-27')).toBe('2026-11-27')
  })
})

it('the day of a change is the latest there is: further east a week that ends now may have been shown', () => {
  expect(latestDate(new Date('2026-11-22T12:00:00Z'))).toBe('2026-11-23')
  expect(latestDate(new Date('2026-11-22T09:59:59Z'))).toBe('2026-11-22')
})
