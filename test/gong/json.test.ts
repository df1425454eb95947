// JSON whose long whole numbers keep every digit, wherever they stand, and which is plain JSON otherwise.
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/gong/wire/json.ts'

describe('JSON from Gong', () => {
  it('keeps the digits of a long whole number as text, wherever it stands', () => {
    const long = '12345678901234567890'
    for (const before of ['', ' ', '\n\t']) {
      expect(parseJson(`{"id":${before}${long}}`)).toEqual({ id: long })
      expect(parseJson(`[${before}${long},${before}${long}]`)).toEqual([long, long])
      expect(parseJson(`${before}${long}`)).toBe(long)
      expect(parseJson(`{"id":${before}-${long}}`)).toEqual({ id: `-${long}` })
    }
  })

  it('leaves shorter numbers, fractions and texts as they are', () => {
    expect(parseJson('{"a": 123456789012345, "b": 0.1234567890123456, "c": "1234567890123456", "d": "no, 1234567890123456"}')).toEqual({
      a: 123_456_789_012_345,
      b: 0.123_456_789_012_345_6,
      c: '1234567890123456',
      d: 'no, 1234567890123456',
    })
  })

  it('refuses what is no JSON', () => {
    expect(() => parseJson('<html>')).toThrow(SyntaxError)
  })
})
