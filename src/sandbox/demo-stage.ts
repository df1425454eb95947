// Joins the running app, the simulators and the clock into what the page shows and moves. A move stops at every due instant: set the
// clock, let the app do what is due, go on.

import type { MovableClock } from '../clock.ts'
import { addDays, localDateOf, startOfLocalDate, weekdayOf } from '../domain/period.ts'
import type { FaultSwitch, Jump, LogLine, Meanwhile, Movement, Persona, SlackbotConversation, Stage } from './page/stage.ts'
import type { SimulatedSlack } from './slack/simulated-slack.ts'
import type { SimulatedMessage } from './slack/workspace.ts'

/** What of the app a moved clock needs. */
export interface MovedApp {
  tick(): Promise<void>
  idle(): Promise<void>
  nextDueAfter(now: Date): Promise<Date | undefined>
}

export interface StagedApp extends MovedApp {
  /** What is being read of Gong, in words. */
  readingNow(): string | undefined
}

/** The backstage side of a simulator. */
export interface Backstage {
  log(): readonly LogLine[]
  faults(): readonly FaultSwitch[]
  /** False when it knows no such switch. */
  setFault(id: string, on: boolean): boolean
  onChange(listener: () => void): () => void
}

/** More stops than a year of hourly work has; beyond it something is wrong with what is due. */
const mostStops = 20_000
const hourMs = 3_600_000

/** What is put off for a moment (figures still being read, a second look) belongs to the move that caused it. */
const afterwardsMs = 10 * 60_000

/** Upkeep (people, directory, programmes) runs by the hour; a moved clock gives it at least one turn a day. */
const longestStepMs = 24 * hourMs

/** Moves the clock to `to`, stopping at everything due and at least once a day, and on for minutes while something begun there is put off. */
export async function moveClock(clock: MovableClock, app: MovedApp, to: Date, onStop: (at: Date) => void = () => undefined): Promise<void> {
  for (let stops = 0; ; stops += 1) {
    if (stops > mostStops) throw new Error('too many things are due before that')
    const due = await app.nextDueAfter(clock.now())
    const isDue = due !== undefined && due > clock.now()
    const arrived = clock.now() >= to
    if (arrived && !(isDue && due.getTime() <= to.getTime() + afterwardsMs)) return
    const latest = new Date(Math.min(to.getTime(), clock.now().getTime() + longestStepMs))
    const next = isDue && (arrived || due < latest) ? due : latest
    clock.moveTo(next)
    onStop(next)
    await app.tick()
    await app.idle()
  }
}

/** The next local date of that weekday (1 = Monday), at a wall time. Never now. */
export function nextWeekday(now: Date, zone: string, weekday: number, hour: number): Date {
  const today = localDateOf(now, zone)
  for (let days = 0; ; days += 1) {
    const date = addDays(today, days)
    const at = new Date(startOfLocalDate(date, zone).getTime() + hour * hourMs)
    if (weekdayOf(date) === weekday && at > now) return at
  }
}

/** What the app posted since, in every conversation, replies in threads left out. */
function postsSince(from: Date, slack: SimulatedSlack): SimulatedMessage[] {
  return [...slack.workspace.messages.values()]
    .flat()
    .filter(({ ts, userId, threadTs, ephemeralTo }) => {
      return userId === slack.botUserId && threadTs === undefined && ephemeralTo === undefined && Number(ts) * 1000 > from.getTime()
    })
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
}

export function createStage(parts: {
  readonly slack: SimulatedSlack
  readonly slackbot: SlackbotConversation
  readonly clock: MovableClock
  readonly app: StagedApp
  readonly personas: readonly Persona[]
  readonly start: Stage['start']
  readonly zone: string
  readonly backstage: readonly Backstage[]
}): Stage {
  const { slack, clock, app, zone, backstage } = parts
  const listeners = new Set<() => void>()
  let movement: Movement | undefined
  let meanwhile: Meanwhile | undefined
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  return {
    slack,
    slackbot: parts.slackbot,
    personas: parts.personas,
    start: parts.start,
    zone,
    now: () => clock.now(),
    jumps(): readonly Jump[] {
      const now = clock.now()
      return [
        { id: 'monday', label: 'Monday 09:00', to: nextWeekday(now, zone, 1, 9) },
        { id: 'day', label: '+1 day', to: new Date(now.getTime() + 24 * hourMs) },
        { id: 'week', label: '+1 week', to: new Date(now.getTime() + 7 * 24 * hourMs) },
      ]
    },
    async moveTo(instant) {
      if (movement) throw new Error('The clock is moving already.')
      if (instant <= clock.now()) throw new Error('The clock moves forward only.')
      const from = clock.now()
      movement = { to: instant, at: from }
      changed()
      try {
        await moveClock(clock, app, instant, (at) => {
          movement = { to: instant, at }
          changed()
        })
      } finally {
        movement = undefined
        meanwhile = { from, to: clock.now(), sent: postsSince(from, slack) }
        changed()
      }
    },
    moving: () => movement,
    readingNow: () => app.readingNow(),
    meanwhile: () => meanwhile,
    log: () => backstage.flatMap((side) => side.log()).toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    faults: () => backstage.flatMap((side) => side.faults()),
    setFault(id, on) {
      if (!backstage.some((side) => side.setFault(id, on))) throw new Error('There is no such switch.')
      changed()
    },
    onChange(listener) {
      const stops = [slack.workspace.onChange(listener), ...backstage.map((side) => side.onChange(listener))]
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        for (const stop of stops) stop()
      }
    },
  }
}
