// Settings that decide which figures a group without names is made of, as they are set, and since when. Whoever saw a figure by the one setting
// and by the other would subtract: so a period that ended before a change is not shown by the new one. Each kept as one text in the tenant's
// memory.
import type { GongContract } from './gong-figures.ts'
import type { TenantMemory } from './gong-ports.ts'
import type { LocalDate, Period } from './period.ts'

export type UnmarkedCards = 'show' | 'hide'

/** `unmarked-cards`: whether scores of cards without a visibility mark are averaged. `group-rule`: of every figure of a group. */
export type GroupSetting = 'unmarked-cards' | 'group-rule'

export interface SetSince {
  readonly setting: string
  /** Missing where it has been the same from the beginning. */
  readonly changedOn?: LocalDate | undefined
}

interface GroupRuleSettings {
  readonly minimumGroup: number
  readonly minimumCalls: number
  readonly weekStart: number
  /** Whose days the periods are of. */
  readonly zone: string
  /** What counts as a call. */
  readonly contract: GongContract
}

/** What every figure of a group rests on, as one setting. */
export const groupRuleOf = ({ minimumGroup, minimumCalls, weekStart, zone, contract }: GroupRuleSettings): string =>
  [minimumGroup, minimumCalls, weekStart, zone, contract].join('/')

/** Undefined before the first start. */
export async function setSince(memory: Pick<TenantMemory, 'get'>, key: GroupSetting): Promise<SetSince | undefined> {
  const [setting, changedOn] = ((await memory.get(key)) ?? '').split(' ')
  return setting ? { setting, changedOn } : undefined
}

/** The date where it is latest: by the days of another zone a week may have ended already. */
export const latestDate = (now: Date): LocalDate => new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)

/** At each start. `today`: the latest date there is anywhere. */
export async function rememberSetting(memory: TenantMemory, key: GroupSetting, setting: string, today: LocalDate): Promise<void> {
  const known = await setSince(memory, key)
  if (known?.setting !== setting) await memory.set(key, known ? `${setting} ${today}` : setting)
}

/**
 * What groups were shown before rested on something else, or is not known: a database that was made from a backup, calls that can be counted
 * since a scope was granted. Then as after a change of the rule. `today`: the latest date there is anywhere.
 */
export async function withholdEarlier(memory: TenantMemory, today: LocalDate): Promise<void> {
  const known = await setSince(memory, 'group-rule')
  await memory.set('group-rule', `${known?.setting ?? 'unknown'} ${today}`)
}

/** Whether a period may have been shown by another setting than this one: a process of another setting counts too. */
export const isOfOtherSetting = (period: Period, setting: string, set: SetSince | undefined): boolean =>
  set !== undefined && (set.setting !== setting || endedBy(period, set.changedOn))

/** Whether it had ended when something was changed. */
export const endedBy = ({ to }: Period, changedOn: LocalDate | undefined): boolean => changedOn !== undefined && to <= changedOn
