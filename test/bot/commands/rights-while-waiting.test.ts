// An answer may wait minutes for Gong, and for whoever is replacing the figures it shows. Rights that ended meanwhile show nothing, neither
// as a reply nor as a file, and nothing is written down as seen.
import { describe, expect, it, vi } from 'vitest'
import { csv } from '../../../src/bot/actions/csv.ts'
import type { BotServices } from '../../../src/bot/command.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { understand } from '../../../src/bot/commands/question.ts'
import { reply } from '../../../src/bot/commands/reply.ts'
import { tools } from '../../../src/bot/tools/index.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { asOneReading, waited } from '../../../src/one-reading.ts'
import { asks, people, presses, type TestKit, testKit, viewers } from './company.ts'

const quiet = async () => undefined
/** Maria (2) asks about Ana (3) or her team; while Gong is read, something changes. */
const changes: readonly (readonly [string, Viewer, string, (services: BotServices) => Partial<BotServices>])[] = [
  [
    'is made a guest',
    viewers.manager,
    'gong:3',
    ({ outbox }) => ({ outbox: { ...outbox, viewerOf: async () => ({ ...viewers.manager, standing: 'guest' }) } }),
  ],
  [
    'leads that person no more',
    viewers.manager,
    'gong:3',
    () => ({ chart: async () => orgChart(people.map((each) => (each.id === '3' ? { ...each, managerId: '7' } : each))) }),
  ],
  [
    'loses the role of an admin',
    viewers.admin,
    'company',
    ({ outbox }) => ({ outbox: { ...outbox, viewerOf: async () => ({ ...viewers.admin, isAdmin: false }) } }),
  ],
  [
    'reaches the last day as a stand-in',
    viewers.standIn,
    'gong:4',
    ({ outbox }) => ({ today: async () => '2026-12-01', outbox: { ...outbox, viewerOf: async () => viewers.standIn } }),
  ],
]

/** The services of before, which change while they wait. */
function changingKit(change: (services: BotServices) => Partial<BotServices>): TestKit {
  const kit = testKit({ unread: true })
  const services: BotServices = {
    ...kit.services,
    async ensureFetched(need, wait) {
      await kit.services.ensureFetched(need, wait)
      Object.assign(services, change(kit.services))
    },
  }
  return { ...kit, services }
}

