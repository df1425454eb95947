// A quarter of managers with reminders, in a process that is killed again and again on the way: nobody gets more than one unasked reminder
// a week or two within five days, and none is lost. What must arrive is worked out in coached-company.ts. On Postgres alone: what is
// counted are weeks, and kill.test.ts beside it kills every step on both databases. By default nine weeks, in which the clocks of all three
// zones change; whole, 200 managers and 20 kills, in test:full.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { localDateOf, weekOf } from '../../src/domain/period.ts'
import { type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { sizeOf } from '../kit/cases.ts'
import {
  coachedCompany,
  dateAfter,
  expectedOn,
  firstMonday,
  managerIdOf,
  weeks as wholeWeeks,
  zoneOfManager,
} from '../kit/coached-company.ts'
import { emptyDatabase } from '../kit/database.ts'
import { ended } from './killing.ts'
import type { ReminderChildOptions } from './reminder-child.ts'

const managers = sizeOf({ usual: 16, whole: 200 })
const weeks = sizeOf({ usual: 9, whole: wholeWeeks })
const kills = sizeOf({ usual: 4, whole: 20 })

let slack: SimulatedSlack
const folder = mkdtempSync(path.join(tmpdir(), 'reminders-'))
const clockFile = path.join(folder, 'clock')
const start = `${dateAfter(firstMonday, -2)}T12:00:00.000Z`

beforeAll(async () => {
  writeFileSync(clockFile, start)
  slack = await startSimulatedSlack({
    // Message times are the simulated ones of whichever process is alive.
    clock: { now: () => new Date(readFileSync(clockFile, 'utf8') || start) },
    realClock: systemClock,
    manifest: readFileSync(path.join(import.meta.dirname, '../../manifest.yml'), 'utf8'),
    users: coachedCompany(managers).members.map(({ slackUserId, name, email, zone }) => ({
      id: slackUserId,
      name: slackUserId.toLowerCase(),
      realName: name,
      email: email ?? '',
      zone: zone ?? 'UTC',
    })),
    channels: [],
    rateLimits: false,
    checkTimes: false,
  })
})
afterAll(async () => {
  await slack?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (options: ReminderChildOptions) =>
  ended(
    fork(path.join(import.meta.dirname, 'reminder-child.ts'), [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  )

it(`${managers} managers, ${weeks} weeks, ${kills} kills: one reminder a week at most, and every one that is due`, async () => {
  const options: ReminderChildOptions = {
    databaseUrl: await emptyDatabase(),
    slack: { apiUrl: slack.apiUrl, botToken: slack.botToken },
    managers,
    clockFile,
    until: `${dateAfter(firstMonday, 7 * weeks - 1)}T20:00:00.000Z`,
  }
  for (let kill = 0; kill < kills; kill += 1) {
    // About 8 steps a delivery and four a manager and week: the kills fall over all the weeks, at every kind of step.
    const stepsEach = Math.round((managers * weeks * 3) / kills)
    const how = await run({ ...options, fill: kill === 0, killAfter: stepsEach + ((kill * 137) % Math.round(stepsEach / 2)) })
    expect(how).toBe('SIGKILL')
  }
  expect(await run(options)).toBe(0)

  const wrong: string[] = []
  let expected = 0
  for (let index = 0; index < managers; index += 1) {
    const zone = zoneOfManager(index)
    const dates = slack
      .directMessages(`U${managerIdOf(index)}`)
      .filter(({ metadata }) => metadata)
      .map(({ ts }) => localDateOf(new Date(Number(ts) * 1000), zone))
    for (let week = 0; week < weeks; week += 1) {
      const monday = dateAfter(firstMonday, 7 * week)
      const due = expectedOn(index, monday)
      const came = dates.filter((date) => weekOf(date).from === monday)
      if (due) expected += 1
      if (came.join() !== (due ?? ''))
        wrong.push(`manager ${index}, week of ${monday}: due ${due ?? 'never'}, came ${came.join() || 'never'}`)
    }
    const tooSoon = dates.filter((date, nth) => nth > 0 && date < dateAfter(dates[nth - 1] ?? '', 5))
    wrong.push(...tooSoon.map((date) => `manager ${index}: ${date} came within five days of the one before`))
  }
  expect(wrong).toEqual([])
  expect(expected).toBeGreaterThan(managers * weeks * 0.3)
})
