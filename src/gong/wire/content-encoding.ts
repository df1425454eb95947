// Compressed answers: which encodings are asked for, and the body as it was before. An answer's bounds hold after decoding too, so that a
// small body cannot become a large one.
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { AnswerTooLong, answerBounds } from '../../bounded-answer.ts'

export const acceptedEncodings = 'gzip, br'

/** Decoders by the name Gong, or something between, may give; also one that was not asked for. */
const decoders = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), br: promisify(brotliDecompress), deflate: promisify(inflate) }

/** A body that is not in the encoding it is said to be, or in one we do not know: something between here and Gong changed it. */
export class BrokenEncoding extends Error {}

export const isEncoded = (encoding: string | readonly string[] | undefined): boolean => namesIn(encoding).length > 0

/** @throws AnswerTooLong when more than `maxBytes` come out, or nested too deep; BrokenEncoding */
export async function decoded(body: Buffer, encoding: string | readonly string[] | undefined, maxBytes: number): Promise<Buffer> {
  let bytes = body
  // The last one named was applied last.
  for (const name of namesIn(encoding).toReversed()) {
    const decode = decoders[name as keyof typeof decoders]
    if (!decode) throw new BrokenEncoding(`the answer is encoded as ${name.slice(0, 20)}, which was not asked for`)
    bytes = await decode(bytes, { maxOutputLength: maxBytes }).catch((cause: { readonly code?: string }) => {
      if (cause.code === 'ERR_BUFFER_TOO_LARGE') throw new AnswerTooLong(`longer than ${maxBytes} bytes`)
      throw new BrokenEncoding(`the answer is cut off or no ${name}`, { cause })
    })
  }
  answerBounds(maxBytes)(bytes)
  return bytes
}

const namesIn = (encoding: string | readonly string[] | undefined): readonly string[] =>
  (typeof encoding === 'string' ? encoding : (encoding ?? []).join(','))
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
