// What is wrong with Gong's list of people: it shrank beyond belief, Gong refuses it, or records in it cannot be used. Shared by replicas,
// kept over restarts. The people themselves are in people.ts.
import type { PersonId } from '../../domain/person.ts'
import type { Database } from '../database/database.ts'
import { type TenantStore, writeSetting } from '../tenant.ts'
import type { Forgotten, LeftOut } from './forgotten.ts'

/** A list that lost too many people to be believed. The last list stays until an admin decides or the list heals. */
export interface ShrunkList {
  /** Active people in the list that is kept. */
  readonly from: number
  /** Active people in the list Gong gives now. */
  readonly to: number
  readonly since: Date
  /** An admin's answer. */
  readonly decision?: 'use' | 'keep' | undefined
}

export interface RefusedList {
  readonly since: Date
  readonly status: number
  /** As Gong names it. */
  readonly scope?: string | undefined
}

/** Records of the newest list that could not be used. Those people keep their last row. */
export interface SetAsidePeople {
  readonly since: Date
  readonly ids: readonly PersonId[]
  /** Records whose id cannot be read, so that nobody knows whose they are. */
  readonly unknown: number
}

export interface ListProblems {
  readonly shrunk?: ShrunkList | undefined
  readonly refused?: RefusedList | undefined
  readonly setAside?: SetAsidePeople | undefined
}

export interface ListWatch {
  problems(): Promise<ListProblems>
  /** Replaces what is known; an empty object = all is well. */
  save(problems: ListProblems): Promise<void>
  /** An admin's answer to a shrunk list. Returns false when the question is over. */
  decide(decision: 'use' | 'keep'): Promise<boolean>
}

const key = 'people-list'

/** Forgotten people are left out. */
export function createListWatch(db: Database, settings: Pick<TenantStore, 'setting'>, forgotten: Forgotten): ListWatch {
  async function problems(): Promise<ListProblems> {
    const text = await settings.setting(key)
    if (!text) return {}
    return JSON.parse(text, (name, value) => (name === 'since' ? new Date(value as string) : value)) as ListProblems
  }
  const textOf = (given: ListProblems, leftOut: LeftOut): string => {
    const ids = given.setAside?.ids.filter((id) => !leftOut(id))
    const now = given.setAside && ids ? { ...given, setAside: { ...given.setAside, ids } } : given
    return JSON.stringify(now) === '{}' ? '' : JSON.stringify(now)
  }
  const save = async (given: ListProblems): Promise<void> => {
    const before = (await settings.setting(key)) ?? ''
    await db.transaction(async (tx) => {
      const text = textOf(given, await forgotten.gate(tx))
      if (text !== before) await writeSetting(tx, key, text)
    })
  }
  return {
    problems,
    save,
    async decide(decision) {
      const now = await problems()
      if (!now.shrunk) return false
      await save({ ...now, shrunk: { ...now.shrunk, decision } })
      return true
    },
  }
}
