import { afterEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import { createSlackClient } from '../../src/slack/bolt.ts'
import { createDirectory, memberOf } from '../../src/slack/directory.ts'
import { classifySlackFailure } from '../../src/slack/slack-failure.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { type RecordingSlack, recordingSlack } from '../kit/recording-slack.ts'
import { turnsOfLongPieces } from '../kit/turns-of-loop.ts'

const home = { teamId: 'T1', enterpriseId: 'E1' }

describe('memberOf', () => {
  it('keeps no zone and no locale that this machine cannot write dates in', () => {
    const of = (tz: string, locale: string) => memberOf('U1', { id: 'U1', team_id: 'T1', tz, locale }, home)
    expect(of('Asia/Kolkata', 'de-DE')).toMatchObject({ zone: 'Asia/Kolkata', locale: 'de-DE' })
    for (const [tz, locale] of [
      ['Mars/Olympus', 'xx_invalid!'],
      ['America/Coyhaique2', 'de_DE'],
      ['\u0000', '-'],
    ] as const)
      expect([of(tz, locale).zone, of(tz, locale).locale]).toEqual([undefined, undefined])
  })

  it('counts people of another team or enterprise, strangers and the unknown as outside', () => {
    expect(memberOf('U1', { id: 'U1', team_id: 'T1' }, home).isOutside).toBe(false)
    expect(memberOf('U1', { id: 'U1', team_id: 'T2', enterprise_user: { enterprise_id: 'E1' } }, home).isOutside).toBe(false)
    expect(memberOf('U1', { id: 'U1', team_id: 'T2' }, home).isOutside).toBe(true)
    expect(memberOf('U1', { id: 'U1', team_id: 'T1', is_stranger: true }, home).isOutside).toBe(true)
    expect(memberOf('U1', {}, home).isOutside).toBe(true)
    expect(memberOf('U1', undefined, home).isOutside).toBe(true)
  })

  it('never takes a missing enterprise for our own', () => {
    expect(memberOf('U1', { team_id: 'T2', enterprise_user: {} }, { teamId: 'T1' }).isOutside).toBe(true)
  })
})

describe('the directory', () => {
  let slack: RecordingSlack
  afterEach(() => slack.stop())

  async function start() {
    slack = await recordingSlack()
    const kept = new Map<string, SlackMember>()
    const { log } = keptLog()
    const now = new Date('2026-11-23T05:00:00Z')
    const replaced: { members: readonly SlackMember[]; readAt: Date }[] = []
    const directory = createDirectory({
      client: createSlackClient({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log }),
      store: {
        replaceAll: async (members, readAt) => {
          replaced.push({ members, readAt })
          return []
        },
        async upsert(member) {
          kept.set(member.slackUserId, member)
          return member
        },
        find: async (id) => kept.get(id),
      },
      home: async () => home,
      clock: movableClock(now),
      log,
    })
    return { directory, kept, replaced, now }
  }

  it('reads everybody page by page and replaces the whole in one go', async () => {
    const { directory, replaced, now } = await start()
    slack.answer('users.list', (body) =>
      body.cursor === 'next'
        ? { members: [{ id: 'U2', team_id: 'T1', is_restricted: true }] }
        : {
            members: [
              { id: 'U1', team_id: 'T1', real_name: 'Ana', tz: 'Europe/Berlin', locale: 'de-DE', profile: { email: 'Ana@Acme.com' } },
            ],
            response_metadata: { next_cursor: 'next' },
          },
    )
    expect(await directory.refresh()).toBe(2)
    expect(replaced).toEqual([
      {
        readAt: now,
        members: [
          {
            slackUserId: 'U1',
            name: 'Ana',
            email: 'ana@acme.com',
            zone: 'Europe/Berlin',
            locale: 'de-DE',
            isBot: false,
            isGuest: false,
            isOutside: false,
            isSlackAdmin: false,
            deleted: false,
          },
          expect.objectContaining({ slackUserId: 'U2', isGuest: true }),
        ],
      },
    ])
  })

  it('keeps what it had when a page has more members than Slack gives, and says that the answer is too long', async () => {
    const { directory, replaced } = await start()
    const page = (count: number) => ({ members: Array.from({ length: count }, (_, n) => ({ id: `U${n}`, team_id: 'T1' })) })
    slack.answer('users.list', page(1001))
    const failure = await directory.refresh().then(() => undefined, classifySlackFailure)
    expect(failure).toEqual({ type: 'ambiguous', error: 'answer_too_long' })
    expect(replaced).toEqual([])
    slack.answer('users.list', page(1000))
    // Each member is a piece where none is short.
    expect(await turnsOfLongPieces(() => directory.refresh())).toBeGreaterThan(900)
    expect(replaced[0]?.members).toHaveLength(1000)
  })

  it('keeps what it had when a page fails', async () => {
    const { directory, replaced } = await start()
    slack.answer('users.list', { ok: false, error: 'missing_scope' })
    await expect(directory.refresh()).rejects.toThrow('missing_scope')
    expect(replaced).toEqual([])
  })

  it('asks Slack about an unknown person once', async () => {
    const { directory } = await start()
    slack.answer('users.info', { user: { id: 'U5', team_id: 'T1', name: 'eve' } })
    expect(await directory.whoIs('U5')).toMatchObject({ name: 'eve', isOutside: false })
    await directory.whoIs('U5')
    expect(slack.callsOf('users.info')).toHaveLength(1)
  })

  it('knows nobody by an id Slack does not know', async () => {
    const { directory } = await start()
    slack.answer('users.info', { ok: false, error: 'user_not_found' })
    expect(await directory.whoIs('U404')).toBeUndefined()
  })

  it('does not ask Slack about whoever was forgotten', async () => {
    const { directory } = await start()
    expect(await directory.whoIs('a forgotten person')).toBeUndefined()
    expect(slack.callsOf('users.info')).toEqual([])
  })

  it('takes in newcomers and changes as Slack tells them', async () => {
    const { directory, kept } = await start()
    await directory.heard({ id: 'U1', team_id: 'T1', is_bot: true })
    await directory.heard({ id: 'U1', team_id: 'T1', deleted: true })
    expect(kept.get('U1')).toMatchObject({ deleted: true, isBot: false })
  })
})
