// While nobody of Gong's is known: the first reading is said to be under way, a closed list of people who may open it, and nobody is told
// that they are not in Gong.
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/bot/commands/question.ts'
import { whoSawMe } from '../../src/bot/commands/who-saw-me.ts'
import { stranger } from '../../src/bot/home/stranger.ts'
import { orgChart } from '../../src/domain/team.ts'
import { GongRateLimited } from '../../src/errors.ts'
import type { Part } from '../../src/render/message.ts'
import { explainFailure } from '../../src/slack/receive/failure.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { asks, at, testKit, viewers } from './commands/company.ts'

type Reading = Awaited<ReturnType<ReturnType<typeof testKit>['services']['admin']['firstReading']>>

function servicesReading(reading: Reading) {
  const { services } = testKit()
  return { ...services, chart: async () => orgChart([]), admin: { ...services.admin, firstReading: async () => reading } }
}

async function answer(who: keyof typeof viewers, reading: Reading): Promise<string> {
  const services = servicesReading(reading)
  const viewer = { ...viewers[who], person: undefined }
  const answered = await understand('/gong-stats', 'team last week', asks(viewer, 'team last week'), services)
  return 'refusal' in answered ? answered.refusal.summary : 'answered'
}

const wordsOf = (parts: readonly Part[]): string => parts.map((part) => (part.type === 'text' ? part.line.plain : '')).join(' ')

describe('before the first reading is done', () => {
  it('says that it is under way and how long it takes', async () => {
    expect(await answer('unmatched', { secondsLeft: 190 })).toContain(
      'I am reading Gong for the first time: people first, then last week. Everything takes about 4 minutes',
    )
    expect(await answer('admin', { secondsLeft: 20 })).toContain('about a minute')
    const home = await stranger.write(viewers.unmatched, servicesReading({ secondsLeft: 190 }), at)
    expect(wordsOf(home ?? [])).toContain('I am reading Gong for the first time')
    expect((await whoSawMe(asks(viewers.unmatched, 'who saw me'), servicesReading({}))).summary).toContain('for the first time')
  })

  it('says who may open a closed list of people, to admins in full', async () => {
    const words = "I may not read Gong's list of people (403): grant the key api:users:read, or give me PEOPLE_FILE."
    expect(await answer('admin', { refused: words })).toBe(words)
    expect(await answer('unmatched', { refused: words })).toContain('they can grant api:users:read or give me a file')
    expect(wordsOf((await stranger.write(viewers.unmatched, servicesReading({ refused: words }), at)) ?? [])).toContain(
      "I may not read Gong's list of people",
    )
  })

  it('says that it keeps trying while Gong fails, without telling everybody what fails', async () => {
    expect(await answer('unmatched', { failed: 'Gong is unavailable: status 500.' })).toBe(
      "I have not read Gong's list of people yet. The bot keeps trying.",
    )
    expect(await answer('admin', { failed: 'Gong is unavailable: status 500.' })).toContain('status 500')
  })

  it('tells guests nothing but their one sentence', async () => {
    await expect(answer('guest', {})).rejects.toThrow(/guest/i)
  })
})

describe('a share of requests that is used up', () => {
  const said = (share: { whose: 'asker' | 'company'; requests: number }) =>
    explainFailure(new GongRateLimited({ endpoint: 'x', retryAfterMs: 5 * 3_600_000, by: 'budget', share }), {
      log: keptLog().log,
      facts: {},
    }).message.summary

  it('is said to be one’s own, with how much it is and until when', () => {
    expect(said({ whose: 'asker', requests: 200 })).toContain(
      "Your own questions have used up their 200 Gong requests of today (one person's share), so this period cannot be read yet. Try again in about 5 hours.",
    )
    expect(said({ whose: 'company', requests: 3600 })).toContain("The company's Gong requests of today are used up (3600 of them")
  })
})
