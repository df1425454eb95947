// Opens Gong: finds out which contract answers and in which zone it counts days. What was found is remembered, so that a later start
// needs no answer from Gong.
import { setTimeout as wait } from 'node:timers/promises'
import type { GongContract } from '../domain/gong-figures.ts'
import { ConfigError, GongRefused, GongUnavailable } from '../errors.ts'
import { probeContract, probeZone } from './check/probe.ts'
import type { CoachingRows, GongClient, TalkRatioUnit } from './client.ts'
import { type ConnectionOptions, connectGong } from './connection.ts'
import { documentedSource } from './documented/source.ts'
import { liveSource } from './live/source.ts'
import { fetchUsers } from './people/people.ts'
import { withPeopleFile } from './people/with-people-file.ts'
import type { AskGong, GongSource } from './source.ts'
import type { RequestGong } from './wire/request.ts'

export interface GongOptions extends ConnectionOptions {
  readonly api: 'auto' | GongContract
  /** Empty = what the key sees. */
  readonly workspaceIds: readonly string[]
  /** IANA zone; missing = what Gong answers or was remembered. */
  readonly zone?: string | undefined
  readonly talkRatioUnit?: TalkRatioUnit | undefined
  readonly coachingRows?: CoachingRows | undefined
  readonly peopleFile?: string | undefined
  /** Whether people are stored: a start goes on by them where PEOPLE_FILE is broken. There are none unless given. */
  readonly arePeopleStored?: (() => Promise<boolean>) | undefined
  /** Runs work that one replica does at a time; undefined when another is at it. Missing: there is but one. */
  readonly exclusively?: (<T>(name: string, work: () => Promise<T>) => Promise<T | undefined>) | undefined
}

export interface OpenGong {
  readonly source: GongSource
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  /** Breaks off what is under way. */
  close(): Promise<void>
}

/**
 * Asks Gong only for what is neither given nor remembered: at most one request for the contract and one for the zone.
 * @throws ConfigError in words when the zone stays unknown, or PEOPLE_FILE has problems and nobody is stored; what a request throws on a first start.
 */
export async function openGong(options: GongOptions): Promise<OpenGong> {
  const { clock, log, memory, workspaceIds, talkRatioUnit, coachingRows } = options
  const connection = connectGong(options)
  const { request } = connection
  try {
    const { contract, zone } = await oneAtATime(options, async () => {
      const contract = await settleContract(options, request)
      const zone = await settleZone(options, request, contract)
      await settleOverrides(options, contract)
      return { contract, zone }
    })
    const client: GongClient = { request, zone, clock, log, memory, workspaceIds, talkRatioUnit, coachingRows }
    const users = (ask: AskGong) => fetchUsers(request, ask)
    const people = options.peopleFile ? await withPeopleFile(options.peopleFile, users, options) : { fetchPeople: users }
    const source = { ...people, ...(contract === 'live' ? liveSource : documentedSource)(client, people.fetchPeople) }
    log.info({ contract, zone }, 'Gong is open')
    return { source, zone, close: connection.close }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** Replicas that start together ask Gong once: the second finds what the first has settled. */
async function oneAtATime<T>({ exclusively }: GongOptions, settle: () => Promise<T>): Promise<T> {
  if (!exclusively) return settle()
  for (;;) {
    const settled = await exclusively('settling what Gong is', settle)
    if (settled !== undefined) return settled
    await wait(lookAgainMs)
  }
}

const lookAgainMs = 100

async function settleContract({ api, memory, clock }: GongOptions, request: RequestGong): Promise<GongContract> {
  const remembered = await memory.get('contract')
  if (api === 'auto' && (remembered === 'documented' || remembered === 'live')) return remembered
  const contract = api === 'auto' ? await probeContract(request, clock).catch(withHint) : api
  if (contract !== remembered) {
    // What was settled about the other contract says nothing about this one.
    if (remembered) await memory.set('coaching-rows', '')
    await memory.set('contract', contract)
  }
  return contract
}

/** A start that cannot find out which contract answers says how to go without finding out. */
function withHint(error: unknown): never {
  const hint = 'To start without this question set GONG_API to live or documented'
  if (error instanceof GongRefused && error.login !== undefined) throw error
  if (error instanceof GongRefused) {
    const { endpoint, requestId, status, errors, missingScope } = error
    throw new GongRefused({ endpoint, requestId, status, errors, missingScope, hint })
  }
  if (error instanceof GongUnavailable) {
    const { endpoint, requestId, status, message, cause } = error
    throw new GongUnavailable({ endpoint, requestId, status, what: `${message.replace(/^Gong is unavailable: /, '')}. ${hint}`, cause })
  }
  throw error
}

async function settleZone({ zone, memory, clock }: GongOptions, request: RequestGong, contract: GongContract): Promise<string> {
  const remembered = (await memory.get('zone')) || undefined
  const settled = zone ?? remembered ?? (contract === 'live' ? await probeZone(request, clock) : undefined)
  if (settled === undefined) {
    const why = contract === 'live' ? 'has nothing yet that would show' : 'does not say'
    throw new ConfigError([
      `GONG_TIME_ZONE is missing: set the company's zone in Gong, for example Europe/Berlin; Gong ${why} in which zone it counts days`,
    ])
  }
  if (settled !== remembered) await memory.set('zone', settled)
  return settled
}

/** Statistics read these facts from the memory: what the operator says is put there too. */
async function settleOverrides({ memory, talkRatioUnit, coachingRows }: GongOptions, contract: GongContract): Promise<void> {
  if (talkRatioUnit) await memory.set('talk-ratio-unit', talkRatioUnit)
  if (contract === 'live') await memory.set('coaching-rows', 'per-report')
  else if (coachingRows) await memory.set('coaching-rows', coachingRows)
}
