// An answer posted for everybody in a conversation, with its thread: each is said once, however often Slack refuses a part of the other or
// loses an answer.
import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import type { SlackMember } from '../../../src/domain/slack-member.ts'
import { AskError, PostInDoubt } from '../../../src/errors.ts'
import type { Message } from '../../../src/render/message.ts'
import { line } from '../../../src/render/text/text.ts'
import { createOutbox, type OutboxDeps } from '../../../src/slack/outbox/outbox.ts'
import { renderForSlack } from '../../../src/slack/outbox/render-for-slack.ts'
import { createUploadClient } from '../../../src/slack/outbox/send-file.ts'
import type { GateVerdict } from '../../../src/slack-ports.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { submissionsInMemory } from '../../kit/submissions.ts'

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

interface Answers {
  /** Which call Slack takes no blocks of. */
  readonly refuses?: (call: Call) => boolean
  /** Which call lands without an answer. */
  readonly loses?: (call: Call) => boolean
  /** How a call fails that never lands. */
  readonly fails?: () => Error | undefined
}

function reaching({ refuses = () => false, loses = () => false, fails = () => undefined }: Answers, more: Partial<OutboxDeps> = {}) {
  const posted: Call[] = []
  const settings = new Map<string, string>()
  const tenant = {
    setting: async (key: string) => settings.get(key),
    saveSetting: async (key: string, value: string) => void settings.set(key, value),
  }
  const posting = {
    async apiCall(_method: string, call: Call) {
      const failure = fails()
      if (failure) throw failure
      if (refuses(call)) throw new WebAPIPlatformError({ ok: false, error: 'invalid_blocks' })
      posted.push(call)
      if (loses(call)) throw new WebAPIRequestError(new Error('socket hang up'))
      return { ok: true, ts: `ts-${posted.length}` }
    },
  }
  const unused = {} as never
  const parts: OutboxDeps = {
    client: unused,
    posting: posting as never,
    render: renderForSlack(),
    gate: unused,
    viewers: { admins: async () => ['UADMIN'] } as never,
    store: { tenant, submissions: submissionsInMemory() },
    clock: systemClock,
    log: keptLog().log,
    botName: 'gong',
    ...more,
  }
  return { outbox: createOutbox(parts), posted }
}

describe('who would read a channel', () => {
  const people = ['U1', 'U2'].map((slackUserId) => ({ slackUserId, name: slackUserId }) as SlackMember)
  const closed = { type: 'closed', reason: 'guests', people: 1 } as const
  const gateFor = async (verdict: GateVerdict, asker: string) => {
    const onlookersOf = async () => ({ viewers: [], everyLeader: false, readBy: () => '' })
    const { outbox } = reaching({}, { gate: { check: async () => verdict }, viewers: { onlookersOf } as never })
    const answer = await outbox.shareGate('C1', asker)
    return answer.open ? answer.readerIds.join() : answer.reason
  }

  it.each<[string, GateVerdict, string, string]>([
    ['open and private', { type: 'open', channelName: 'emea', isPrivate: true, people }, 'U1,U2', 'not-member'],
    ['closed and private', { ...closed, onlyFor: ['U1'] }, 'guests', 'not-member'],
    ['open and public', { type: 'open', channelName: 'emea', isPrivate: false, people }, 'U1,U2', 'U1,U2'],
    ['closed and public', closed, 'guests', 'guests'],
  ])('that is %s is said to its members, and of a private one to nobody else', async (_what, verdict, toMember, toOther) => {
    expect([await gateFor(verdict, 'U1'), await gateFor(verdict, 'U9')]).toEqual([toMember, toOther])
  })
})

