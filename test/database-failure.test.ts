import { describe, expect, it } from 'vitest'
import { DatabaseUnreachable, databaseFailureOf } from '../src/database-failure.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })
const wrapped = (cause: unknown) => new Error('Failed query', { cause })

describe('the trouble of a database', () => {
  it.each([
    [coded('57P01'), 'away'],
    [wrapped(coded('57P03')), 'away'],
    [wrapped(wrapped(coded('08006'))), 'away'],
    [coded('55P03'), 'away'],
    [new DatabaseUnreachable(new Error('Connection terminated unexpectedly')), 'away'],
    [wrapped(new DatabaseUnreachable(coded('ECONNREFUSED'))), 'away'],
    // As pg-boss reports an error: a copy of what it has of its own.
    [{ ...new DatabaseUnreachable(new Error('x')), message: 'x', queue: 'q' }, 'away'],
    [new AggregateError([coded('57P02')]), 'away'],
    [coded('53300'), 'connections-taken'],
    [new DatabaseUnreachable(coded('53300')), 'connections-taken'],
    [coded('25006'), 'read-only'],
    ...['53200', '53400', '57P01', '57P02', '57014', '25P03', '40P01', '40001', '58030', '08P01'].map(
      (code) => [coded(code), 'away'] as const,
    ),
    ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED'].map(
      (code) => [wrapped(new DatabaseUnreachable(coded(code))), 'away'] as const,
    ),
    ...['28000', '28P01', '3D000', '42501'].map((code) => [wrapped(coded(code)), 'not-let-in'] as const),
    [coded('EDQUOT'), 'disk-full'],
    [wrapped(coded('53100')), 'disk-full'],
    [wrapped({ name: 'ErrnoError', errno: 51 }), 'disk-full'],
  ] as const)('is known at whatever depth: %o is %s', (error, failure) => {
    expect(databaseFailureOf(error)).toBe(failure)
  })

  it('is none of these: mistakes of ours, other servers, no error at all, a circle of causes', () => {
    const circle = new Error('x')
    circle.cause = circle
    const others = [coded('42703'), coded('23505'), coded('22P02'), coded('ECONNREFUSED'), coded('slack_webapi_request_error'), circle]
    for (const other of [...others, 'text', null, undefined, 53100]) expect(databaseFailureOf(other)).toBeUndefined()
  })
})
