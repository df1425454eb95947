// What the doctor says of a pause of all Gong requests, and how to end it. Only the database knows whether there is one.
import { clearPauseCommand, durationWords, pauseWords } from '../../reports/wording/gong-pause.ts'
import type { Store } from '../../store/store.ts'
import type { StoreFound } from '../workbench.ts'
import type { Finding } from './finding.ts'

/** A request waits out a shorter one by itself. */
const waitedOutMs = 60_000

/** Undefined: Gong can be asked. */
export async function pauseFinding(budget: Store['budget']): Promise<Finding | undefined> {
  const pause = await budget.pause()
  if (!pause || pause.leftMs <= waitedOutMs) return undefined
  return {
    area: 'Gong',
    state: 'to fix',
    says: `Gong is not asked now. ${pauseWords(pause)}`,
    remedy: `Wait, or end the pause: ${clearPauseCommand}. When Gong still wants it, its next answer starts it again.`,
  }
}

/** Ends the pause, when there is one and the database is at hand. */
export async function clearPause(found: StoreFound): Promise<Finding> {
  if (found.type !== 'open')
    return {
      area: 'Gong',
      state: 'to fix',
      says: 'A pause of Gong requests cannot be ended without the database.',
      remedy:
        found.type === 'held'
          ? 'The running service holds it. Stop the service, run this again, then start it.'
          : 'Fix the database problem above first.',
    }
  const pause = await found.store.budget.pause()
  if (!pause) return { area: 'Gong', state: 'good', says: 'No pause of Gong requests is in force: there is nothing to end.' }
  await found.store.budget.endPause()
  return { area: 'Gong', state: 'good', says: `The pause of Gong requests was ended; ${durationWords(pause.leftMs)} were left.` }
}