describe('a post with a thread', () => {
  it('is two messages, the second below the first', async () => {
    const { outbox, posted } = reaching({})
    await outbox.postOnce(crypto.randomUUID(), 'C1', message)
    expect(posted.map((call) => [call.text, call.thread_ts])).toEqual([
      ['Week of the team\nTalk ratio 51 %', undefined],
      ['Details: Week of the team\nEvery question', 'ts-1'],
    ])
  })

  it('says the thread plainer when Slack refuses that, and the message only once', async () => {
    const { outbox, posted } = reaching({ refuses: (call) => call.thread_ts !== undefined && call.blocks !== undefined })
    await outbox.postOnce(crypto.randomUUID(), 'C1', message)
    expect(posted.map((call) => [call.thread_ts, call.blocks?.length])).toEqual([
      [undefined, 1],
      ['ts-1', undefined],
    ])
    expect(posted[1]?.text).toContain('Every question')
  })

  it('says the message plainer when Slack refuses that, and the thread below it', async () => {
    const { outbox, posted } = reaching({ refuses: (call) => call.thread_ts === undefined && call.blocks !== undefined })
    await outbox.postOnce(crypto.randomUUID(), 'C1', message)
    expect(posted.map((call) => call.thread_ts)).toEqual([undefined, 'ts-1'])
    expect(posted[0]?.text).toContain('51 %')
  })
})

describe('a post whose answer is lost', () => {
  it('is not sent again, and whoever asked for it learns that it may have arrived', async () => {
    const { outbox, posted } = reaching({ loses: () => true })
    const thrown = await outbox.postOnce('a press', 'C1', message).catch((cause: unknown) => cause)
    expect(thrown).toBeInstanceOf(PostInDoubt)
    expect(String(thrown)).toContain('may have arrived')
    expect(await outbox.postOnce('a press', 'C1', message)).toBe(false)
    expect(posted).toHaveLength(1)
  })

  it('is said to stand where that of its thread alone was lost', async () => {
    const { outbox, posted } = reaching({ loses: (call) => call.thread_ts !== undefined })
    await expect(outbox.postOnce(crypto.randomUUID(), 'C1', message)).rejects.toThrow('The message was posted.')
    expect(posted).toHaveLength(2)
  })

  it('to the only admin is no request that nobody got', async () => {
    const { outbox, posted } = reaching({ loses: () => true })
    await expect(outbox.askAdmins('U1', { summary: 'Link me', parts: [] })).rejects.toBeInstanceOf(PostInDoubt)
    expect(posted).toHaveLength(1)
  })
})

describe('a post that surely did not arrive', () => {
  const reset = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  it.each([
    ['Slack asks for a wait', new WebAPIRateLimitedError(30)],
    ['Slack refuses it', new WebAPIPlatformError({ ok: false, error: 'restricted_action' })],
    ['nobody was reached', new WebAPIRequestError(reset)],
  ])('because %s is posted by the next press of the same button', async (_why, failure) => {
    const failures: Error[] = [failure]
    const { outbox, posted } = reaching({ fails: () => failures.shift() })
    await expect(outbox.postOnce('a press', 'C1', message)).rejects.toThrow()
    expect(posted).toEqual([])
    expect(await outbox.postOnce('a press', 'C1', message)).toBe(true)
    expect(await outbox.postOnce('a press', 'C1', message)).toBe(false)
    expect(posted.map(({ thread_ts }) => thread_ts)).toEqual([undefined, 'ts-1'])
  })

  it('is not taken back where its message stands and its thread failed', async () => {
    const failures = [undefined, new WebAPIRateLimitedError(30)]
    const { outbox, posted } = reaching({ fails: () => failures.shift() })
    await expect(outbox.postOnce('a press', 'C1', message)).rejects.toThrow('The message was posted.')
    expect(await outbox.postOnce('a press', 'C1', message)).toBe(false)
    expect(posted).toHaveLength(1)
  })
})

