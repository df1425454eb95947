// The company's request allowance, as Gong enforces it: so many in any second, so many in a day.
import type { Clock } from '../../clock.ts'
import { Refusal } from './operation.ts'

/** Counts one request. @throws Refusal 429 with what to wait */
export function createAllowance(given: {
  readonly perSecond: number
  readonly perDay: number
  readonly clock: Clock
  readonly realClock: Clock
}): () => void {
  let recent: number[] = []
  let day = ''
  let today = 0
  return () => {
    const realMs = given.realClock.now().getTime()
    recent = recent.filter((at) => at > realMs - 1000)
    if (recent.length >= given.perSecond) throw new Refusal(429, 'API rate limit exceeded', { retryAfterSeconds: 1 })
    const now = given.clock.now()
    const date = now.toISOString().slice(0, 10)
    if (date !== day) {
      day = date
      today = 0
    }
    if (today >= given.perDay) {
      const left = 86_400 - Math.floor((now.getTime() % 86_400_000) / 1000)
      throw new Refusal(429, 'Daily API limit exceeded', { retryAfterSeconds: left })
    }
    today += 1
    recent.push(realMs)
  }
}
