// So many at once and no more; people take turns, each theirs in their order; a turn that ends twice counts once.
import { expect, it, vi } from 'vitest'
import { createTurns, inTurn, type Turns } from '../src/turns.ts'
import { testKit, viewers } from './bot/commands/company.ts'
import { call } from './mcp/calls.ts'

const bounds = { spare: 0, waitingAtMost: 50 }

async function taken(turns: Turns, who: string | undefined, name: string, begun: string[]): Promise<() => void> {
  const end = await turns.take(who)
  begun.push(end ? name : `${name} refused`)
  return end ?? (() => undefined)
}

it('lets two go on, and the third when one of them ends', async () => {
  const turns = createTurns(2, bounds)
  const begun: string[] = []
  const take = (name: string) => taken(turns, 'U1', name, begun)
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
  const turns = createTurns(1, bounds)
  const fetching = Promise.withResolvers<void>()
  const kit = testKit()
  const slow = {
    ...kit.services,
    async ensureFetched(_need: unknown, wait: (seconds: number) => Promise<void>) {
      await wait(40)
      await fetching.promise
    },
  }
  const waiting = call(viewers.rep, 'my_numbers', {}, { kit, services: slow, turns })
  expect((await call(viewers.manager, 'team_numbers', {}, { turns })).text).toContain('| Maria Lead')
  fetching.resolve()
  expect((await waiting).text).toContain('| Ana Diaz')
})

it('gives the turn of work that waits to the next one, and takes it back from nobody', async () => {
  vi.useFakeTimers()
  try {
    const turns = createTurns(1, bounds)
    const waiting = Promise.withResolvers<void>()
    const begun: string[] = []
    const work = (name: string, until?: Promise<void>) =>
      inTurn(
        turns,
        'U1',
        async () => {
          begun.push(name)
          await until
        },
        async () => undefined,
      )
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

it('goes round among those who wait, each in their own order', async () => {
  const turns = createTurns(1, bounds)
  const begun: string[] = []
  const ask = async (who: string, name: string): Promise<void> => (await taken(turns, who, name, begun))()
  const end = await taken(turns, 'U1', 'a0', begun)
  const all = [...['a1', 'a2', 'a3', 'a4'].map((name) => ask('U1', name)), ask('U2', 'b1'), ask('U3', 'c1'), ask('U2', 'b2')]
  end()
  await Promise.all(all)
  expect(begun).toEqual(['a0', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4'])
})

it('keeps turns for the others while one person has all of theirs', async () => {
  const turns = createTurns(4, { spare: 1, waitingAtMost: 50 })
  const begun: string[] = []
  const flood = Array.from({ length: 20 }, (_, index) => taken(turns, 'U1', `a${index}`, begun))
  const end = await taken(turns, 'U2', 'b', begun)
  expect(begun).toEqual(['a0', 'a1', 'a2', 'b'])
  end()
  await Promise.resolve()
  // What is kept for others is not theirs when they are done.
  expect(begun).toHaveLength(4)
  for (const turn of flood) (await turn)()
  expect(begun).toHaveLength(21)
})

it('refuses what is more than may wait of one person, and nobody else’s; what is nobody’s waits', async () => {
  const turns = createTurns(1, { spare: 0, waitingAtMost: 3 })
  const begun: string[] = []
  const end = await taken(turns, 'U1', 'a0', begun)
  const waiting = Array.from({ length: 5 }, (_, index) => taken(turns, 'U1', `a${index + 1}`, begun))
  const others = [taken(turns, 'U2', 'b', begun), ...Array.from({ length: 10 }, () => taken(turns, undefined, 'event', begun))]
  await Promise.resolve()
  expect(begun).toEqual(['a0', 'a4 refused', 'a5 refused'])
  end()
  for (const turn of [...waiting, ...others]) void turn.then((over) => over())
  await Promise.all([...waiting, ...others])
  expect(begun).toHaveLength(3 + 3 + 1 + 10)
  // Once their own are answered they may ask again.
  await (await taken(turns, 'U1', 'a6', begun))()
  expect(begun.at(-1)).toBe('a6')
})

it('says so to whoever asks a tool too often at once', async () => {
  const turns = createTurns(1, { spare: 0, waitingAtMost: 0 })
  expect((await call(viewers.rep, 'my_numbers', {}, { turns })).text).toContain('You have asked faster than I can answer.')
})
