// A port for a server of somebody else's that must be given one.
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Free a moment ago, on the loopback address. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}
