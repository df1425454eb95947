// What time it is by Slack's clock: the `Date` of its latest answer, and what passed since then on this process's own timer, which no step of
// the machine's clock moves. A post carries Slack's time, so it is looked for by Slack's time. Never later than the true one.
export interface SlackTime {
  /** `date`: the header of an answer. */
  note(date: string | readonly string[] | null | undefined): void
  /** Undefined before the first answer. */
  now(): Date | undefined
}

export function createSlackTime(): SlackTime {
  let latest: { readonly slackMs: number; readonly notedAt: number } | undefined
  return {
    note(date) {
      const slackMs = typeof date === 'string' ? Date.parse(date) : Number.NaN
      if (Number.isFinite(slackMs)) latest = { slackMs, notedAt: performance.now() }
    },
    now: () => latest && new Date(latest.slackMs + performance.now() - latest.notedAt),
  }
}
