// The product's main job from end to end: Gong's figures in, a private answer and a weekly digest out, through the real app over
// signed HTTP. The expected figures are worked here from what the simulated Gong answers, with nothing of the app's own code.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startPreparedDemo } from '../kit/prepared-demo.ts'

interface InteractionRow {
  readonly userId: string
  readonly callsCount: number
  readonly talkRatio: number
}

interface ActivityRow {
  readonly userId: string
  readonly callsAsHost: number
}

let demo: RunningDemo
beforeAll(async () => {
  demo = await startPreparedDemo()
})
afterAll(() => demo?.stop())

/** Asks the simulated Gong as anybody could, all pages. Berlin is an hour ahead of UTC in November. */
async function gongSays<Row>(path: string, key: string, from: string, to: string): Promise<Row[]> {
  const { accessKey, accessKeySecret } = demo.gong.credentials
  const rows: Row[] = []
  for (let cursor: string | undefined; ; ) {
    const answer = await fetch(`${demo.gong.baseUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${accessKey}:${accessKeySecret}`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        filter: { fromDateTime: `${from}T00:00:00+01:00`, toDateTime: `${to}T00:00:00+01:00` },
        ...(cursor && { cursor }),
      }),
    })
    const body = (await answer.json()) as { records: { cursor?: string } } & Record<string, Row[]>
    rows.push(...(body[key] ?? []))
    cursor = body.records.cursor
    if (!cursor) return rows
  }
}

