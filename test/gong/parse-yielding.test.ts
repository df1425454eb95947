// Long answers are parsed piece by piece and mean the same as parsed at once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerTooLong } from '../../src/bounded-answer.ts'
import { parseJson } from '../../src/gong/wire/json.ts'
import { parseYielding } from '../../src/gong/wire/parse-yielding.ts'
import { casesOf } from '../kit/cases.ts'
import { turnsOfLongPieces } from '../kit/turns-of-loop.ts'

const record = (index: number) => ({
  userId: `1234567890123456${index}`,
  name: 'A "quoted" \\ name, [with] {signs}',
  calls: [index, { deep: [] }],
  none: null,
})
const parsed = (text: string) => parseYielding(Buffer.from(text))
const answer = (count: number) => ({
  requestId: 'r1',
  records: { totalRecords: count, cursor: 'x' },
  users: Array.from({ length: count }, (_, index) => record(index)),
  'odd "key"': [],
  timeZone: 'Europe/Berlin',
  others: [1, 'two', [3], null],
})

describe('a long answer', () => {
  it('means the same as parsed at once, whatever stands in it', async () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 })
    await fc.assert(
      fc.asyncProperty(value, fc.constantFrom(undefined, 1), async (small, indent) => {
        // Long enough to be cut: 4,000 records of about 100 characters.
        const text = JSON.stringify({ ...small, ...answer(4000) }, null, indent)
        expect(await parsed(text)).toEqual(parseJson(text))
      }),
      { numRuns: casesOf(60) },
    )
  })

  it('keeps every digit of long ids', async () => {
    const text = `{"list":[${Array.from({ length: 20_000 }, () => '{"id":12345678901234567890}').join(',')}]}`
    const { list } = (await parsed(text)) as { list: { id: string }[] }
    expect(list).toHaveLength(20_000)
    expect(new Set(list.map(({ id }) => id))).toEqual(new Set(['12345678901234567890']))
  })

  it('is refused like any other when it is no JSON', async () => {
    const whole = JSON.stringify(answer(4000))
    for (const broken of [whole.slice(0, -1), whole.replace('"users":[', '"users":['.concat(',')), `${whole}]`, whole.slice(0, 300_000)])
      await expect(parsed(broken)).rejects.toThrow(SyntaxError)
  })

  it('is refused when one entry, or what stands beside the lists, is longer than a mebibyte', async () => {
    const long = 'x'.repeat(1024 * 1024)
    await expect(parsed(JSON.stringify({ list: [{ long }] }))).rejects.toThrow(AnswerTooLong)
    await expect(parsed(JSON.stringify({ long }))).rejects.toThrow(AnswerTooLong)
    await expect(parsed(JSON.stringify({ list: [1], long }))).rejects.toThrow(AnswerTooLong)
  })

  it('lets the event loop run in between: 12 MB in many turns', async () => {
    // 40,000 records of about 300 bytes.
    const text = JSON.stringify({
      ...answer(0),
      users: Array.from({ length: 40_000 }, (_, n) => ({ ...record(n), note: 'y'.repeat(200) })),
    })
    const turns = await turnsOfLongPieces(() => parsed(text))
    // 12 MB in pieces of 64 KB are about 180, each followed by a turn; the delay itself is measured in the benchmark.
    expect(turns).toBeGreaterThan(150)
  })
  it('lets the event loop run inside one long text, and between short entries', async () => {
    const oneText = { users: [], more: '"'.repeat(500_000) }
    const shortEntries = { users: Array.from({ length: 50_000 }, () => ({})) }
    // A megabyte is looked through in 16 pieces; 50,000 entries are parsed in 13 of 4,000 values.
    expect(await turnsOfLongPieces(() => parsed(JSON.stringify(oneText)))).toBeGreaterThan(14)
    expect(await turnsOfLongPieces(() => parsed(JSON.stringify(shortEntries)))).toBeGreaterThan(11)
  })
})

describe('an answer that has more of something than any of Gong’s', () => {
  const many = (count: number, each: (n: number) => string) => Array.from({ length: count }, (_, n) => each(n)).join(',')
  it.each([
    ['records in a list', `{"list":[${many(50_001, () => '{}')}]}`, 'lists more than 50000 records'],
    ['records, whatever comes after', `{"list":[${many(60_000, () => '{}')}`, 'lists more than 50000 records'],
    ['values in one record', `{"list":[{"calls":[${many(15_001, () => '12345678')}]}]}`, 'an entry made of more than 15000 values'],
    ['names in one record', `{"list":[{${many(10_000, (n) => `"n${n}":0`)}}]}`, 'an entry made of more than 15000 values'],
    ['names beside its lists', `{"list":[1],${many(10_000, (n) => `"n${n}":0`)}}`, 'more than 15000 values beside its lists'],
    ['lists', `{${many(10_000, (n) => `"n${n}":[]`)}}`, 'more than 20 lists'],
  ])('%s is refused', async (_what, text, words) => {
    const refusal = await parsed(text).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(AnswerTooLong)
    expect(String(refusal)).toContain(words)
  })

  it('may have as many as the bounds say', async () => {
    const calls = Array.from({ length: 14_990 }, (_, n) => n)
    const list = [{ calls }, ...Array.from({ length: 49_999 }, () => ({}))]
    expect(await parsed(JSON.stringify({ list }))).toEqual({ list })
  })
})
