// Reads a file an operator named, up to a length: a wrong name (a device, a log) must not fill the memory. Knows no content.
import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'

export class FileTooLong extends Error {
  constructor(maxBytes: number) {
    super(`longer than ${maxBytes} bytes`)
  }
}

/** The whole file; pipes are read to their end. @throws FileTooLong, and the system's error when it cannot be read */
export async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const chunks: Buffer[] = []
    let size = 0
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes))
      if (bytesRead === 0) return Buffer.concat(chunks)
      size += bytesRead
      if (size > maxBytes) throw new FileTooLong(maxBytes)
      chunks.push(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}

/** The same, before anything else runs. */
export function readBoundedSync(path: string, maxBytes: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(maxBytes + 1)
    let size = 0
    for (;;) {
      const bytesRead = readSync(file, buffer, size, buffer.length - size, null)
      if (bytesRead === 0) return buffer.subarray(0, size)
      size += bytesRead
      if (size > maxBytes) throw new FileTooLong(maxBytes)
    }
  } finally {
    closeSync(file)
  }
}

const chunkBytes = 64 * 1024
