// 200 with something that is no answer of Slack's, or an answer without what was asked for, over real HTTP: it says nothing, so nothing is
// concluded from it. Taken at its word it would close channels, empty the directory and post twice.
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { boundedFetch, slackAnswer } from '../../src/bounded-answer.ts'
import { movableClock } from '../../src/clock.ts'
import { createSlackClient, readIdentity } from '../../src/slack/bolt.ts'
import { createDirectory } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'
import { createListingClient, createMemberPages } from '../../src/slack/list-members.ts'
import { createPoster } from '../../src/slack/outbox/post.ts'
import { createPostingClient, type PostingClient } from '../../src/slack/outbox/posting-client.ts'
import { createReconciler } from '../../src/slack/outbox/reconcile.ts'
import { classifySlackFailure } from '../../src/slack/slack-failure.ts'
import { readUserGroup } from '../../src/slack/user-groups.ts'
import { listening } from '../kit/listening.ts'
import { keptLog } from '../kit/quiet-log.ts'

let close: (() => Promise<unknown>) | undefined
afterEach(() => close?.())

/** Slack's Web API that gives every method the same answer. */
async function slackThatAnswers(body: string | Buffer, headers: Record<string, string> = {}, status = 200) {
  const at = await listening(createServer((_request, response) => void response.writeHead(status, headers).end(body)))
  close = at.close
  const fetch = boundedFetch((input, init) => globalThis.fetch(input, init), slackAnswer)
  const access = { botToken: 'xoxb-test', apiUrl: `http://127.0.0.1:${at.port}/api`, log, fetch, retryMs: 1 }
  const posting = createPostingClient({ token: 'xoxb-test', slackApiUrl: `${access.apiUrl}/`, fetch })
  return { access, client: createSlackClient(access), posting }
}

const { log } = keptLog()
const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const right = { leftMs: () => 60_000 }
const post = { channelId: 'C1', payload: { text: 'Digest', blocks: [] }, deliveryId: 'd-1', right }

type Answering = Awaited<ReturnType<typeof slackThatAnswers>>

/** Hands on the ids of whom it would keep. */
const directoryOf = (client: Answering['client'], access: Answering['access'], kept: (ids: readonly string[]) => void) =>
  createDirectory({
    client,
    memberPages: createMemberPages(createListingClient(access), async () => undefined),
    store: {
      replaceAll: async (members) => {
        kept(members.map(({ slackUserId }) => slackUserId))
        return []
      },
      upsert: async (member) => member,
      find: async () => undefined,
    },
    home: async () => ({ teamId: 'T1' }),
    clock,
    log,
  })

const gateOf = (client: PostingClient) =>
  createGate({
    client,
    members: { findMany: async () => new Map() },
    directory: { whoIs: async () => undefined },
    allowGuests: false,
    clock,
  })

const json = { 'content-type': 'application/json' }
const odd: readonly [name: string, body: string | Buffer, headers?: Record<string, string>, status?: number][] = [
  ['a page of HTML', '<!doctype html><html><body>Sign in to the hotel</body></html>', { 'content-type': 'text/html' }],
  ['nothing', ''],
  ['half an answer', '{"ok":true,"channel":{"id":"C1"'],
  ['one word, which looks like a code', 'unavailable'],
  ['a word Slack uses as a code', 'channel_not_found'],
  ['a list', '[{"ok":true}]', json],
  ['null', 'null', json],
  ['a number', '1', json],
  ['a text', '"ok"', json],
  ['ok as a text', '{"ok":"true","ts":"1.000001"}', json],
  ['no ok at all', '{"channel":{"id":"C1"},"ts":"1.000001"}', json],
  ['compressed bytes that were cut', gzipSync('{"ok":true}').subarray(0, 12), { 'content-type': 'application/json' }],
  ['compressed bytes under their own type', gzipSync('{"ok":true}'), { 'content-type': 'application/gzip' }],
  ['compressed bytes that were cut, announced as such', gzipSync('{"ok":true}').subarray(0, 12), { 'content-encoding': 'gzip' }],
  ['more than any answer of Slack has', `{"ok":true,"filler":"${'x'.repeat(5 * 1024 * 1024)}"}`, json],
  ['202', '', {}, 202],
  ['204', '', {}, 204],
]

