// How many questions are worked on at once. Each takes some milliseconds of the one event loop that also acknowledges commands within
// three seconds; with a few at a time an acknowledgement waits for a few, not for all. People take turns: whoever asks two hundred
// questions at once keeps nobody else waiting, and has an end to how many of theirs wait.

/** Ends a turn, once however often it is called. */
export type EndTurn = () => void

export interface Turns {
  /**
   * Waits for a turn of this person; undefined where as many of theirs wait as may. Without a person: of everybody's, of which any number
   * may wait.
   */
  take(who?: string): Promise<EndTurn | undefined>
  /** Whether a turn taken now would be refused. */
  isRefused(who: string): boolean
}

interface OneAsker {
  running: number
  readonly waiting: (() => void)[]
}

/** `spare`: so many are kept from each person for the others. `waitingAtMost`: of one person. */
export function createTurns(most: number, { spare, waitingAtMost }: { readonly spare: number; readonly waitingAtMost: number }): Turns {
  /** Whoever had a turn last is last. */
  const askers = new Map<string, OneAsker>()
  let running = 0

  function begin(): void {
    while (running < most) {
      const next = nextOf(askers, most - spare)
      if (!next) return
      const [who, asker] = next
      askers.delete(who)
      askers.set(who, asker)
      running += 1
      asker.running += 1
      asker.waiting.shift()?.()
    }
  }

  function end(who: string, asker: OneAsker): void {
    running -= 1
    asker.running -= 1
    if (asker.running + asker.waiting.length === 0) askers.delete(who)
    begin()
  }

  const isRefused = (person: string): boolean => (askers.get(person)?.waiting.length ?? 0) >= waitingAtMost

  return {
    isRefused,
    async take(person) {
      const who = person ?? everybody
      const asker = askers.get(who) ?? { running: 0, waiting: [] }
      if (person !== undefined && isRefused(person)) return undefined
      askers.set(who, asker)
      await new Promise<void>((resolve) => {
        asker.waiting.push(resolve)
        begin()
      })
      let isEnded = false
      return () => {
        if (!isEnded) end(who, asker)
        isEnded = true
      }
    },
  }
}

/** No Slack user's id. */
const everybody = ''

function nextOf(askers: ReadonlyMap<string, OneAsker>, runningAtMost: number): readonly [string, OneAsker] | undefined {
  for (const each of askers) if (each[1].waiting.length > 0 && each[1].running < runningAtMost) return each
  return undefined
}

/** Work may wait for Gong for minutes: after this long others go on beside it. */
const longestTurnMs = 2000

/** Does `work` when the person's turn has come, or `refuse` where too many of theirs wait. */
export async function inTurn<T>(turns: Turns, who: string | undefined, work: () => Promise<T>, refuse: () => Promise<T>): Promise<T> {
  const end = await turns.take(who)
  if (!end) return refuse()
  const isLong = setTimeout(end, longestTurnMs)
  isLong.unref()
  try {
    return await work()
  } finally {
    clearTimeout(isLong)
    end()
  }
}
