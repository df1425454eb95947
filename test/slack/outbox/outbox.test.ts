// An answer posted for everybody in a conversation, with its thread: each is said once, however often Slack refuses a part of the other.
import { WebAPIPlatformError } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import type { Message } from '../../../src/render/message.ts'
import { line } from '../../../src/render/text/text.ts'
import { createOutbox, type OutboxDeps } from '../../../src/slack/outbox/outbox.ts'
import { renderForSlack } from '../../../src/slack/outbox/render-for-slack.ts'
import { keptLog } from '../../kit/quiet-log.ts'

interface Call {
  readonly text: string
  readonly blocks?: readonly unknown[]
  readonly thread_ts?: string
}

const message: Message = {
  summary: 'Week of the team',
  parts: [{ type: 'text', line: line('Talk ratio 51 %') }],
  thread: [{ type: 'text', line: line('Every question') }],
}

/** `refuses`: which call Slack takes no blocks of. */
function reaching(refuses: (call: Call) => boolean) {
  const posted: Call[] = []
  const client = {
    async apiCall(_method: string, call: Call) {
      if (refuses(call)) throw new WebAPIPlatformError({ ok: false, error: 'invalid_blocks' })
      posted.push(call)
      return { ok: true, ts: `ts-${posted.length}` }
    },
  }
  const unused = {} as never
  const parts: OutboxDeps = {
    client: client as never,
    render: renderForSlack(),
    gate: unused,
    viewers: unused,
    store: unused,
    clock: systemClock,
    log: keptLog().log,
    botName: 'gong',
  }
  return { outbox: createOutbox(parts), posted }
}

describe('a post with a thread', () => {
  it('is two messages, the second below the first', async () => {
    const { outbox, posted } = reaching(() => false)
    await outbox.post('C1', message)
    expect(posted.map((call) => [call.text, call.thread_ts])).toEqual([
      ['Week of the team', undefined],
      ['Details: Week of the team', 'ts-1'],
    ])
  })

  it('says the thread plainer when Slack refuses that, and the message only once', async () => {
    const { outbox, posted } = reaching((call) => call.thread_ts !== undefined && call.blocks !== undefined)
    await outbox.post('C1', message)
    expect(posted.map((call) => [call.thread_ts, call.blocks?.length])).toEqual([
      [undefined, 1],
      ['ts-1', undefined],
    ])
    expect(posted[1]?.text).toContain('Every question')
  })

  it('says the message plainer when Slack refuses that, and the thread below it', async () => {
    const { outbox, posted } = reaching((call) => call.thread_ts === undefined && call.blocks !== undefined)
    await outbox.post('C1', message)
    expect(posted.map((call) => call.thread_ts)).toEqual([undefined, 'ts-1'])
    expect(posted[0]?.text).toContain('51 %')
  })
})