describe('pressed twice at once', () => {
  it('posts once', async () => {
    const { outbox, posted } = reaching({})
    const both = await Promise.all([1, 2].map(() => outbox.postOnce('a press', 'C1', { summary: 'Shared', parts: [] })))
    expect(both.toSorted()).toEqual([false, true])
    expect(await outbox.postOnce('another press', 'C1', { summary: 'Shared', parts: [] })).toBe(true)
    expect(posted).toHaveLength(2)
  })

  it('asks the admins once', async () => {
    const { outbox, posted } = reaching({})
    const both = await Promise.all([1, 2].map(() => outbox.askAdmins('U1', { summary: 'Link me', parts: [] })))
    expect(both).toContain('already')
    expect(posted).toHaveLength(1)
    expect(await outbox.askAdmins('U1', { summary: 'Link me', parts: [] })).toBe('already')
    expect(posted).toHaveLength(1)
  })

  it('asks a hundred admins once, though telling each may take ten seconds', async () => {
    const submissions = submissionsInMemory()
    const lasts: (number | undefined)[] = []
    const claim: typeof submissions.claim = (key, endsAfterMs) => {
      lasts.push(endsAfterMs)
      return submissions.claim(key)
    }
    const tenant = { setting: async () => undefined, saveSetting: async () => undefined }
    const { outbox } = reaching({}, { store: { tenant, submissions: { ...submissions, claim } } })
    await outbox.askAdmins('U1', { summary: 'Link me', parts: [] })
    expect(lasts[0]).toBeGreaterThanOrEqual(100 * 10_000)
  })
})

describe('a file', () => {
  const file = { name: 'team.csv', title: 'team.csv', content: 'a,b' }
  const refused = (error: string) => failing(new WebAPIPlatformError({ ok: false, error }))
  const failing = (thrown: unknown) => {
    const client = {
      apiCall: async () => ({ ok: true, channel: { id: 'D1' } }),
      filesUploadV2: async () => {
        throw thrown
      },
    }
    const unused = {} as never
    const deps = { client: client as never, posting: unused, render: renderForSlack(), gate: unused, viewers: unused, store: unused }
    return createOutbox({ ...deps, clock: systemClock, log: keptLog().log, botName: 'gong' }).sendFile('U1', file)
  }

  it.each([
    ['file_uploads_disabled', 'Files are switched off'],
    ['file_uploads_except_images_disabled', 'Files are switched off'],
    ['storage_limit_reached', 'storage of this workspace is full'],
    ['team_storage_limit_reached', 'storage of this workspace is full'],
    ['file_upload_size_restricted', 'no file of that size'],
  ])('that the workspace takes from nobody (%s) is answered with words that say why', async (error, words) => {
    const thrown = await refused(error).catch((cause: unknown) => cause)
    expect(thrown).toBeInstanceOf(AskError)
    expect(String(thrown)).toContain(words)
  })

  it('that Slack did not confirm may have arrived, and is not sent again', async () => {
    const cut = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    await expect(failing(new WebAPIRequestError(cut))).rejects.toThrow('so it may have arrived. Look for it before you ask for it again.')
    const never = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    await expect(failing(new WebAPIRequestError(never))).rejects.toBeInstanceOf(WebAPIRequestError)
  })

  it.each([
    ['a failure', { status: 500, body: 'no' }],
    ['a wait', { status: 429, body: '', headers: { 'retry-after': '30' } }],
  ])('is tried once, whatever part of it meets %s', async (_what, { status, body, ...more }) => {
    const asked: string[] = []
    const answering: typeof globalThis.fetch = async (input) => {
      const method =
        String(input instanceof Request ? input.url : input)
          .split('/')
          .at(-1) ?? ''
      asked.push(method)
      if (method === 'files.completeUploadExternal') return new Response(body, { status, ...more })
      const given = { ok: true, channel: { id: 'D1' }, upload_url: 'https://files.slack.test/upload', file_id: 'F1' }
      return new Response(JSON.stringify(given), { headers: { 'content-type': 'application/json' } })
    }
    const client = createUploadClient({ botToken: 'xoxb-test', apiUrl: 'https://slack.test/api', fetch: answering })
    const unused = {} as never
    const deps = { client, posting: unused, render: renderForSlack(), gate: unused, viewers: unused, store: unused }
    const outbox = createOutbox({ ...deps, clock: systemClock, log: keptLog().log, botName: 'gong' })
    await expect(outbox.sendFile('U1', file)).rejects.toThrow()
    expect(asked).toEqual(['conversations.open', 'files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])
  })

  it('without the scope says so; any other refusal stays a failure', async () => {
    expect(await refused('missing_scope')).toBe('missing-scope')
    await expect(refused('file_not_found')).rejects.toBeInstanceOf(WebAPIPlatformError)
  })
})
