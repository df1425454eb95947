// Reads bodies of requests before anybody knows who sent them: each in bounds of length and time, and all that are under way in a bound of
// memory. Whoever fills that is a stranger, for Slack sends a body in some milliseconds: so the oldest one gives way, never the newest.
// Knows no signature.
import type { IncomingMessage } from 'node:http'

/** The body, or the HTTP status it is refused with: too large, too slow (or the oldest where room is needed), broken off. */
export type ReadBody = Buffer | 413 | 408 | 400

export interface BodyBounds {
  readonly withinMs: number
  /** Of all bodies that are not whole yet. */
  readonly bytesHeld: number
}

const usualBodyBounds: BodyBounds = { withinMs: 10_000, bytesHeld: 32 * 1024 * 1024 }

/** A chunk in memory takes this much more than its bytes, so that a body of single bytes counts as what it costs. */
const bytesBesideChunk = 256

interface UnderWay {
  bytes: number
  giveWay(): void
}

export function createUnverifiedBodies({ withinMs, bytesHeld }: BodyBounds = usualBodyBounds): {
  read(request: IncomingMessage, mostBytes: number): Promise<ReadBody>
} {
  /** The oldest first. */
  const underWay = new Set<UnderWay>()
  let held = 0

  /** False where it had to give way, now or before. */
  function hold(one: UnderWay, bytes: number): boolean {
    if (!underWay.has(one)) return false
    one.bytes += bytes
    held += bytes
    for (const oldest of underWay) {
      if (held <= bytesHeld) break
      oldest.giveWay()
    }
    return underWay.has(one)
  }

  function release(one: UnderWay): void {
    if (underWay.delete(one)) held -= one.bytes
  }

  return {
    async read(request, mostBytes) {
      if (Number(request.headers['content-length'] ?? 0) > mostBytes) return 413
      const { promise: over, resolve: end } = Promise.withResolvers<408>()
      const one: UnderWay = {
        bytes: 0,
        giveWay() {
          release(one)
          end(408)
        },
      }
      underWay.add(one)
      const timer = setTimeout(() => one.giveWay(), withinMs)
      try {
        return await Promise.race([wholeOf(request, mostBytes, (bytes) => hold(one, bytes)), over])
      } finally {
        clearTimeout(timer)
        release(one)
      }
    },
  }
}

async function wholeOf(request: IncomingMessage, mostBytes: number, hold: (bytes: number) => boolean): Promise<ReadBody> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) return 413
      if (!hold(chunk.length + bytesBesideChunk)) return 408
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch {
    return 400
  }
}
