// What every operation is given: how to send a request, the company's zone, and what was settled about the tenant.
import type { Clock } from '../clock.ts'
import type { TenantMemory } from '../domain/gong-ports.ts'
import type { Log } from '../log.ts'
import type { RequestGong } from './wire/request.ts'

export interface GongClient {
  readonly request: RequestGong
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly clock: Clock
  readonly log: Log
  readonly memory: TenantMemory
  /** Every read covers these workspaces; empty = what the key sees. */
  readonly workspaceIds: readonly string[]
  /** Given by the operator; wins over what was remembered. */
  readonly talkRatioUnit?: TalkRatioUnit | undefined
  readonly coachingRows?: CoachingRows | undefined
}

export type TalkRatioUnit = 'percent' | 'fraction'
export type CoachingRows = 'totals' | 'per-report'
