// What tests may not do is refused below Node's own API and noted, and the test that tried fails: also where the code under test takes
// the refusal for an outage and goes on.

/** Test files that share a process share these notes. */
const place = Symbol.for('gong-digest: refused')
const kept = globalThis as { [place]?: { readonly attempts: string[]; readonly closed: Set<string> } }
kept[place] ??= { attempts: [], closed: new Set() }
const { attempts, closed } = kept[place]

/** Gives what Node's handles give for "permission denied". */
export function refuse(what: string): number {
  attempts.push(what)
  return -13
}

/** What was refused since it was last asked. */
export const refusedAttempts = (): string[] => attempts.splice(0)

/** Closes something for the rest of this process. Setup files run before every test file. */
export function closeOnce(what: string, close: () => void): void {
  if (closed.has(what)) return
  closed.add(what)
  close()
}

type Handle = new () => unknown
type Method = (...args: never[]) => number

/** Sockets and pipes as `net` uses them: whoever reaches one has got past every simulated network. */
const { TCP, Pipe } = Object.assign({}, ...['tcp_wrap', 'pipe_wrap'].map((name) => binding(name))) as { TCP: Handle; Pipe: Handle }

function binding(name: string): object {
  return (process as unknown as { binding(name: string): object }).binding(name)
}

/** Stands between `net` and its handles. `refusal`: in words, from the address; undefined lets it pass. */
export function guardHandles(kinds: { readonly [method: string]: (address: unknown) => string | undefined }): void {
  for (const [method, refusal] of Object.entries(kinds)) {
    for (const { prototype } of [TCP, Pipe] as { prototype: Record<string, Method> }[]) {
      const real = prototype[method]
      if (!real) continue
      prototype[method] = function guarded(this: unknown, ...args: never[]) {
        const what = refusal(args[1])
        return what === undefined ? Reflect.apply(real, this, args) : refuse(what)
      }
    }
  }
}
