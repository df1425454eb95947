// What the Gong client needs the store to remember and count, so that all replicas share one answer.

/** What a request is for decides what is left of the day's budget for it: the last tenth is kept for `scheduled`. */
export type GongPurpose = 'scheduled' | 'background' | 'asked'

/** Facts about the tenant that are decided once and kept. The store implements it; keys are the `TenantKey`s. */
export interface TenantMemory {
  get(key: TenantKey): Promise<string | undefined>
  set(key: TenantKey, value: string): Promise<void>
}

export type TenantKey = 'contract' | 'zone' | 'talk-ratio-unit' | 'coaching-rows' | 'api-base-url'

/** The company's request allowance, shared by replicas. The store implements it. */
export interface RequestBudget {
  /** Reserves one request. Returns how long to wait before sending it. @throws GongRateLimited when the day's share for this purpose or asker is used up. */
  reserve(ask: {
    readonly endpoint: string
    readonly purpose: GongPurpose
    readonly asker?: string | undefined
  }): Promise<{ readonly waitMs: number }>
  /** Gong said 429: nobody sends for `retryAfterMs`. */
  holdFor(retryAfterMs: number): Promise<void>
  today(): Promise<{ readonly used: number; readonly perDay: number; readonly perSecond: number }>
}
