import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { palettePng } from './palette-png.ts'

/** 3 × 2 pixels of RGB: white, black, red; then, told as differences to the left (filter 1), white thrice. */
const rows = Buffer.from([0, 255, 255, 255, 0, 0, 0, 255, 0, 0, 1, 255, 255, 255, 0, 0, 0, 0, 0, 0])
const part = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}
const header = Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  part('IHDR', header),
  part('IDAT', deflateSync(rows)),
  part('IEND', Buffer.alloc(0)),
])

const dataOf = (picture: Buffer, type: string): Buffer => {
  const at = picture.indexOf(type, 0, 'latin1')
  return picture.subarray(at + 4, at + 4 + picture.readUInt32BE(at - 4))
}

describe('a picture with a palette', () => {
  it('has the same size and colours', () => {
    const small = palettePng(png)
    expect([...dataOf(small, 'IHDR')]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0])
    const colours = dataOf(small, 'PLTE').toString('hex').match(/.{6}/g) ?? []
    const places = [...inflateSync(dataOf(small, 'IDAT'))]
    // Each row begins with its filter, which is none.
    expect(places.map((place, index) => (index % 4 === 0 ? place : colours[place]))).toEqual([
      0,
      'ffffff',
      '000000',
      'ff0000',
      0,
      'ffffff',
      'ffffff',
      'ffffff',
    ])
  })
  it('keeps 256 of 4,096 colours that differ widely: the most used stay as they are', () => {
    // 64 × 65: a row of one blue, then every colour of sixteen steps a channel once.
    const blue = Buffer.concat(Array.from({ length: 64 }, () => Buffer.from([18, 88, 168])))
    const every = Array.from({ length: 64 }, (_, y) =>
      Buffer.concat(
        Array.from({ length: 64 }, (_, x) => {
          const at = y * 64 + x
          return Buffer.from([(at >> 8) * 16, ((at >> 4) & 15) * 16, (at & 15) * 16])
        }),
      ),
    )
    const small = palettePng(
      Buffer.concat([
        png.subarray(0, 8),
        part('IHDR', Buffer.from([0, 0, 0, 64, 0, 0, 0, 65, 8, 2, 0, 0, 0])),
        part('IDAT', deflateSync(Buffer.concat([blue, ...every].flatMap((row) => [Buffer.from([0]), row])))),
        part('IEND', Buffer.alloc(0)),
      ]),
    )
    const colours = dataOf(small, 'PLTE').toString('hex').match(/.{6}/g) ?? []
    expect(colours).toHaveLength(256)
    const places = [...inflateSync(dataOf(small, 'IDAT'))].slice(1, 65)
    expect(new Set(places.map((place) => colours[place]))).toEqual(new Set(['1258a8']))
  })
})
