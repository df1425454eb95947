// The database part of the doctor in words: whether it opens, and whether what travels to it is protected.
import type { Settings } from '../../config/config.ts'
import { isUnverified } from '../../config/database-url.ts'
import { isLoopback } from '../../config/variables.ts'
import type { StoreFound } from '../workbench.ts'
import type { Finding } from './finding.ts'

export function databaseFinding(found: StoreFound, settings: Settings): Finding {
  const kind = settings.DATABASE_URL === undefined ? 'The embedded database' : 'The Postgres database'
  if (found.type === 'open') return { area: 'database', state: 'good', says: `${kind} opens and its tables are up to date.` }
  if (found.type === 'held')
    return {
      area: 'database',
      state: 'worth knowing',
      says: 'The running service holds the embedded database.',
    }
  if (found.isOlder)
    return {
      area: 'database',
      state: 'worth knowing',
      says: `${found.problems.join('. ')}.`,
      remedy: 'What follows was asked without its database.',
    }
  return {
    area: 'database',
    state: 'to fix',
    says: `${found.problems.join('. ')}.`,
    remedy: 'Until then the bot cannot start; what follows was asked without its database.',
  }
}

/** Nothing for the embedded database and for a server on this machine. `isEncrypted`: as the server sees our connection. */
export function encryptionFindings(databaseUrl: string | undefined, isEncrypted: boolean | undefined): Finding[] {
  if (databaseUrl === undefined || isEncrypted === undefined || !URL.canParse(databaseUrl)) return []
  const { hostname } = new URL(databaseUrl)
  if (hostname === '' || isLoopback(hostname)) return []
  const remedy = 'End DATABASE_URL with ?sslmode=verify-full; for an authority of your own add &sslrootcert=/path/to/ca.pem.'
  if (!isEncrypted)
    return [
      {
        area: 'database',
        state: 'worth knowing',
        says: 'The connection to it is not encrypted: whoever can read that network reads names and figures.',
        remedy,
      },
    ]
  if (isUnverified(databaseUrl))
    return [
      {
        area: 'database',
        state: 'worth knowing',
        says: 'The connection to it is encrypted, but the server need not prove who it is.',
        remedy,
      },
    ]
  return [{ area: 'database', state: 'good', says: 'The connection to it is encrypted.' }]
}
