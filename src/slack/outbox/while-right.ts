// Lets a request leave only while the right to post lasts. A process can be frozen between any two steps (a paused machine, a closed
// laptop) and wake when another one has taken over: so the right is asked at the last step before bytes leave, and a request under way
// is cut off when it ends.
import type { Dispatcher } from 'undici'
import type { PostingRight } from '../../slack-ports.ts'

class RightEnded extends Error {
  /** Whoever sorts failures sees a request that was cut off. */
  override readonly name = 'AbortError'
}

/** Refuses a request whose right has ended when its turn on a connection comes. */
export const leavingWhileRight = (dispatcher: Dispatcher, right: PostingRight): Dispatcher =>
  dispatcher.compose((dispatch) => (options, handler) => {
    const onRequestStart: NonNullable<typeof handler.onRequestStart> = (controller, context) => {
      handler.onRequestStart?.(controller, context)
      if (right.leftMs() <= 0) controller.abort(new RightEnded('the right to post has ended'))
    }
    return dispatch(options, forwarding(handler, { onRequestStart }))
  })

/** The same handler with one method replaced; its other methods keep their own object. */
const forwarding = (handler: Dispatcher.DispatchHandler, changed: Partial<Dispatcher.DispatchHandler>): Dispatcher.DispatchHandler =>
  new Proxy(handler, {
    get(target, name: keyof Dispatcher.DispatchHandler) {
      const found: unknown = changed[name] ?? target[name]
      return typeof found === 'function' ? found.bind(target) : found
    },
  })

/** Aborts when the right has ended, however often it is prolonged before. `stop` when the request is over. */
export function endOfRight(right: PostingRight): { readonly signal: AbortSignal; stop(): void } {
  const end = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    const leftMs = right.leftMs()
    if (leftMs <= 0) end.abort(new RightEnded('the right to post has ended'))
    else timer = setTimeout(wait, leftMs).unref()
  }
  wait()
  return { signal: end.signal, stop: () => clearTimeout(timer) }
}
