// Answers that take longer than Slackbot should wait: the asker hears it, the work goes on, and nobody is recorded as having seen what nobody
// was shown.
import { afterEach, expect, it, vi } from 'vitest'
import { GongUnavailable } from '../../src/errors.ts'
import { testKit, viewers } from '../bot/commands/company.ts'
import { call, pressesIn } from './calls.ts'

afterEach(() => {
  vi.useRealTimers()
})

it('says that a period is being fetched, offers to ask again, and records no look', async () => {
  const kit = testKit()
  const fetching = Promise.withResolvers<void>()
  const services = {
    ...kit.services,
    async ensureFetched(_need: unknown, wait: (seconds: number) => Promise<void>) {
      await wait(40)
      await fetching.promise
    },
  }
  const first = await call(
    viewers.manager,
    'person_numbers',
    { person: 'gong:3', period: 'last month' },
    { kit, services, answerWithinMs: 1 },
  )
  expect(first.text).toContain('| This period was not fetched yet. Fetching October from Gong, about 40 s … Ask again in a minute.')
  expect(first.problems).toEqual([])
  expect(pressesIn(first.blocks)).toEqual([
    { label: 'Ask again', tool: 'person_numbers', given: { person: 'gong:3', period: 'last month' } },
  ])
  fetching.resolve()
  await expect.poll(() => kit.watched.length).toBeGreaterThan(0)
  const again = await call(viewers.manager, 'person_numbers', { person: 'gong:3', period: 'last month' }, { kit })
  expect(again.text).toContain('| Ana Diaz · October')
  // The second one alone was read by somebody.
  expect(kit.views).toHaveLength(1)
})

it('shows an answer that was made in time, however long its look takes to be recorded', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const kit = testKit()
  const answerWithinMs = 20_000
  const services = {
    ...kit.services,
    async recordViews(...look: Parameters<typeof kit.services.recordViews>) {
      vi.advanceTimersByTime(2 * answerWithinMs)
      await new Promise(setImmediate)
      await kit.services.recordViews(...look)
    },
  }
  const { text } = await call(viewers.manager, 'person_numbers', { person: 'gong:3' }, { kit, services, answerWithinMs })
  expect(kit.views).toHaveLength(1)
  expect(text).toContain('| Ana Diaz · ')
})

it('shows no answer whose look could not be recorded', async () => {
  const kit = testKit()
  const services = {
    ...kit.services,
    async recordViews() {
      throw new TypeError('secret words')
    },
  }
  const { text } = await call(viewers.manager, 'person_numbers', { person: 'gong:3' }, { kit, services })
  expect(text).not.toContain('Ana Diaz')
  expect(text).toContain('Give this reference to whoever runs it')
})

it('says what a whole company would cost before it is fetched, and fetches once the user agreed', async () => {
  const asked = await call(viewers.admin, 'team_numbers', { team: 'company', period: 'last month' }, { kit: testKit({ unread: true }) })
  expect(asked.text).toContain('was never fetched for the whole company')
  expect(pressesIn(asked.blocks)[0]).toMatchObject({ label: 'Fetch it', tool: 'team_numbers', given: { team: 'company', fetch: true } })
  const press = pressesIn(asked.blocks)[0]
  const agreed = await call(viewers.admin, press?.tool ?? '', press?.given, { kit: testKit({ unread: true }) })
  expect(agreed.text).toContain('| The company · October')
})

it('explains a failure of Gong in words, as to a command', async () => {
  const kit = testKit()
  const services = {
    ...kit.services,
    ensureFetched: async () => {
      throw new GongUnavailable({ endpoint: 'POST /stats/interaction', what: 'no answer' })
    },
  }
  const { text, problems } = await call(viewers.rep, 'my_numbers', {}, { kit, services })
  expect(text).toContain('Gong does not answer right now.')
  expect(problems).toEqual([])
})

it('explains a bug by a reference, without its words', async () => {
  const kit = testKit()
  const services = {
    ...kit.services,
    chart: async () => {
      throw new TypeError('secret words')
    },
  }
  const { text } = await call(viewers.rep, 'my_numbers', {}, { kit, services })
  expect(text).toMatch(/Give this reference to whoever runs it: [0-9a-f]{8}\./)
  expect(text).not.toContain('secret words')
})

it('counts what is fetched against the asker’s own share, as a command does', async () => {
  const kit = testKit()
  await call(viewers.manager, 'person_numbers', { person: 'gong:3', period: 'last month' }, { kit })
  expect(kit.reads).toEqual([{ from: '2026-10-01', personIds: ['3'], asker: viewers.manager.slackUserId }])
})
