// How long any input holds the event loop: the largest legal values and the worst illegal ones of forms, commands and Gong's answers,
// each measured alone with the delay a waiting timer sees.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { zoneChoices } from '../../src/bot/editor/editor.ts'
import { skipDatesIn } from '../../src/bot/editor/editor-state.ts'
import { parseAsk } from '../../src/bot/words/parse-ask.ts'
import { nextRunFrom, runsBetween } from '../../src/domain/recurrence.ts'
import { upcomingRuns } from '../../src/domain/upcoming.ts'
import { parseYielding } from '../../src/gong/wire/parse-yielding.ts'
import { jsonExcess } from '../../src/json-bounds.ts'
import type { Measurement } from './measure.ts'
import type { Row } from './table.ts'

const today = '2026-11-23'
const now = new Date('2026-11-23T12:00:00Z')
const rule = { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' } as const
const company = { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 } as const
const grammar = { command: '/gong-scorecards', today, weekStart: 1, keywords: ['details'], takesName: true } as const

const ask = (text: string) => (): void => {
  try {
    parseAsk(text, grammar)
  } catch {
    // A refusal in words costs what it costs.
  }
}

const record = { userId: '1234567890123456789', name: 'x'.repeat(80), calls: [1, 2, 3], text: 'y'.repeat(200) }
const page = Buffer.from(JSON.stringify({ records: { totalRecords: 40_000 }, users: Array.from({ length: 40_000 }, () => record) }))

const inputs: Readonly<Record<string, () => unknown>> = {
  'days to skip, 400 days': () => skipDatesIn('2028-11-27..2029-12-31', today),
  'days to skip, to the year 9999': () => skipDatesIn('1000-01-01..9999-12-30, 9999-12-31', today),
  'next five runs, 400 skipped': () => upcomingRuns(rule, skipDatesIn('2028-11-27..2029-12-31', today) as string[], now, 5, company),
  'pause until the year 9999': () => nextRunFrom(rule, now, '9999-12-25', new Set()),
  'missed runs of a century': () => runsBetween(rule, new Date('1926-01-01T00:00:00Z'), now),
  'command, 40 unknown words': ask('qzx '.repeat(40)),
  'command, 2,000 characters': ask('x'.repeat(2000)),
  'command, quotes and dashes': ask('"1-"'.repeat(499)),
  'zone search': () => zoneChoices('e r o'),
  'payload, 1 MB of brackets': () => jsonExcess('['.repeat(1_000_000)),
  "Gong's answer, 13 MB": () => parseYielding(page),
}

export const loopDelay: Measurement = {
  name: 'event loop delay',
  async run() {
    const rows: Row[] = []
    for (const [name, input] of Object.entries(inputs)) {
      await input()
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      await wait(20)
      delay.reset()
      await input()
      await wait(5)
      delay.disable()
      rows.push({ name: `event loop held by ${name}`, target: 50, result: delay.max / 1e6, unit: 'ms' })
    }
    return rows
  },
}
