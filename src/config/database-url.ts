// What DATABASE_URL says of TLS, as the driver reads it. It takes any value of sslmode for the strictest and leaves out parameters it does
// not know, so that a typing error would pass in silence: with other protection than was meant, or with none.
import { nearest } from '../domain/nearest.ts'

/** What the driver does about each. Source: pg-connection-string. */
const rules: Readonly<Record<string, { readonly values?: readonly string[] }>> = {
  sslmode: { values: ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] },
  ssl: { values: ['true', 'false', '1', '0', 'no-verify'] },
  uselibpqcompat: { values: ['true', 'false'] },
  sslnegotiation: { values: ['postgres', 'direct'] },
  sslrootcert: {},
  sslcert: {},
  sslkey: {},
}

/** The first thing wrong with the parameters, to follow the variable's name; never a value. Undefined: the driver will do what it says. */
export function tlsProblem(databaseUrl: string): string | undefined {
  for (const [name, value] of parametersOf(databaseUrl)) {
    const rule = rules[name]
    if (rule?.values && !rule.values.includes(value))
      return `has a value for ${name} that means nothing: write one of ${rule.values.join(', ')}`
    const meant = rule ? undefined : meantBy(name)
    if (meant) return `has a parameter ${name}, which means nothing: write ${meant}`
  }
  return undefined
}

/** Whether the server need not prove who it is, though the connection is encrypted. */
export function isUnverified(databaseUrl: string): boolean {
  const { sslmode, ssl, uselibpqcompat, sslrootcert } = Object.fromEntries(parametersOf(databaseUrl))
  if (sslmode === undefined) return ssl === 'no-verify'
  return sslmode === 'no-verify' || (uselibpqcompat === 'true' && (sslmode === 'prefer' || (sslmode === 'require' && !sslrootcert)))
}

/** One of ours in other letters, or nearly: `SSLMode`, `ssl_mode`, `sslmod`. */
function meantBy(name: string): string | undefined {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '')
  return letters in rules ? letters : letters.length > 3 ? nearest(letters, Object.keys(rules), letters.length > 6 ? 2 : 1) : undefined
}

const parametersOf = (databaseUrl: string): readonly (readonly [string, string])[] =>
  URL.canParse(databaseUrl) ? [...new URL(databaseUrl).searchParams] : []
