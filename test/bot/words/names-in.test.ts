// Names as they are looked up in sentences: whole, in parts, without accents; of people who are still there.
import { expect, it } from 'vitest'
import { namesIn } from '../../../src/bot/words/names-in.ts'
import { orgChart } from '../../../src/domain/team.ts'

const person = (id: string, name: string, active = true) => ({ id, name, emails: [], active })

it('knows whole names and their parts, and nobody who has left', () => {
  const chart = orgChart([person('1', 'Zoë Diaz-Ruiz'), person('2', 'Lee Gone', false)])
  expect([...namesIn(chart)].toSorted()).toEqual(['diaz', 'ruiz', 'zoe', 'zoe diaz ruiz'])
  expect(namesIn(chart)).toBe(namesIn(chart))
})
