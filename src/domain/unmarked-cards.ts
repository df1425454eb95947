// Whether scores of cards without a visibility mark enter a group's averages, as it is set, and since when. Whoever saw an average by the one
// setting and by the other would subtract: so a week that ended before a change is not shown by the new one. Kept as one text in the
// tenant's memory.
import type { TenantMemory } from './gong-ports.ts'
import type { LocalDate, Period } from './period.ts'

export type UnmarkedCards = 'show' | 'hide'

export interface UnmarkedCardsSet {
  readonly setting: UnmarkedCards
  /** Missing where it has been the same from the beginning. */
  readonly changedOn?: LocalDate | undefined
}

/** Of the fact. */
export const unmarkedCardsFact = 'unmarked-cards'

/** Undefined before the first start. */
export async function unmarkedCardsSet(memory: Pick<TenantMemory, 'get'>): Promise<UnmarkedCardsSet | undefined> {
  const [setting, changedOn] = ((await memory.get(unmarkedCardsFact)) ?? '').split(' ')
  return setting === 'show' || setting === 'hide' ? { setting, changedOn } : undefined
}

/** At each start. */
export async function rememberUnmarkedCards(memory: TenantMemory, setting: UnmarkedCards, today: LocalDate): Promise<void> {
  const known = await unmarkedCardsSet(memory)
  if (known?.setting !== setting) await memory.set(unmarkedCardsFact, known ? `${setting} ${today}` : setting)
}

/** Whether a period may have been shown by another setting than this one: a process of another setting counts too. */
export const isOfOtherSetting = ({ to }: Period, setting: UnmarkedCards, set: UnmarkedCardsSet | undefined): boolean =>
  set !== undefined && (set.setting !== setting || (set.changedOn !== undefined && to <= set.changedOn))
