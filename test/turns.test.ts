// So many at once and no more; whoever waits longest is next; a turn that ends twice counts once.
import { expect, it, vi } from 'vitest'
import { createTurns, inTurn } from '../src/turns.ts'
import { testDesk, viewers } from './bot/commands/company.ts'
import { call } from './mcp/calls.ts'

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

it('gives the turn of work that waits to the next one, and takes it back from nobody', async () => {
  vi.useFakeTimers()
  try {
    const turns = createTurns(1)
    const waiting = Promise.withResolvers<void>()
    const begun: string[] = []
    const work = (name: string, until?: Promise<void>) =>
      inTurn(turns, async () => {
        begun.push(name)
        await until
      })
    const long = work('waits for Gong', waiting.promise)
    const next = work('next')
    await vi.advanceTimersByTimeAsync(1999)
    expect(begun).toEqual(['waits for Gong'])
    await vi.advanceTimersByTimeAsync(1)
    expect(begun).toEqual(['waits for Gong', 'next'])
    waiting.resolve()
    await Promise.all([long, next])
    // One turn, as before: the long one did not end the next one's.
    const [third, fourth] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const works = [work('third', third.promise), work('fourth', fourth.promise)]
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toEqual(['waits for Gong', 'next', 'third'])
    third.resolve()
    fourth.resolve()
    await Promise.all(works)
  } finally {
    vi.useRealTimers()
  }
})
