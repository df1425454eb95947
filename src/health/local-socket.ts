// Where the running service can be asked by commands on the same machine, when it holds the embedded database: a socket in its folder that
// only its own user can open.
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Addresses of sockets are cut by the system beyond about this many bytes. */
const longestPath = 100

export function localSocketPath(dataDir: string): string {
  const folder = path.resolve(dataDir)
  const short = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\gong-digest-${short}`
  const inFolder = path.join(folder, 'service.sock')
  return Buffer.byteLength(inFolder) <= longestPath ? inFolder : path.join(os.tmpdir(), `gong-digest-${short}.sock`)
}

export interface LocalAnswer {
  readonly status: number
  readonly body: Readable
}

/** Asks the service that runs on this folder. Undefined: none answers there, or nothing came for `silentMs`. */
export function askLocally(dataDir: string, route: string, silentMs: number): Promise<LocalAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<LocalAnswer | undefined>()
  const asked = request({ socketPath: localSocketPath(dataDir), path: route, agent: false, timeout: silentMs }, (answer) =>
    resolve({ status: answer.statusCode ?? 0, body: answer }),
  )
  asked.once('error', () => resolve(undefined)).once('timeout', () => asked.destroy())
  asked.end()
  return promise
}