/** The services of before, which change while statistics wait for whoever is replacing figures, once. */
function replacingKit(change: (services: BotServices) => Partial<BotServices>): TestKit {
  const kit = testKit()
  const { person, team, scorecards } = kit.services.stats
  let left = 1
  const waiting =
    <Asked extends unknown[], Answer>(answer: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer> => {
      if (left-- > 0) {
        Object.assign(services, change(kit.services))
        waited()
      }
      return answer(...asked)
    }
  const stats = { ...kit.services.stats, person: waiting(person), team: waiting(team), scorecards: waiting(scorecards) }
  const services: BotServices = { ...kit.services, stats }
  return { ...kit, services }
}

const words = 'What you may see has changed while I was fetching. Ask again.'

describe.each(changes)('somebody who %s while an answer waits for whoever is replacing figures', (_what, by, typed, change) => {
  it.each(['/gong-stats', '/gong-scorecards'])('reads nothing of %s, as a reply or as a file', async (name) => {
    const kit = replacingKit(change)
    const command = commands.find((each) => each.name === name)
    await expect(asOneReading(async () => command?.answer(asks(by, typed), kit.services, quiet))).rejects.toThrow(words)
    const again = replacingKit(change)
    const pressed = () => csv.handle(presses(by, 'csv', `${name} ${typed}`), again.services, quiet)
    await expect(asOneReading(pressed)).rejects.toThrow(words)
    expect([kit.views, again.views, again.files]).toEqual([[], [], []])
  })
})

it('whoever sees others after such a wait asks again, as group figures were made for whom they saw before', async () => {
  const coach: Viewer = { ...viewers.rep, grants: [{ type: 'coach', personId: '4' }] }
  const kit = replacingKit(({ outbox }) => ({ outbox: { ...outbox, viewerOf: async () => coach } }))
  const [stats] = commands
  await expect(asOneReading(async () => stats?.answer(asks(viewers.rep, 'team'), kit.services, quiet))).rejects.toThrow(words)
})

it('an answer that waited for nobody does not ask for rights again', async () => {
  // What takes a second counts as a wait.
  vi.useFakeTimers({ toFake: ['performance'] })
  const kit = testKit()
  const asked: string[] = []
  const viewerOf = async (id: string): Promise<Viewer> => {
    asked.push(id)
    return viewers.manager
  }
  const outbox = { ...kit.services.outbox, viewerOf }
  const [stats] = commands
  await asOneReading(async () => stats?.answer(asks(viewers.manager, 'gong:3'), { ...kit.services, outbox }, quiet))
  expect(asked).toEqual([])
  vi.useRealTimers()
})

describe.each(changes)('somebody who %s while an answer waits for Gong', (_what, by, typed, change) => {
  it.each(['/gong-stats', '/gong-scorecards'])('reads nothing of %s, as a reply or as a file', async (name) => {
    const kit = changingKit(change)
    const command = commands.find((each) => each.name === name)
    // The question about the whole company is asked with its cost accepted.
    const text = typed === 'company' ? 'company last week read' : typed
    await expect(Promise.resolve(command?.answer(asks(by, text), kit.services, quiet))).rejects.toThrow(words)
    const again = changingKit(change)
    await expect(csv.handle(presses(by, 'csv', `${name} ${text}`), again.services, quiet)).rejects.toThrow(words)
    expect([kit.watched, kit.views, again.watched, again.views, again.files]).toEqual([[], [], [], [], []])
  })
})

describe('somebody who sees more or others after an answer has waited for Gong', () => {
  const coach: Viewer = { ...viewers.rep, grants: [{ type: 'coach', personId: '4' }] }
  const nowCoach = ({ outbox }: BotServices): Partial<BotServices> => ({ outbox: { ...outbox, viewerOf: async () => coach } })

  /** The services, and for whom each statistic of a group is made. */
  function readersKit(change: typeof nowCoach) {
    const { services } = changingKit(change)
    const readers: unknown[] = []
    const { team, scorecards } = services.stats
    Object.assign(services, {
      stats: {
        ...services.stats,
        team: (...[subject, period, detail, reader]: Parameters<typeof team>) => {
          readers.push(reader)
          return team(subject, period, detail, reader)
        },
        scorecards: (...[subject, period, viewpoint, name]: Parameters<typeof scorecards>) => {
          readers.push(viewpoint.type === 'group' ? viewpoint.reader : undefined)
          return scorecards(subject, period, viewpoint, name)
        },
      } satisfies BotServices['stats'],
    })
    return { services, readers }
  }

  it.each(['/gong-stats', '/gong-scorecards'])('is shown figures of %s without names as fit beside what they see now', async (name) => {
    const answer = readersKit(nowCoach)
    await commands.find((each) => each.name === name)?.answer(asks(viewers.rep, 'team'), answer.services, quiet)
    const file = readersKit(nowCoach)
    await csv.handle(presses(viewers.rep, 'csv', `${name} team`), file.services, quiet)
    expect([new Set(answer.readers), new Set(file.readers)]).toEqual([new Set([coach]), new Set([coach])])
  })

  it('is offered in Slackbot the next of those they may see now', async () => {
    const moved = orgChart(people.map((each) => (each.id === '4' ? { ...each, managerId: '7' } : each)))
    const kit = testKit({ unread: true })
    let chart = orgChart(people)
    const services: BotServices = {
      ...kit.services,
      chart: async () => chart,
      async ensureFetched(need, wait) {
        await kit.services.ensureFetched(need, wait)
        chart = moved
      },
    }
    const tool = tools.find(({ name }) => name === 'person_numbers')
    const answer = await tool?.answer({ person: 'gong:3' }, { asker: asks(viewers.manager, ''), services, say: quiet })
    expect(JSON.stringify(answer?.message)).not.toContain('Ben')
    expect(JSON.stringify(answer?.message)).toContain('Next: Kai Lund')
  })

  it('gets their report with the people of now', async () => {
    const after = orgChart(people)
    const { services } = changingKit(() => ({ chart: async () => after }))
    const question = await understand('/gong-stats', 'team', asks(viewers.manager, ''), services)
    if ('refusal' in question) throw new Error('refused')
    let written: unknown
    await reply(question, asks(viewers.manager, ''), services, quiet, async (_context, chart) => {
      written = chart
      return { message: { summary: '', parts: [] }, shows: [] }
    })
    expect(written).toBe(after)
  })
})
