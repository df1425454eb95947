import { describe, expect, it } from 'vitest'
import { DatabaseUnreachable } from '../src/database-failure.ts'
import { createLog } from '../src/log.ts'
import { createTroubleLines } from '../src/log-trouble.ts'

const away = { err: new DatabaseUnreachable(new Error('x')) }
const readOnly = { err: Object.assign(new Error('x'), { code: '25006' }) }

describe('the log while the database has trouble', () => {
  it('says each trouble once a minute, and how many lines it left out', () => {
    let now = 0
    const lines = createTroubleLines(() => now)
    expect(lines({ ...away, job: 'x' }, 'A job failed')).toEqual({
      message: 'A job failed',
      facts: { ...away, job: 'x', database: 'away' },
    })
    for (let time = 0; time < 400; time += 1) expect(lines(away, 'The queue reported an error')).toBeUndefined()
    expect(lines(readOnly, 'A job failed')).toMatchObject({ facts: { database: 'read-only' } })
    now = 59_999
    expect(lines(away, 'A heartbeat failed')).toBeUndefined()
    now = 60_000
    expect(lines(away, 'A heartbeat failed')).toMatchObject({ facts: { linesLeftOut: 401 } })
    now = 120_000
    expect(lines(away, 'A heartbeat failed')?.facts).not.toHaveProperty('linesLeftOut')
  })

  it('leaves every other line as it is', () => {
    const lines = createTroubleLines(() => 0)
    for (const facts of [{}, { err: new Error('a bug') }, { job: 'x' }]) {
      expect(lines(facts, 'said')).toEqual({ facts, message: 'said' })
      expect(lines(facts, 'said')).toEqual({ facts, message: 'said' })
    }
  })

  it('goes for every logger of a process, those made from it too', () => {
    const written: string[] = []
    const log = createLog('info', { write: (line) => void written.push(line) })
    const child = log.child({ part: 'queue' })
    log.error(away, 'one')
    child.error(away, 'two')
    child.warn({ err: away.err, job: 'deliver' }, 'three')
    expect(written).toHaveLength(1)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ msg: 'one', database: 'away', err: { class: 'DatabaseUnreachable' } })
  })
})
