// Facts of one reading are asked once, and never longer than the reading lasts.
import { expect, it } from 'vitest'
import { asOneReading, onceAReading, readAnew } from '../src/one-reading.ts'

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
