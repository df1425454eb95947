// A network between the app and a server that can go wrong: connections are cut, or fall silent without a word, as when a firewall
// forgets them. TCP on loopback; nothing that passes is looked at.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface FaultyNetwork {
  /** The server's URL by way of this network. */
  readonly url: string
  /** Connections that stand. */
  open(): number
  /** Connections that stand are cut, as by a server that ends. */
  cut(): void
  /** What travels on connections that stand is lost from now on, both ways; new ones work. */
  silenceStanding(): void
  /** Everything is lost, new connections too, until `restore`; what stood then stays silent. */
  silence(): void
  /** New connections are refused, until `restore`. */
  refuse(): void
  restore(): void
  close(): Promise<void>
}

export async function faultyNetwork(serverUrl: string): Promise<FaultyNetwork> {
  const target = new URL(serverUrl)
  const pairs = new Set<{ readonly ends: readonly Socket[]; isSilent: boolean }>()
  let state: 'well' | 'silent' | 'refusing' = 'well'
  const server = createServer((near) => {
    if (state === 'refusing') return void near.destroy()
    const far = connect(Number(target.port), target.hostname)
    const pair = { ends: [near, far], isSilent: state === 'silent' }
    pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => !pair.isSilent && to.write(bytes))
      from.on('error', () => undefined)
      from.on('close', () => {
        // A silent network carries no end of a connection either.
        if (pair.isSilent && from === far) return
        to.destroy()
        pairs.delete(pair)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const silenceStanding = (): void => {
    for (const pair of pairs) pair.isSilent = true
  }
  const cut = (): void => {
    for (const { ends } of pairs) for (const end of ends) end.destroy()
  }
  return {
    url: url.href,
    open: () => pairs.size,
    cut,
    silenceStanding,
    silence() {
      state = 'silent'
      silenceStanding()
    },
    refuse() {
      state = 'refusing'
    },
    restore() {
      state = 'well'
    },
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
