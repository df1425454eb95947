// What can be made to go wrong, on purpose: by tests for one call, by the demo page until it is switched off.
export type SlackFault =
  | { readonly type: 'rate-limited'; readonly method?: string; readonly retryAfterSeconds: number }
  /** The post lands and the answer gets lost on the way back. */
  | { readonly type: 'lost-answer'; readonly method?: string }
  /** The connection breaks first; the post lands later, at `landLatePosts()`. */
  | { readonly type: 'late-post' }
  /** These block types are refused, as by a workspace that does not have them yet. */
  | { readonly type: 'blocks-refused'; readonly blockTypes: readonly string[] }
  | { readonly type: 'down'; readonly status?: number }
  /** The method answers this error code, for example `internal_error`; `toPeople`: only where it addresses a person and not a channel. */
  | { readonly type: 'error'; readonly method?: string; readonly error: string; readonly toPeople?: boolean }
  /** Something in between answers 200 in Slack's place: a page of HTML, nothing, half an answer. The call is not carried out. */
  | { readonly type: 'not-slack'; readonly method?: string; readonly body: string }
  | { readonly type: 'token-revoked' }

export interface SlackFaults {
  /** Adds a fault, for `times` calls or until the returned function is called. */
  add(fault: SlackFault, times?: number): () => void
  /** The first fault of this type that concerns the method; uses it up once. */
  take<Type extends SlackFault['type']>(type: Type, method: string, channel?: string): Extract<SlackFault, { type: Type }> | undefined
  active(): readonly SlackFault[]
  clear(): void
}

export function createFaults(onChange: () => void): SlackFaults {
  const rules: { readonly fault: SlackFault; left: number }[] = []
  return {
    add(fault, times = Number.POSITIVE_INFINITY) {
      const rule = { fault, left: times }
      rules.push(rule)
      onChange()
      return () => {
        const index = rules.indexOf(rule)
        if (index >= 0) rules.splice(index, 1)
        onChange()
      }
    },
    take<Type extends SlackFault['type']>(type: Type, method: string, channel = '') {
      const rule = rules.find(({ fault, left }) => left > 0 && fault.type === type && concerns(fault, method, channel))
      if (!rule) return undefined
      rule.left -= 1
      if (rule.left <= 0) rules.splice(rules.indexOf(rule), 1)
      return rule.fault as Extract<SlackFault, { type: Type }>
    },
    active: () => rules.map(({ fault }) => fault),
    clear() {
      rules.length = 0
      onChange()
    },
  }
}

/** `channel`: a user's id or that of a direct message begins with U or D. */
const concerns = (fault: SlackFault, method: string, channel: string): boolean =>
  (!('method' in fault) || fault.method === undefined || fault.method === method) &&
  (!('toPeople' in fault) || !fault.toPeople || /^[UD]/.test(channel))
