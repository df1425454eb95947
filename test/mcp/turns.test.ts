// So many at once and no more; whoever waits longest is next; a turn that ends twice counts once.
import { expect, it } from 'vitest'
import { createTurns } from '../../src/mcp/turns.ts'
import { testDesk, viewers } from '../bot/commands/company.ts'
import { call } from './calls.ts'

it('lets two go on, and the third when one of them ends', async () => {
  const turns = createTurns(2)
  const begun: string[] = []
  const take = async (name: string): Promise<() => void> => {
    const end = await turns.take()
    begun.push(name)
    return end
  }
  const [first, second] = [await take('first'), await take('second')]
  const [third, fourth] = [take('third'), take('fourth')]
  await Promise.resolve()
  expect(begun).toEqual(['first', 'second'])
  first()
  first()
  const endThird = await third
  expect(begun).toEqual(['first', 'second', 'third'])
  second()
  const endFourth = await fourth
  endThird()
  endFourth()
  await take('fifth')
  await take('sixth')
  expect(begun).toHaveLength(6)
})

it('a call that waits for Gong keeps nobody from an answer', async () => {
  const turns = createTurns(1)
  const fetching = Promise.withResolvers<void>()
  const desk = testDesk()
  const slow = {
    ...desk.services,
    async ensureFetched(_need: unknown, wait: (seconds: number) => Promise<void>) {
      await wait(40)
      await fetching.promise
    },
  }
  const waiting = call(viewers.rep, 'my_numbers', {}, { desk, services: slow, turns })
  expect((await call(viewers.manager, 'team_numbers', {}, { turns })).text).toContain('| Maria Lead')
  fetching.resolve()
  expect((await waiting).text).toContain('| Ana Diaz')
})
