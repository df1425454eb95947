// A unit test stays in its process: one that opens a socket, starts a process or opens the embedded database fails. Such a test belongs
// to another project; projects.ts sorts it there by its imports.
import child from 'node:child_process'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { isIP } from 'node:net'
import { afterEach } from 'vitest'
import { closeOnce, guardHandles, refuse, refusedAttempts } from './refused.ts'

/** Any other WebAssembly in use (undici's HTTP parser) has less than 100 kB; the embedded database has 9 MB. */
const largestModuleBytes = 1_000_000

closeOnce('process', () => {
  const refusing = (what: string) => (): never => {
    refuse(what)
    throw new Error(`a unit test tried to ${what}`)
  }
  const toOpen = () => 'open a socket'
  const toListen = () => 'listen on a port'
  guardHandles({ connect: toOpen, connect6: toOpen, bind: toListen, bind6: toListen, listen: toListen })
  const { lookup } = dns
  const lookUp = refusing('look up a name')
  // An address is no name; the socket it is for is refused.
  dns.lookup = ((name: string, ...more: never[]) => (isIP(name) ? Reflect.apply(lookup, dns, [name, ...more]) : lookUp())) as typeof lookup
  const start = refusing('start a process')
  Object.assign(child.ChildProcess.prototype, { spawn: start })
  Object.assign(child, { spawnSync: start, execSync: start, execFileSync: start })
  syncBuiltinESMExports()
  for (const name of ['compile', 'instantiate'] as const) {
    const open = WebAssembly[name] as (source: object, ...more: unknown[]) => Promise<unknown>
    Object.assign(WebAssembly, {
      async [name](source: object, ...more: unknown[]) {
        if ('byteLength' in source && Number(source.byteLength) > largestModuleBytes) refusing('open the embedded database')()
        return open(source, ...more)
      },
    })
  }
})

afterEach(() => {
  const attempts = refusedAttempts()
  if (attempts.length > 0) throw new Error(`a unit test tried to ${attempts.join(', and to ')}; projects.ts says where such a test belongs`)
})
