// A time limit for an answer that does not take a process that could not listen for a silent server. After a pause of the machine, or a
// long piece of work, timers come before what arrived meanwhile: so the limit has two parts, and what lies there is heard before the end.

class NotHeard extends Error {}

/** @throws NotHeard after `ms`, of which at least the second half was spent listening; what `answer` rejects with */
export function heardWithin<T>(answer: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => void setImmediate(() => reject(new NotHeard(`no answer within ${ms} ms`)))
    let timer = setTimeout(() => {
      timer = setTimeout(giveUp, ms / 2)
    }, ms / 2)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
