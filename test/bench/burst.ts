// A burst: 200 commands a second for 20 s, each asking for a team's figures, and 500 people who open a form at the same moment. None may
// be lost, and a form must be opened within the three seconds that Slack lends a trigger for.
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src/clock.ts'
import { sendCommands } from './commands-per-second.ts'
import { driveApp } from './drive.ts'
import type { Measurement } from './measure.ts'
import { type SimulatedCompany, simulatedCompany } from './simulated-company.ts'
import { quantile, type Row } from './table.ts'

const perSecond = 200
const triggerLivesMs = 3000
const longestWaitMs = 120_000

export const burst: Measurement = {
  name: 'burst',
  async run({ postgres, quick }) {
    const company = await simulatedCompany(1000, systemClock)
    const app = await driveApp(
      { now: systemClock.now().toISOString(), requestsPerSecond: 10_000 },
      { ...company.environment, DATABASE_URL: await postgres.createDatabase() },
    )
    try {
      const { port } = await app.tell({ type: 'refresh' })
      return [...(await commands(company, port, quick ? 3 : 20)), ...(await forms(company, port, quick ? 100 : 500))]
    } finally {
      await app.kill()
      await company.stop()
    }
  },
}

async function commands(company: SimulatedCompany, port: number, seconds: number): Promise<readonly Row[]> {
  const { slack, workspace } = company
  const { managerId } = workspace
  const conversation = slack.workspace.directMessageWith(managerId).id
  const answers = (): number => slack.messages(conversation, managerId).length
  const load = {
    port,
    signingSecret: slack.signingSecret,
    userId: managerId,
    teamId: slack.workspace.teamId,
    responseUrl: slack.answerAddress(managerId, conversation),
    text: 'team last week',
    perSecond,
  }
  await sendCommands({ ...load, responseUrl: `${slack.origin}/nobody`, seconds: 1 })
  await slack.until(() => answers() >= perSecond, longestWaitMs).catch(() => undefined)
  const before = answers()
  const many = perSecond * seconds
  const times = await sendCommands({
    ...load,
    seconds,
    responseUrls: Array.from({ length: many }, () => slack.answerAddress(managerId, conversation)),
  })
  const sentAt = performance.now()
  await slack.until(() => answers() - before >= many, longestWaitMs).catch(() => undefined)
  const restSeconds = (performance.now() - sentAt) / 1000
  // What comes twice comes soon after.
  await wait(1000)
  const answered = answers() - before
  return [
    {
      name: `${times.length} commands, ${perSecond} a second: lost or twice`,
      target: 0,
      result: Math.abs(many - answered),
      unit: '×',
      note: `${answered} answers, the last ${restSeconds.toFixed(1)} s after the last command was sent`,
    },
    {
      name: `acknowledgement p99, ${perSecond} commands/s`,
      target: 100,
      targetNote: '< 100',
      result: quantile(times, 0.99),
      unit: 'ms',
      note: `p50 ${quantile(times, 0.5).toFixed(1)} ms, the slowest ${Math.max(...times).toFixed(0)} ms`,
    },
  ]
}

async function forms(company: SimulatedCompany, port: number, many: number): Promise<readonly Row[]> {
  const { slack } = company
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
  const people = company.workspace.users.filter(({ deleted, id }) => !deleted && id.startsWith('U') && !id.startsWith('U0')).slice(0, many)
  const asked = await Promise.all(
    people.map(async ({ id }) => {
      const before = slack.directMessages(id).length
      await slack.type(id, slack.workspace.directMessageWith(id).id, '/gong-digest new')
      // Who has no answer by then is counted below: a measurement that breaks off says nothing of the others.
      await slack.until(() => slack.directMessages(id).length > before, longestWaitMs).catch(() => undefined)
      return { id, message: slack.directMessages(id)[before] }
    }),
  )
  const openedBefore = slack.requestLog.count('views.open')
  const startedAt = systemClock.now()
  await Promise.all(asked.map(({ id, message }) => message && slack.press(id, message, 'New digest')))
  const answered = asked.filter(({ message }) => message !== undefined)
  await slack.until(() => answered.every(({ id }) => slack.modal(id) !== undefined), longestWaitMs).catch(() => undefined)
  const opened = people.filter(({ id }) => slack.modal(id) !== undefined).length
  const calls = slack.requestLog.all().filter(({ name, at }) => name === 'views.open' && at >= startedAt)
  const after = calls.map(({ at }) => at.getTime() - startedAt.getTime())
  return [
    {
      name: `${people.length} people ask at once: not answered`,
      target: 0,
      result: people.length - answered.length,
      unit: '×',
    },
    {
      name: `${people.length} forms opened at once: not opened`,
      target: 0,
      result: people.length - opened,
      unit: '×',
      note: `${slack.requestLog.count('views.open') - openedBefore} calls of views.open`,
    },
    {
      name: 'the last of them after',
      target: triggerLivesMs,
      targetNote: "a trigger's life",
      result: Math.max(...after),
      unit: 'ms',
      note: `half of them within ${quantile(after, 0.5).toFixed(0)} ms, the simulated Slack on the same cores`,
    },
  ]
}
