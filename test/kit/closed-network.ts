// No test leaves the machine: any name but localhost is not looked up, and any socket to an address that is not loopback is refused.
// Requests made through nock never reach a socket.
import dns from 'node:dns'
import { isIP } from 'node:net'
import { afterEach } from 'vitest'
import { closeOnce, guardHandles, refuse, refusedAttempts } from './refused.ts'

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

closeOnce('network', () => {
  // A pipe has a path instead of an address.
  const refusal = (address: unknown) =>
    typeof address === 'string' && isIP(address) !== 0 && !loopback.test(address) ? `reach ${address}` : undefined
  guardHandles({ connect: refusal, connect6: refusal })
  const { lookup } = dns
  dns.lookup = ((name: string, ...more: [object, (error: Error) => void]) => {
    if (isIP(name) !== 0 || loopback.test(name)) return Reflect.apply(lookup, dns, [name, ...more])
    refuse(`look up ${name}`)
    const answer = more.at(-1) as (error: Error) => void
    process.nextTick(answer, Object.assign(new Error(`${name} is not looked up in tests`), { code: 'ENOTFOUND' }))
  }) as typeof dns.lookup
})

afterEach(() => {
  const attempts = refusedAttempts()
  if (attempts.length > 0) throw new Error(`a test tried to ${attempts.join(', and to ')}; tests stay on loopback`)
})
