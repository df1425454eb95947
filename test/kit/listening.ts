// A server of a test's own on a free port of loopback, closed with everything that is connected to it.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

export async function listening(server: Server): Promise<Listening> {
  const upgraded = new Set<Duplex>()
  for (const event of ['connect', 'upgrade'])
    server.on(event, (_request, socket: Duplex) => {
      upgraded.add(socket)
      socket.on('close', () => upgraded.delete(socket))
    })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of upgraded) socket.destroy()
      }),
  }
}
