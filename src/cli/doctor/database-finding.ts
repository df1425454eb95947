// The database part of the doctor in words.
import type { Settings } from '../../config/config.ts'
import type { StoreFound } from '../workbench.ts'
import type { Finding } from './finding.ts'

export function databaseFinding(found: StoreFound, settings: Settings): Finding {
  const kind = settings.DATABASE_URL === undefined ? 'The embedded database' : 'The Postgres database'
  if (found.type === 'open') return { area: 'database', state: 'good', says: `${kind} opens and its tables are up to date.` }
  if (found.type === 'held')
    return {
      area: 'database',
      state: 'worth knowing',
      says: 'The running service holds the embedded database, so what is kept there cannot be looked at now.',
      remedy: 'Stop the service first to have its channels checked too.',
    }
  return {
    area: 'database',
    state: 'to fix',
    says: `${found.problems.join('. ')}.`,
    remedy: 'Until then the bot cannot start; what follows was asked without its database.',
  }
}
