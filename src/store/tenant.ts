// Small facts about the tenant (contract, zone, talk-ratio unit …) and settings an admin changed. Text by key.
import type { TenantMemory } from '../domain/gong-ports.ts'

export interface TenantStore extends TenantMemory {
  /** Settings beside Gong's facts, for example `cards-that-count`, `first-contact:<slack id>`, `refused-blocks`. */
  setting(key: string): Promise<string | undefined>
  saveSetting(key: string, value: string): Promise<void>
  /** An encrypted secret (OAuth tokens); the caller encrypts. `update` runs under a row lock so that one replica refreshes. */
  secret<T>(
    key: string,
    update: (current: string | undefined) => Promise<{ readonly value: string; readonly result: T } | { readonly result: T }>,
  ): Promise<T>
}
