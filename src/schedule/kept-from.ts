// From which day on everything is kept. What ended earlier the retention deletes, and with it what protects groups without names.
import { subMonths } from 'date-fns/subMonths'
import type { Clock } from '../clock.ts'
import type { LocalDate } from '../domain/period.ts'
import type { TenantStore } from '../store/tenant.ts'
import { turnOf } from './while-clock-is-steady.ts'

export const keptFrom = (now: Date, retentionMonths: number): LocalDate => subMonths(now, retentionMonths).toISOString().slice(0, 10)

/** The job whose turns say when figures were deleted. */
export const pruningFigures = 'prune-figures'

/** At each start: versions before this one deleted old figures without saying from when on they are kept. Their latest turn says it. */
export async function rememberKeptFrom(
  tenant: Pick<TenantStore, 'get' | 'set' | 'setting'>,
  retentionMonths: number,
  clock: Clock,
): Promise<void> {
  const [known, turn] = [await tenant.get('kept-from'), await tenant.setting(turnOf(pruningFigures))]
  if (known !== undefined || turn === undefined) return
  const [at, now] = [new Date(turn), clock.now()]
  await tenant.set('kept-from', keptFrom(at < now ? at : now, retentionMonths))
}