const teamIds = () => {
  const { company, personas } = demo.gong
  return new Set(company.people.filter(({ managerIndex, active }) => managerIndex === personas.manager.index && active).map(({ id }) => id))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** What the message must say of a week: median of talk ratios of those with three calls or more, and the sum of hosted calls. */
async function workedByHand(from: string, to: string): Promise<{ talkRatio: string; people: number; hosted: number }> {
  const team = teamIds()
  const talking = (await gongSays<InteractionRow>('/stats/interaction', 'usersInteractionStats', from, to)).filter(
    ({ userId, callsCount }) => team.has(userId) && callsCount >= 3,
  )
  const active = (await gongSays<ActivityRow>('/stats/activity/aggregated', 'usersAggregatedActivity', from, to)).filter(({ userId }) =>
    team.has(userId),
  )
  return {
    talkRatio: `${Math.round(median(talking.map(({ talkRatio }) => talkRatio)))} %`,
    people: talking.length,
    hosted: active.reduce((sum, { callsAsHost }) => sum + callsAsHost, 0),
  }
}

const manager = () => demo.workspace.managerId
const channel = () => demo.workspace.managerChannelId
const textOf = (blocks: readonly unknown[]) => JSON.stringify(blocks).replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ')

const handleOf = (slackUserId: string) => demo.workspace.users.find(({ id }) => id === slackUserId)?.name

async function answerTo(user: string, text: string, where = channel()) {
  const before = demo.slack.messages(where, user).length
  await demo.slack.type(user, where, text)
  await demo.app.idle()
  return demo.slack.messages(where, user).slice(before)
}

describe('a manager types /gong-stats team last week', () => {
  it('gets one private answer with chart and table, and the figures Gong gave', async () => {
    const [answer, ...more] = await answerTo(manager(), '/gong-stats team last week')
    expect(more).toEqual([])
    expect(answer?.ephemeralTo).toBe(manager())
    const types = answer?.blocks.map(({ type }) => type)
    expect(types).toContain('data_visualization')
    expect(types).toContain('data_table')
    const expected = await workedByHand('2026-11-16', '2026-11-23')
    const text = textOf(answer?.blocks ?? [])
    expect(expected.people).toBeGreaterThanOrEqual(6)
    expect(text).toContain(`Talk ratio *${expected.talkRatio}*`)
    expect(text).toContain(`*${expected.hosted}* calls hosted`)
    expect(text).toMatch(new RegExp(`Medians of ${expected.people} of \\d+ people`))
    expect(answer?.text).toContain(`${expected.hosted} calls hosted`)
  })

  it('asks Gong for nothing: the answer comes from the store', async () => {
    const before = demo.gong.log.count()
    await answerTo(manager(), '/gong-stats team last week')
    await answerTo(manager(), '/gong-scorecards')
    await answerTo(manager(), '/gong-coaching')
    expect(demo.gong.log.count()).toBe(before)
  })
})

describe('others', () => {
  it("a rep sees the own figures, the team's medians without names, and nothing of a colleague", async () => {
    const rep = slackIdOf(demo.gong.personas.rep)
    const colleague = demo.gong.company.people.find(({ id }) => teamIds().has(id) && id !== demo.gong.personas.rep.id)
    if (!colleague) throw new Error('the team has one member only')
    const [own] = await answerTo(rep, '/gong-stats')
    expect(textOf(own?.blocks ?? [])).toContain('Talk ratio')
    const [team] = await answerTo(rep, '/gong-stats team last week')
    expect(textOf(team?.blocks ?? [])).not.toContain(colleague.lastName)
    expect(team?.blocks.map(({ type }) => type)).not.toContain('data_table')
    const [refused] = await answerTo(rep, `/gong-stats @${handleOf(slackIdOf(colleague))}`)
    expect(refused?.text).toContain('are for')
    expect(refused?.text).not.toMatch(/\d+ %/)
  })

  it('a guest and somebody of another company get words and no figure', async () => {
    for (const user of ['U0GUEST', 'U0OUTSIDER']) {
      const theirs = demo.workspace.channels.find(({ memberIds }) => memberIds.includes(user))
      const answers = await answerTo(user, '/gong-stats all', theirs?.id)
      expect(answers).toHaveLength(1)
      expect(answers[0]?.text.length).toBeGreaterThan(20)
      expect(textOf(answers[0]?.blocks ?? [])).not.toMatch(/Talk ratio|\d+ %/)
    }
  })
})

describe('bad input gets words and a next step', () => {
  it.each([
    ['/gong-stats lats week', 'Did you mean "last week"?'],
    ['/gong-stats 31 February', 'February'],
    ['/gong-stats nobody@elsewhere.example', 'nobody@elsewhere.example'],
    ['/gong-stats flurb', 'flurb'],
    ['/gong-digest dance', 'dance'],
    ['/gong-coaching 2027-01-01..2027-01-05', ''],
  ])('%s', async (text, words) => {
    const [answer] = await answerTo(manager(), text)
    expect(answer?.ephemeralTo).toBe(manager())
    expect(answer?.text).toContain(words)
    expect(answer?.blocks.length).toBeGreaterThan(0)
  })
})

describe('the clock is moved to Monday 09:00', () => {
  it("posts exactly one digest to the team's channel, with the figures Gong gave and no names", async () => {
    const posts = () =>
      demo.slack.messages(channel(), manager()).filter(({ threadTs, ephemeralTo, metadata }) => metadata && !threadTs && !ephemeralTo)
    const before = posts().length
    expect(before).toBe(1)
    demo.gong.log.clear()
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9))
    // Tuesday to Monday: people are read anew every day without anybody asking.
    expect(demo.gong.log.count('/users')).toBeGreaterThanOrEqual(5)
    await demo.app.tick()
    await demo.app.idle()
    expect(posts()).toHaveLength(2)
    const digest = posts().at(-1)
    const expected = await workedByHand('2026-11-23', '2026-11-30')
    const text = textOf(digest?.blocks ?? [])
    expect(text).toContain('23–29 Nov')
    expect(text).toContain(`Talk ratio *${expected.talkRatio}*`)
    expect(text).toContain(`*${expected.hosted}* calls hosted`)
    for (const { id, lastName } of demo.gong.company.people) if (teamIds().has(id)) expect(text).not.toContain(lastName)
    await moveClock(demo.clock, demo.app, new Date(demo.clock.now().getTime() + 6 * 3_600_000))
    expect(posts()).toHaveLength(2)
  })
})
