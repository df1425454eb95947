// What DATABASE_URL says of TLS: said before anything is opened where the driver would do something else in silence.
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/config/config.ts'
import { isUnverified, tlsProblem } from '../../src/config/database-url.ts'
import { ConfigError } from '../../src/errors.ts'

const at = (parameters: string) => `postgres://bot:hush@db.example/digest?${parameters}`

describe('a parameter of DATABASE_URL', () => {
  it.each([
    ['sslmode=nonsense', /^has a value for sslmode that means nothing: write one of disable, .* verify-full/],
    ['sslmode=Verify-Full', /value for sslmode/],
    ['sslmode=verify_full', /value for sslmode/],
    ['sslmode=', /value for sslmode/],
    ['sslmode=allow', /value for sslmode/],
    ['ssl=yes', /value for ssl that means nothing: write one of true, false, 1, 0, no-verify/],
    ['sslmode=require&uselibpqcompat=yes', /value for uselibpqcompat/],
    ['sslmod=verify-full', /^has a parameter sslmod, which means nothing: write sslmode$/],
    ['SSLMODE=verify-full', /parameter SSLMODE, which means nothing: write sslmode$/],
    ['ssl_mode=require', /write sslmode$/],
    ['ssl-mode=require', /write sslmode$/],
    ['sslmode=verify-full&sslrootcer=/ca.pem', /write sslrootcert$/],
    ['sslmode=verify-full&sslcrt=/c.pem', /write sslcert$/],
  ])('that the driver reads otherwise is named with what to write: %s', (parameters, words) => {
    expect(tlsProblem(at(parameters))).toMatch(words)
    expect(tlsProblem(at(parameters))).not.toMatch(/hush|nonsense|pem/)
  })

  it.each([
    '',
    ...['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'].map((mode) => `sslmode=${mode}`),
    'ssl=true',
    'ssl=false',
    'sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem',
    'sslmode=require&channel_binding=require',
    'pgbouncer=true&connection_limit=5&pool_timeout=10&schema=public',
    'sslmode=require&supa=base-pooler.x',
    'sslaccept=strict&application_name=digest&options=-c%20search_path%3Dbot&connect_timeout=5&target_session_attrs=read-write',
    'host=/run/postgresql',
  ])('that servers and providers hand out passes: %s', (parameters) => {
    expect(tlsProblem(at(parameters))).toBeUndefined()
  })

  it('is a problem of the configuration, by the variable and without its value', () => {
    const read = (url: string) => readSettings(['DATABASE_URL'], { DATABASE_URL: url })
    expect(() => read(at('sslmode=nonsense'))).toThrow(ConfigError)
    expect(() => read(at('sslmode=nonsense'))).toThrow(/DATABASE_URL has a value for sslmode that means nothing/)
    expect(read(at('sslmode=disable'))).toEqual({ DATABASE_URL: at('sslmode=disable') })
    // Whether it is an address at all is said by what opens it.
    expect(tlsProblem('postgres://u:p#@db.example:99999/d?sslmode=nonsense')).toBeUndefined()
  })
})

it('knows when the server need not prove who it is: by the driver, require is strict and libpq would not be', () => {
  const unverified = ['sslmode=no-verify', 'ssl=no-verify', 'uselibpqcompat=true&sslmode=require', 'uselibpqcompat=true&sslmode=prefer']
  const verified = [
    'sslmode=verify-full',
    'sslmode=require',
    'ssl=true',
    'uselibpqcompat=true&sslmode=verify-full',
    'uselibpqcompat=true&sslmode=require&sslrootcert=/ca.pem',
  ]
  expect(unverified.map((each) => isUnverified(at(each)))).toEqual(unverified.map(() => true))
  expect(verified.map((each) => isUnverified(at(each)))).toEqual(verified.map(() => false))
})
