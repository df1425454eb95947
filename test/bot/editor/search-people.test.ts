// Searching everybody at each key: whom it finds, and that other work goes on meanwhile.
import { expect, it } from 'vitest'
import { searchPeople } from '../../../src/bot/editor/search-people.ts'
import { busyMs, countingTurns } from '../../kit/turns-of-loop.ts'
import { person } from '../../stats/world.ts'

const people = ['Ana Diaz', 'Diana Ruiz', 'Ben Okafor', 'Dia Olsen'].map((name) => person(name))
const idsOf = async (typed: string, most = 100, mayChoose = (_id: string) => true) =>
  (await searchPeople(people, typed, mayChoose, most)).map(({ id }) => id)

it('finds whose names contain what was typed, as far as the viewer may see them, and no more than are shown', async () => {
  expect(await idsOf('DIA')).toEqual(['Ana Diaz', 'Diana Ruiz', 'Dia Olsen'])
  expect(await idsOf('dia', 2)).toEqual(['Ana Diaz', 'Diana Ruiz'])
  expect(await idsOf('', 100, (id) => id.startsWith('Ben'))).toEqual(['Ben Okafor'])
  expect(await idsOf('nobody')).toEqual([])
})

it('lets others go on between the people', async () => {
  await countingTurns(async (now) => {
    const many = Array.from({ length: 20 }, (_, at) => person(`p${at}`))
    const began = now()
    await searchPeople(
      many,
      '',
      () => {
        busyMs(2)
        return false
      },
      100,
    )
    expect(now() - began).toBeGreaterThanOrEqual(19)
  })
})
