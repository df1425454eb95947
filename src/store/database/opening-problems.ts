// Why a database cannot be opened, as one sentence with a remedy: what an operator can fix at a start. Names variables, never values.

/** The reason behind what `pg` threw, or what a migration made of it, with what to do. */
export function postgresProblem(thrown: unknown): string {
  const cause = withCode(thrown)
  const { code, message } = Object(cause) as { readonly code?: unknown; readonly message?: unknown }
  const known = typeof code === 'string' ? code : undefined
  const isWithoutTls = typeof message === 'string' && message.includes('does not support SSL')
  if (isFileMissing(cause))
    return 'DATABASE_URL: a file that it names (sslrootcert, sslcert or sslkey) cannot be read. Check its path, and that this user may read it'
  const isTooLate = typeof message === 'string' && message.includes('timeout')
  const [why, remedy] = isWithoutTls
    ? withoutTls
    : isTooLate && !known
      ? noAnswer
      : !known && isEnded(thrown)
        ? ended
        : ((known && reasons.get(known)) ?? (known && isCertificate(known) ? untrusted : unknown))
  return `DATABASE_URL: the database could not be opened (${known ?? (isWithoutTls ? 'no TLS' : isTooLate ? 'no answer' : isEnded(thrown) ? 'ended' : 'unknown reason')}): ${why}. ${remedy}`
}

/** Whether the server ended the connection, or lets nobody in yet: it starts up, shuts down or ends sessions. */
export const isPassing = (thrown: unknown): boolean => saysItStarts(thrown) || isEnded(thrown)

/** Whether it was Postgres that said so, and not only an end without words. */
export const saysItStarts = (thrown: unknown): boolean =>
  withCauses(thrown).some(({ code }) => code === '57P01' || code === '57P02' || code === '57P03')

/** Whether neither Postgres nor the system gave a reason: it may be something else that answered. */
export const isWordless = (thrown: unknown): boolean => !withCauses(thrown).some(({ code }) => typeof code === 'string')

const isEnded = (thrown: unknown): boolean => withCauses(thrown).some(({ message }) => message === 'Connection terminated unexpectedly')

export const noPostgresProblem =
  'DATABASE_URL: what answers at its host and port is no Postgres. Check host and port: another service listens there'

/** Migrations wrap what the server said. */
const withCode = (thrown: unknown): unknown => withCauses(thrown).find(({ code }) => typeof code === 'string') ?? thrown

function withCauses(thrown: unknown): { readonly code?: unknown; readonly message?: unknown }[] {
  const chain: object[] = []
  for (let at = thrown; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) chain.push(at)
  return chain
}

/** `pg` reads certificates before it connects; a server's own socket that is missing fails to connect. */
const isFileMissing = (cause: unknown): boolean => {
  const { code, syscall } = Object(cause) as { readonly code?: unknown; readonly syscall?: unknown }
  return syscall === 'open' || syscall === 'read' ? typeof code === 'string' : false
}

type Reason = readonly [why: string, remedy: string]

const unknown: Reason = ['the server did not say why', 'Check that the server runs, and the user, password and database name']
const withoutTls: Reason = [
  'the server has no TLS, which sslmode asks for',
  'Switch TLS on there, or take sslmode out of the address where the network is your own',
]
const untrusted: Reason = [
  "the server's certificate is not trusted",
  'Add &sslrootcert=/path/to/ca.pem for an authority of your own, and use the name the certificate is for',
]
const nobodyThere: Reason = ['nobody answers at that host and port', 'Check that the server runs, and host and port']
const noAnswer: Reason = ['nothing came back in time', 'Check host and port, and what firewalls let through']
const ended: Reason = [
  'each connection was ended before the server said anything',
  'Check that Postgres runs at that host and port, and start again once it does',
]
const unknownHost: Reason = ['no machine of that name is known', 'Check the host']
const noWay: Reason = ['the network leads nowhere', 'Check host and port, and what firewalls let through']

const reasons: ReadonlyMap<string, Reason> = new Map([
  [
    'ERR_INVALID_URL',
    [
      'it is no address',
      'Write signs such as # / ? @ % in the password as %23 %2F %3F %40 %25, and a port of 65535 at most after the host',
    ],
  ],
  ['ECONNREFUSED', nobodyThere],
  ['ENOENT', nobodyThere],
  ['ENOTFOUND', unknownHost],
  ['EAI_AGAIN', unknownHost],
  ['ETIMEDOUT', noWay],
  ['EHOSTUNREACH', noWay],
  ['ENETUNREACH', noWay],
  ['ECONNRESET', ['the server closed the connection', 'Check that it is Postgres, and whether it asks for TLS (?sslmode=verify-full)']],
  ['28P01', ['the server does not accept the user or the password', 'Check both']],
  [
    '28000',
    ['the server does not let this user in from here', 'Check the user and pg_hba.conf; where that asks for TLS, add ?sslmode=verify-full'],
  ],
  ['3D000', ['there is no database of that name', 'Create it, or check the name']],
  ['42501', ['the user may not create tables', 'Make the user owner of the database']],
  ['25006', ['the server is read-only', 'Use the address of the primary']],
  ['53100', ['the disk of the server is full', 'Free some room there']],
  ['53300', ['all connections of the server are taken', 'Raise max_connections, or end what takes them']],
  ['53200', ['the server has no memory left', 'Give it some, or lower its shared_buffers, work_mem or max_connections']],
  ['57P01', ['the server is starting up or shutting down', 'Start again in a moment']],
  ['57P02', ['the server is starting up or shutting down', 'Start again in a moment']],
  ['55P03', ['somebody else holds a lock on its tables', 'End what holds it; pg_stat_activity shows who']],
  ['57P03', ['the server is starting up or shutting down', 'Start again in a moment']],
])

const isCertificate = (code: string): boolean => /CERT|UNABLE_TO_(GET|VERIFY)|ERR_TLS/.test(code)

/** `version`: of the Postgres that made the files in the folder, where they say so. */
export const embeddedProblem = (folder: string, version: string | undefined): string =>
  `DATA_DIR: what is in ${folder} cannot be opened as the embedded database${version === undefined ? '' : ` (made by Postgres ${version})`}: it is damaged, of another version, or something else. Move it away and bring a backup back with npm run restore, or give another folder`

/** What the embedded database and the file system say of a disk without room. */
export const isDiskFull = (error: unknown): boolean => {
  const { code, errno, errcode } = Object(error) as { readonly code?: unknown; readonly errno?: unknown; readonly errcode?: unknown }
  // 51 and 19: ENOSPC and EDQUOT as WebAssembly numbers them. 13: SQLite's.
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || errno === 51 || errno === 19 || errcode === 13
}

export const diskFullProblem =
  'DATA_DIR: the disk has no room left for the embedded database (a new one needs about 50 MB). Free some, or give another folder'
