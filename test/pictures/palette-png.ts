// A screenshot with at most 256 colours: a third of the size, and text stays as sharp. Knows 8-bit RGB and RGBA pictures without
// interlacing, which is what browsers take.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** The same picture with a palette. Colours near each other become the one used most among them; of what is still over `mostColours`, the rarest become the nearest kept. */
export function palettePng(png: Buffer, mostColours = 256): Buffer {
  const { width, height, pixels } = pixelsOf(png)
  for (const keptBits of [8, 7, 6, 5, 4]) {
    const palette = paletteOf(pixels, keptBits, mostColours)
    if (keptBits > 4 && palette.colours.length > mostColours) continue
    const rows = Buffer.alloc(height * (width + 1))
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = palette.indexOf(pixels[y * width + x] ?? 0)
    const header = Buffer.from(png.subarray(16, 29))
    header[8] = 8
    header[9] = 3
    const colours = Buffer.concat(palette.colours.map((colour) => Buffer.from([colour >> 16, (colour >> 8) & 255, colour & 255])))
    return Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('PLTE', colours),
      chunk('IDAT', deflateSync(rows, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ])
  }
  return png
}

/** Colours as 0xRRGGBB, row by row. */
function pixelsOf(png: Buffer): { readonly width: number; readonly height: number; readonly pixels: Uint32Array } {
  const [width, height, bytes] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * bytes
  const rows = Buffer.alloc(height * stride)
  const byte = (y: number, x: number): number => (y < 0 || x < 0 ? 0 : (rows[y * stride + x] ?? 0))
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [byte(y, x - bytes), byte(y - 1, x), x < bytes ? 0 : byte(y - 1, x - bytes)]
      rows[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, x < bytes ? 0 : left, up, corner)) & 255
    }
  }
  const pixels = new Uint32Array(width * height)
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = rows.readUIntBE(at * bytes, 3)
  return { width, height, pixels }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner
}

function paletteOf(
  pixels: Uint32Array,
  keptBits: number,
  mostColours: number,
): { readonly colours: readonly number[]; indexOf(colour: number): number } {
  const mask = ((255 << (8 - keptBits)) & 255) * 0x010101
  const used = new Map<number, number>()
  for (const colour of pixels) used.set(colour, (used.get(colour) ?? 0) + 1)
  const usedBy = (group: readonly number[]): number => group.reduce((sum, colour) => sum + (used.get(colour) ?? 0), 0)
  const groups = [...Map.groupBy([...used.keys()], (colour) => colour & mask).values()].toSorted((a, b) => usedBy(b) - usedBy(a))
  const colours = groups.map((group) => group.reduce((most, colour) => ((used.get(colour) ?? 0) > (used.get(most) ?? 0) ? colour : most)))
  // Below 4 bits whole backgrounds would run into each other: there the rarest give way.
  const kept = keptBits > 4 ? colours : colours.slice(0, mostColours)
  const places = new Map<number, number>()
  groups.forEach((group, index) => {
    const place = index < kept.length ? index : nearest(colours[index] ?? 0, kept)
    for (const colour of group) places.set(colour, place)
  })
  return { colours: kept, indexOf: (colour) => places.get(colour) ?? 0 }
}

function nearest(colour: number, among: readonly number[]): number {
  const distances = among.map((other) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0),
  )
  return distances.indexOf(Math.min(...distances))
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
