// What the page shows and may ask for: the simulated workspace, the people one can be, the clock, the backstage logs and faults. The
// demo fills it; the page knows neither the app nor how the simulators work inside.
import type { ControlRef } from '../slack/control-acts.ts'
import type { SimulatedSlack } from '../slack/simulated-slack.ts'
import type { Filled } from '../slack/view-state.ts'
import type { Json, SimulatedMessage } from '../slack/workspace.ts'

/** Somebody one can act as. */
export interface Persona {
  readonly userId: string
  /** `Manager`, `Rep`, `Guest` … */
  readonly role: string
}

export interface Jump {
  readonly id: string
  readonly label: string
  readonly to: Date
}

/** One line of a backstage log. */
export interface LogLine {
  readonly at: Date
  /** Who called whom: `app → Slack`, `Slack → app`, `app → Gong`. */
  readonly direction: string
  readonly name: string
  readonly detail: string
  readonly status: number
  readonly error?: string
  /** Missing where it was not measured. */
  readonly durationMs?: number
}

export interface FaultSwitch {
  readonly id: string
  readonly label: string
  readonly about: string
  readonly group: 'Gong' | 'Slack'
  readonly on: boolean
}

export interface Movement {
  readonly to: Date
  readonly at: Date
}

/** What the app posted while the clock went by. */
export interface Meanwhile {
  readonly from: Date
  readonly to: Date
  /** Oldest first; replies in threads left out. */
  readonly sent: readonly SimulatedMessage[]
}

/** One question to Slackbot with its answer as it stands now: presses replace it. */
export interface SlackbotEntry {
  readonly ts: string
  readonly question: string
  /** Missing when it was none of the questions. */
  readonly tool?: string
  /** What a language model would be given. */
  readonly text: string
  readonly blocks: readonly Json[]
  /** Why Slackbot dropped the blocks; empty when it did not. */
  readonly problems: readonly string[]
}

export interface SlackbotConversation {
  /** What one can ask. */
  readonly questions: readonly string[]
  entries(userId: string): readonly SlackbotEntry[]
  ask(userId: string, words: string): Promise<void>
  /** `value`: the chosen option of a list. */
  press(userId: string, ts: string, control: ControlRef, value: Filled | undefined): Promise<void>
}

export interface Stage {
  readonly slack: SimulatedSlack
  readonly slackbot: SlackbotConversation
  readonly personas: readonly Persona[]
  /** Where the page opens. */
  readonly start: { readonly userId: string; readonly channelId: string }
  now(): Date
  /** The company's zone. */
  readonly zone: string
  jumps(): readonly Jump[]
  /** Moves the clock forward, stopping at everything due in between. @throws Error when it is in the past or a move is under way */
  moveTo(instant: Date): Promise<void>
  moving(): Movement | undefined
  /** How far the app is with reading Gong, in its words; undefined when it reads nothing. */
  readingNow(): string | undefined
  /** Of the last move; undefined before the first. */
  meanwhile(): Meanwhile | undefined
  /** Gong's and Slack's requests, newest last. */
  log(): readonly LogLine[]
  faults(): readonly FaultSwitch[]
  setFault(id: string, on: boolean): void
  onChange(listener: () => void): () => void
}

/** Who looks at what. */
export interface Seat {
  readonly userId: string
  /** A conversation id, `home`, or `slackbot`. */
  readonly channelId: string
  readonly threadTs?: string
}
