import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanJson, cleanText, cutText } from '../../src/domain/outside-text.ts'

const family = '👩‍👩‍👧‍👦'

describe('text from outside', () => {
  it('is freed of NUL and made well-formed', () => {
    expect(cleanText('Ana\0 \ud83d Ruiz')).toBe('Ana \ufffd Ruiz')
    expect(cleanText('Ana Ruiz 😀')).toBe('Ana Ruiz 😀')
  })

  it('is cut before an emoji that would be cut in two', () => {
    // 1,999 letters and an emoji of two code units: the emoji does not fit into 2,000.
    expect(cutText(`${'a'.repeat(1999)}😀`, 2000)).toBe('a'.repeat(1999))
    // 1,995 letters and a family of 11 code units.
    expect(cutText(`${'a'.repeat(1995)}${family}`, 2000)).toBe('a'.repeat(1995))
    expect(cutText(`${'a'.repeat(1989)}${family}b`, 2000)).toBe(`${'a'.repeat(1989)}${family}`)
    // A flag is two letters of four code units in all: 500 flags fill 2,000.
    expect(cutText('🇩🇪'.repeat(1000), 2002)).toBe('🇩🇪'.repeat(500))
  })

  it('is still cut when one character is longer than the cut', () => {
    expect(cutText(`e${'\u0301'.repeat(5000)}`, 2000)).toHaveLength(2000)
  })

  it('stays well-formed and short enough, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (text, most) => {
        const cut = cutText(cleanText(text), most)
        expect(cut.isWellFormed()).toBe(true)
        expect(cut).not.toContain('\0')
        expect(cut.length).toBeLessThanOrEqual(most)
        expect(cleanText(text).startsWith(cut)).toBe(true)
      }),
    )
  })

  it('is cleaned in every text and field name of a JSON value', () => {
    const value = { 'a\0': ['x\0', { b: '\udc00' }], c: 1, d: null }
    expect(cleanJson(value)).toEqual({ a: ['x', { b: '\ufffd' }], c: 1, d: null })
  })
})