describe.each(odd)('%s', (_name, body, headers, status) => {
  it('in place of an answer leaves everything in doubt', async () => {
    const { client, posting } = await slackThatAnswers(body, headers, status)
    expect(await createPoster(posting, { clock, pace: { channelMs: 0, workspaceMs: 0 } }).post(post)).toMatchObject({ type: 'ambiguous' })
    expect(await gateOf(posting).check('C1')).toMatchObject({ type: 'unknown', failure: { type: 'ambiguous' } })
    const look = { id: 'd-1', channelId: 'C1', attemptedAt: clock.now() }
    expect(await createReconciler(posting, clock).look(look)).toMatchObject({ type: 'failed', failure: { type: 'ambiguous' } })
    const answered = client.apiCall('users.info', { user: 'U1' }).catch(classifySlackFailure)
    expect(await answered).toMatchObject({ type: 'ambiguous' })
  })
})

describe('{"ok":true} and nothing else', () => {
  it('closes no channel, opens none, finds no post absent and empties no directory', async () => {
    const { access, client, posting } = await slackThatAnswers('{"ok":true}', json)
    expect(await gateOf(posting).check('C1')).toMatchObject({ type: 'unknown', failure: { type: 'ambiguous' } })
    expect(await createPoster(posting, { clock, pace: { channelMs: 0, workspaceMs: 0 } }).post(post)).toMatchObject({ type: 'ambiguous' })
    const look = { id: 'd-1', channelId: 'C1', attemptedAt: clock.now() }
    expect(await createReconciler(posting, clock).look(look)).toMatchObject({ type: 'failed', failure: { type: 'ambiguous' } })
    const replaced: unknown[] = []
    const directory = directoryOf(client, access, (ids) => void replaced.push(ids))
    await expect(directory.refresh()).rejects.toThrow()
    expect(replaced).toEqual([])
    expect(await readUserGroup(client, 'S1')).toEqual({ type: 'unknown' })
    await expect(readIdentity(client)).rejects.toThrow('which workspace')
  })

  it('and a channel without a list of members does not open it', async () => {
    const { posting } = await slackThatAnswers('{"ok":true,"channel":{"id":"C1","is_member":true}}', json)
    expect(await gateOf(posting).check('C1')).toMatchObject({ type: 'unknown', failure: { type: 'ambiguous' } })
  })

  it('one member that is none does not keep the others out of the directory', async () => {
    const { access, client } = await slackThatAnswers(
      '{"ok":true,"members":[null,7,{"id":"U1","team_id":"T1","name":"ana"},{"id":5}]}',
      json,
    )
    const ids: string[] = []
    const directory = directoryOf(client, access, (found) => void ids.push(...found))
    expect(await directory.refresh()).toBe(1)
    expect(ids).toEqual(['U1'])
  })
})

describe('turned away on the way', () => {
  it.each([301, 302, 307, 403, 404, 407, 413])('with %i nothing reached Slack: the same is posted again', async (status) => {
    const { posting } = await slackThatAnswers('', { location: 'http://127.0.0.1:9/' }, status)
    expect(await createPoster(posting, { clock, pace: { channelMs: 0, workspaceMs: 0 } }).post(post)).toMatchObject({ type: 'unreached' })
  })

  it.each([500, 502, 503, 504, 520])('with %i it may have', async (status) => {
    const { posting } = await slackThatAnswers('', {}, status)
    expect(await createPoster(posting, { clock, pace: { channelMs: 0, workspaceMs: 0 } }).post(post)).toMatchObject({ type: 'ambiguous' })
  })
})
