// Facts of one reading are asked once, and never longer than the reading lasts.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { asOneReading, hasWaited, onceAReading, readAnew, waited } from '../src/one-reading.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** A fact that changes each time it is asked for. */
function changingFact() {
  const asked: string[] = []
  const ask = onceAReading(async (key: string) => `${key} ${asked.push(key)}`)
  return { ask, asked }
}

it('asks a fact once for each key, however many parts ask and whenever', async () => {
  const { ask, asked } = changingFact()
  const answers = await asOneReading(async () => {
    const together = await Promise.all([ask('zone'), ask('zone'), ask('contract')])
    return [...together, await ask('zone')]
  })
  expect(answers).toEqual(['zone 1', 'zone 1', 'contract 2', 'zone 1'])
  expect(asked).toEqual(['zone', 'contract'])
})

it('asks anew outside of a reading, in the next one, and in one beside it', async () => {
  const { ask } = changingFact()
  expect([await ask('zone'), await ask('zone')]).toEqual(['zone 1', 'zone 2'])
  const answers = await Promise.all([asOneReading(() => ask('zone')), asOneReading(() => ask('zone'))])
  expect(answers).toEqual(['zone 3', 'zone 4'])
})

it('makes a reading within a reading part of it', async () => {
  const { ask } = changingFact()
  const answers = await asOneReading(async () => [await ask('zone'), await asOneReading(() => ask('zone')), await ask('zone')])
  expect(answers).toEqual(['zone 1', 'zone 1', 'zone 1'])
})

it('asks anew once somebody waited or wrote, and begins again where that is asked for', async () => {
  const { ask } = changingFact()
  const answers = await asOneReading(async () => {
    const before = await ask('zone')
    readAnew()
    const after = [await ask('zone'), await ask('zone')]
    return [before, ...after, ...(await asOneReading(async () => [await ask('zone'), await ask('zone')]))]
  })
  expect(answers).toEqual(['zone 1', 'zone 2', 'zone 3', 'zone 4', 'zone 4'])
})

it('knows of a wait in it or in one within, and of its own length; reading anew is none', async () => {
  const after = (work: () => unknown) =>
    asOneReading(async () => {
      await work()
      return hasWaited()
    })
  const within = async () => {
    readAnew()
    await asOneReading(async () => waited())
  }
  expect([await after(() => undefined), await after(readAnew), await after(waited), await after(within)]).toEqual([
    false,
    false,
    true,
    true,
  ])
  expect(await after(() => vi.advanceTimersByTime(1000))).toBe(true)
  expect(hasWaited()).toBe(false)
})

it('asks anew after a wait', async () => {
  const { ask } = changingFact()
  const answers = await asOneReading(async () => {
    const before = await ask('zone')
    waited()
    return [before, await ask('zone')]
  })
  expect(answers).toEqual(['zone 1', 'zone 2'])
})

it('is over for work that goes on after the answer', async () => {
  const { ask } = changingFact()
  const { promise: answered, resolve } = Promise.withResolvers<void>()
  const later = await asOneReading(async () => {
    await ask('zone')
    return { answer: answered.then(() => ask('zone')) }
  })
  resolve()
  expect(await later.answer).toBe('zone 2')
})

it('asks again for what could not be asked', async () => {
  let isDown = true
  const ask = onceAReading(async () => {
    if (isDown) throw new Error('down')
    return 'there'
  })
  await asOneReading(async () => {
    await expect(ask('zone')).rejects.toThrow('down')
    isDown = false
    expect(await ask('zone')).toBe('there')
  })
})
