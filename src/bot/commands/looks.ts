// Looks at figures that leave by a way which may fail: written down ahead, so that what left is in the log, and taken back where it is certain
// that nothing was shown.
import { databaseFailureOf } from '../../database-failure.ts'
import { PostInDoubt } from '../../errors.ts'
import type { BotServices } from '../command.ts'

export type Look = Parameters<BotServices['recordViews']>

/** Services that keep looks for later, for whoever writes what is not shown yet. */
export function keepingLooks(services: BotServices): { readonly services: BotServices; readonly looks: readonly Look[] } {
  const looks: Look[] = []
  return { looks, services: { ...services, recordViews: async (...look) => void looks.push(look) } }
}

/** `isShown`: of what `show` came to. A look stays where it failed in doubt. */
export async function recorded<Outcome>(
  looks: readonly Look[],
  services: Pick<BotServices, 'recordViews' | 'takeBackViews'>,
  show: () => Promise<Outcome>,
  isShown: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  for (const look of looks) await services.recordViews(...look)
  const takeBack = async () => {
    for (const look of looks) await services.takeBackViews(...look)
  }
  let outcome: Outcome
  try {
    outcome = await show()
  } catch (error) {
    if (!(error instanceof PostInDoubt || databaseFailureOf(error))) await takeBack()
    throw error
  }
  if (!isShown(outcome)) await takeBack()
  return outcome
}
