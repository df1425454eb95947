// Decides whether an error is the database's own trouble (away, full, read-only, taken), from whatever depth a driver reports it at. Such
// an error is no bug and nobody's mistake: the work is retried and succeeds once the database is back.

export type DatabaseFailure = 'away' | 'disk-full' | 'read-only' | 'connections-taken' | 'not-let-in'

const unreachable = 'database_unreachable'

/** No answer came over the connection: it broke, was refused, or stayed silent. What was under way may or may not have been done. */
export class DatabaseUnreachable extends Error {
  /** Stays with copies that a library makes of its errors, and is how they are known. */
  readonly code = unreachable
  constructor(cause: unknown) {
    super('the database cannot be reached', { cause })
  }
}

const deepest = 6

/** Undefined for everything else, also for a statement that the database rejects. */
export function databaseFailureOf(thrown: unknown, depth = 0): DatabaseFailure | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth > deepest) return undefined
  const { code, errno, cause, errors } = thrown as { code?: unknown; errno?: unknown; cause?: unknown; errors?: unknown }
  const own = typeof code === 'string' ? byCode(code) : undefined
  if (own) return own
  // ENOSPC and EDQUOT as WebAssembly numbers them.
  if (errno === 51 || errno === 19) return 'disk-full'
  const below =
    databaseFailureOf(cause, depth + 1) ??
    (Array.isArray(errors) ? errors.map((each) => databaseFailureOf(each, depth + 1)).find(Boolean) : undefined)
  return below ?? (code === unreachable ? 'away' : undefined)
}

/** SQLSTATE, five characters, which no other server's code resembles. */
function byCode(code: string): DatabaseFailure | undefined {
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  if (code === '53300') return 'connections-taken'
  if (code === '25006') return 'read-only'
  if (notLetIn.test(code)) return 'not-let-in'
  return away.test(code) ? 'away' : undefined
}

/** The user, the password, the database or a right is not there any more: somebody changed it while the service ran. */
const notLetIn = /^(28...|3D000|42501)$/

/**
 * Connection exceptions, resources used up, ended by an operator or a restart, statements and transactions that took too long, a lock
 * that did not come, errors of the server's disk. A deadlock and a conflict of transactions pass the same way: what failed is asked again.
 */
const away = /^(08...|53[024]00|57P0[1-5]|57014|25P0[34]|55P03|40(?:001|P01)|58...)$/
