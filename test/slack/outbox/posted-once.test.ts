// What somebody asks to have posted, asked twice of two replicas at one moment: one posts it, on both databases.
import { expect, it } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import { createOutbox } from '../../../src/slack/outbox/outbox.ts'
import { renderForSlack } from '../../../src/slack/outbox/render-for-slack.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { onBothBackends } from '../../store/backends.ts'

const message = { summary: 'Your team', parts: [] }

onBothBackends((backend) => {
  it('posts once for each key, and again where nothing was posted', async () => {
    const store = await backend.open()
    const posted: unknown[] = []
    let isClosed = false
    const posting = {
      async apiCall(_method: string, args?: Record<string, unknown>) {
        if (isClosed) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
        posted.push(args?.channel)
        return { ok: true, ts: '1.1' }
      },
    }
    const unused = {} as never
    const replica = () =>
      createOutbox({
        client: unused,
        posting,
        render: renderForSlack(),
        gate: unused,
        viewers: unused,
        store,
        clock: systemClock,
        log: keptLog().log,
        botName: 'gong',
      })
    const [one, other] = [replica(), replica()]
    const both = await Promise.all([one, other, one, other].map((each) => each.postOnce('to messages U1 D1 1.1', 'U1', message)))
    expect(both.filter(Boolean)).toHaveLength(1)
    expect(await other.postOnce('to messages U1 D1 1.1', 'U1', message)).toBe(false)
    expect(await other.postOnce('to messages U2 D1 1.1', 'U2', message)).toBe(true)
    expect(posted).toEqual(['U1', 'U2'])
    isClosed = true
    await expect(one.postOnce('to messages U3 D1 1.1', 'U3', message)).rejects.toThrow()
    isClosed = false
    expect(posted).toEqual(['U1', 'U2'])
  })
})
