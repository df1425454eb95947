// Forgetting somebody who led a team gives nothing away about whoever its people would be pooled with: readers remember that team's figure, and
// the forgotten leader what they saw by name.
import { afterEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Subject } from '../../src/domain/policy.ts'
import { endedWeek, inGong, type SightWorld, sightWorld } from '../kit/sight-world.ts'

const teamOf = (managerId: string, ids: readonly string[]): readonly Person[] => ids.map((id) => inGong(id, managerId))
const five = ['101', '102', '103', '104', '105']
const otherFive = ['111', '112', '113', '114', '115']

let world: SightWorld
afterEach(() => world.store.close())

/** As anybody in the workspace is shown it. */
async function inPublic(subject: Subject): Promise<number | string | undefined> {
  const { measures } = await world.stats.team(subject, endedWeek, 'medians', await world.viewers.onlookersOf(undefined))
  const value = measures.get('calls-hosted')?.value
  return value?.known ? value.value : value?.why
}
const team = (managerId: string): Subject => ({ type: 'team', managerId })
const company: Subject = { type: 'company' }

describe('people of a forgotten leader', () => {
  it('are pooled with nobody in the weeks that had ended', async () => {
    world = await sightWorld([...teamOf('98', five), ...teamOf('99', otherFive), inGong('98', '99'), inGong('99')])
    // 2⁰ to 2⁴; 99 has 2¹¹, and the company without a name for the five would be 31 + 992 + 2¹¹.
    expect(await inPublic(team('98'))).toBe(31)
    await world.store.people.forget('98', 'key')
    expect(await Promise.all([inPublic(team('99')), inPublic(company)])).toEqual(['deleted', 'deleted'])
  })

  it('nor where nobody was shown a figure of theirs: the forgotten leader saw them by name', async () => {
    world = await sightWorld([...teamOf('98', five), ...teamOf('99', otherFive), inGong('98', '90'), inGong('99', '90'), inGong('90')])
    expect(await inPublic(team('99'))).toBe(992)
    await world.store.people.forget('98', 'key')
    expect(await Promise.all([inPublic(company), inPublic({ type: 'org', managerId: '90' }), inPublic(team('99'))])).toEqual([
      'deleted',
      'deleted',
      992,
    ])
  })

  it('nor after a move since, nor once whoever was above is forgotten too', async () => {
    world = await sightWorld([
      ...teamOf('98', five),
      ...teamOf('99', otherFive),
      inGong('98', '90'),
      inGong('99', '90'),
      inGong('90', '80'),
      inGong('80'),
    ])
    expect(await inPublic(team('98'))).toBe(31)
    world.moveToDay(1)
    for (const id of five) await world.store.people.move(id, '99')
    world.moveToDay(2)
    await world.store.people.forget('98', 'key')
    await world.store.people.forget('90', 'key')
    const answers = [inPublic(company), inPublic({ type: 'org', managerId: '80' }), inPublic(team('99'))]
    // 99’s own five were below 80 until 90 was forgotten: who saw somebody and sees them no more is not believed to have seen the whole week.
    expect(await Promise.all(answers)).toEqual(['deleted', 'deleted', 'too-few-people'])
  })
})
