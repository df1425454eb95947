// Compressed answers: which encodings are asked for, and the body as it was before. An answer's bounds hold after decoding too, so that a
// small body cannot become a large one.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { AnswerTooLong, answerBounds, lengthBound } from '../../bounded-answer.ts'

export const acceptedEncodings = 'gzip, br'

/** Decoders by the name Gong, or something between, may give; also one that was not asked for. */
const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress, deflate: createInflate }

/** Decoded and looked through at once, in a millisecond or so. */
const chunkSize = 64 * 1024

/** A body that is not in the encoding it is said to be, or in one we do not know: something between here and Gong changed it. */
export class BrokenEncoding extends Error {}

export const isEncoded = (encoding: string | readonly string[] | undefined): boolean => namesIn(encoding).length > 0

/**
 * The chunks of a body as they were before. `maxValues`: as many as the JSON in it may be made of.
 * @throws AnswerTooLong when more than `maxBytes` come out, or nested too deep; BrokenEncoding
 */
export async function decoded(
  body: readonly Uint8Array[],
  encoding: string | readonly string[] | undefined,
  bounds: { readonly maxBytes: number; readonly maxValues: number },
): Promise<readonly Uint8Array[]> {
  const { maxBytes, maxValues } = bounds
  let chunks = body
  // The last one named was applied last.
  const names = namesIn(encoding).toReversed()
  for (const [index, name] of names.entries()) {
    const isPlain = index === names.length - 1
    chunks = await decodedOnce(chunks, name, isPlain ? answerBounds({ bytes: maxBytes, values: maxValues }) : lengthBound(maxBytes))
  }
  return chunks
}

async function decodedOnce(chunks: readonly Uint8Array[], name: string, take: (chunk: Uint8Array) => void): Promise<readonly Uint8Array[]> {
  const create = decoders[name as keyof typeof decoders]
  if (!create) throw new BrokenEncoding(`the answer is encoded as ${name.slice(0, 20)}, which was not asked for`)
  const plain: Uint8Array[] = []
  try {
    await pipeline(Readable.from(chunks), create({ chunkSize }), async (decoding: AsyncIterable<Uint8Array>) => {
      for await (const chunk of decoding) {
        take(chunk)
        plain.push(chunk)
      }
    })
  } catch (cause) {
    if (cause instanceof AnswerTooLong) throw cause
    throw new BrokenEncoding(`the answer is cut off or no ${name}`, { cause })
  }
  return plain
}

const namesIn = (encoding: string | readonly string[] | undefined): readonly string[] =>
  (typeof encoding === 'string' ? encoding : (encoding ?? []).join(','))
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
