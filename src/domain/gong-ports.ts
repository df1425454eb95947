// What the Gong client needs the store to remember and count, so that all replicas share one answer.

/** What a request is for decides what is left of the day's budget for it: the last tenth is kept for `scheduled`. */
export type GongPurpose = 'scheduled' | 'background' | 'asked'

/** Facts about the tenant that are decided once and kept. The store implements it; keys are the `TenantKey`s. */
export interface TenantMemory {
  get(key: TenantKey): Promise<string | undefined>
  set(key: TenantKey, value: string): Promise<void>
}

export type TenantKey =
  | 'contract'
  | 'zone'
  | 'talk-ratio-unit'
  | 'coaching-rows'
  | 'api-base-url'
  | 'questions-refused-since'
  | 'workspaces-closed'
  | 'login-refused'
  | 'people-file-broken'
  | 'unmarked-cards'
  | 'group-rule'
  | 'kept-from'

/** Whatever Gong asks for, requests pause for a day at most: a wrong number must not stop them for years. */
export const longestPauseMs = 86_400_000

/** Requests are paused because Gong answered 429. */
export interface GongPause {
  readonly leftMs: number
  /** What Gong asked for, which may be more than is waited; missing when it is not known. */
  readonly askedMs?: number
}

/** The company's request allowance, shared by replicas. The store implements it. */
export interface RequestBudget {
  /**
   * Reserves one request. Returns how long to wait before sending it, `longestWaitMs` at most.
   * @throws GongRateLimited when the day's share for this purpose or asker is used up, or the wait is longer; then nothing is reserved.
   */
  reserve(ask: {
    readonly endpoint: string
    readonly purpose: GongPurpose
    readonly asker?: string | undefined
    readonly longestWaitMs: number
    /** It was reserved before and a pause kept it: it gets another slot and counts once. */
    readonly isHeld?: true | undefined
  }): Promise<{ readonly waitMs: number }>
  /** Gong said 429: nobody sends for `askedMs`, or for a day when that is longer. */
  pauseFor(askedMs: number): Promise<void>
  /** The pause in force; undefined when there is none. */
  pause(): Promise<GongPause | undefined>
  /** How long nobody may send from now on, because Gong said 429; 0 without a pause. */
  pausedForMs(): Promise<number>
  /** Lets requests go out again at once. */
  endPause(): Promise<void>
  /** `perAsker`: what one person's questions may use of the day. */
  today(): Promise<{ readonly used: number; readonly perDay: number; readonly perSecond: number; readonly perAsker: number }>
}
