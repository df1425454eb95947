// What the gauges ask when somebody looks at them: the budget of the day, the age of what was read, and the deliveries that wait.
import type { Clock } from '../clock.ts'
import type { Gauges } from './metrics.ts'

export function gaugesFrom(parts: {
  readonly budget: { today(): Promise<{ readonly used: number; readonly perDay: number }> }
  /** Open deliveries whose time has come. */
  readonly deliveries: { waiting(now: Date): Promise<{ readonly count: number; readonly oldestDueAt?: Date }> }
  /** When figures were last read; missing when they never were. */
  readonly reading: () => Promise<{ readonly readAt?: Date }>
  /** When Gong's list of people and Slack's directory were last read. */
  readonly people: { readAt(): Promise<Date | undefined> }
  readonly directory: { readAt(): Promise<Date | undefined> }
  readonly clock: Clock
}): Gauges {
  const { budget, deliveries, reading, people, directory, clock } = parts
  const secondsSince = (at: Date): number => (clock.now().getTime() - at.getTime()) / 1000
  return {
    async requestsLeftToday() {
      const { used, perDay } = await budget.today()
      return perDay - used
    },
    async windowAgeSeconds() {
      const { readAt } = await reading()
      return readAt && secondsSince(readAt)
    },
    async peopleAgeSeconds() {
      const readAt = await people.readAt()
      return readAt && secondsSince(readAt)
    },
    async directoryAgeSeconds() {
      const readAt = await directory.readAt()
      return readAt && secondsSince(readAt)
    },
    openDeliveries: async () => (await deliveries.waiting(clock.now())).count,
    async oldestDeliverySeconds() {
      const { oldestDueAt } = await deliveries.waiting(clock.now())
      return oldestDueAt ? secondsSince(oldestDueAt) : 0
    },
  }
}
