// Opens Gong: which contract answers, in which zone it counts days, with which credentials. What was found out is remembered, so
// that a later start needs no answer from Gong.
import type { Dispatcher } from 'undici'
import type { Clock } from '../clock.ts'
import type { RequestBudget, TenantMemory } from '../domain/gong-ports.ts'
import { ConfigError } from '../errors.ts'
import type { Log } from '../log.ts'
import { fixedAuthorization, type GongCredentials } from './authorization.ts'
import type { CoachingRows, GongClient, TalkRatioUnit } from './client.ts'
import { documentedSource } from './documented/source.ts'
import { readUsers } from './people.ts'
import { openPool, type ProxySettings } from './pool.ts'
import { createRequest, type RequestLimits } from './request.ts'
import type { GongSource } from './source.ts'

export interface GongOptions {
  readonly api: 'auto' | 'documented' | 'live'
  readonly baseUrl: string
  readonly credentials: GongCredentials
  readonly workspaceIds: readonly string[]
  readonly zone?: string | undefined
  readonly talkRatioUnit?: TalkRatioUnit | undefined
  readonly coachingRows?: CoachingRows | undefined
  readonly peopleFile?: string | undefined
  readonly clock: Clock
  readonly log: Log
  readonly memory: TenantMemory
  readonly budget: RequestBudget
  readonly proxy?: ProxySettings | undefined
  /** Tests hand in their own. */
  readonly pool?: Dispatcher | undefined
  readonly limits?: Partial<RequestLimits> | undefined
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined
}

export interface OpenGong {
  readonly source: GongSource
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  close(): Promise<void>
}

/** @throws ConfigError in words when the zone is not known. */
export async function openGong(options: GongOptions): Promise<OpenGong> {
  const { clock, log, memory, budget, limits, sleep } = options
  if (options.credentials.type === 'oauth') throw new ConfigError(['OAuth is not wired yet'])
  const pool = options.pool ?? openPool(options.proxy)
  const authorization = fixedAuthorization(options.credentials, options.baseUrl)
  const request = createRequest({ pool, authorization, budget, clock, log, limits, sleep })
  const zone = options.zone ?? (await memory.get('zone'))
  if (!zone) throw new ConfigError(['GONG_TIME_ZONE is missing: Gong does not say in which time zone it counts days'])
  const { workspaceIds, talkRatioUnit, coachingRows } = options
  const client: GongClient = { request, zone, clock, log, memory, workspaceIds, talkRatioUnit, coachingRows }
  return { source: documentedSource(client, (ask) => readUsers(request, ask, false)), zone, close: () => pool.close() }
}
