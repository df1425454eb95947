// Long answers are parsed piece by piece and mean the same as parsed at once.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseJson } from '../../src/gong/wire/json.ts'
import { EntryTooLong, parseYielding } from '../../src/gong/wire/parse-yielding.ts'
import { casesOf } from '../kit/cases.ts'
import { countingTurns } from '../kit/turns-of-loop.ts'

const record = (index: number) => ({
  userId: `1234567890123456${index}`,
  name: 'A "quoted" \\ name, [with] {signs}',
  calls: [index, { deep: [] }],
  none: null,
})
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
        expect(await parseYielding(text)).toEqual(parseJson(text))
      }),
      { numRuns: casesOf(60) },
    )
  })

  it('keeps every digit of long ids', async () => {
    const text = `{"list":[${Array.from({ length: 20_000 }, () => '{"id":12345678901234567890}').join(',')}]}`
    const { list } = (await parseYielding(text)) as { list: { id: string }[] }
    expect(list).toHaveLength(20_000)
    expect(new Set(list.map(({ id }) => id))).toEqual(new Set(['12345678901234567890']))
  })

  it('is refused like any other when it is no JSON', async () => {
    const whole = JSON.stringify(answer(4000))
    for (const broken of [whole.slice(0, -1), whole.replace('"users":[', '"users":['.concat(',')), `${whole}]`, whole.slice(0, 300_000)])
      await expect(parseYielding(broken)).rejects.toThrow(SyntaxError)
  })

  it('is refused when one entry, or what stands beside the lists, is longer than a mebibyte', async () => {
    const long = 'x'.repeat(1024 * 1024)
    await expect(parseYielding(JSON.stringify({ list: [{ long }] }))).rejects.toThrow(EntryTooLong)
    await expect(parseYielding(JSON.stringify({ long }))).rejects.toThrow(EntryTooLong)
    await expect(parseYielding(JSON.stringify({ list: [1], long }))).rejects.toThrow(EntryTooLong)
  })

  it('lets the event loop run in between: 12 MB in many turns', async () => {
    const text = JSON.stringify(answer(100_000))
    // Short pieces share a turn. Here none is short, however fast the machine is: each look at the time finds it a millisecond later.
    let nowMs = performance.now()
    const time = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 1))
    let turns = 0
    try {
      await countingTurns(async (now) => {
        await parseYielding(text)
        turns = now()
      })
    } finally {
      time.mockRestore()
    }
    // 12 MB in pieces of 64 KB are about 180, each followed by a turn; the delay itself is measured in the benchmark.
    expect(turns).toBeGreaterThan(150)
  })
})
