// The facts about the company that every plan uses: its zone, the start of its week and when figures settle.
import type { Weekday } from './period.ts'

export interface Company {
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly weekStart: Weekday
  /** How long after a period's end Gong's figures count as settled. */
  readonly settleMinutes: number
}
