// The one tree every message is built from. Blocks and plain text are both made from it, so that they say the same. Strings in
// it are untrusted until a helper of text.ts has escaped them: `Line` can be made only there.
import type { PersonId } from '../domain/person.ts'
import type { Line } from './text/text.ts'

/** A message as a person reads it: short. What does not fit, or would tire, goes to `thread`. */
export interface Message {
  /** The whole message in one or two plain sentences with the key figures, period and n: notification and screen reader. */
  readonly summary: string
  readonly parts: readonly Part[]
  /** Of a reminder, or a digest that brings one: what its head is made of, so that the line can follow every answer. */
  readonly head?: ReminderHead
  /** Posted as a reply in the thread (channels) or shown under *Details* (private replies). */
  readonly thread?: readonly Part[]
}

/** `done` of `counted` people were coached within the goal's weeks when it was built. */
export interface ReminderHead {
  /** Missing in a digest, whose rows stand under figures: it calls nobody by name. */
  readonly coach?: string | undefined
  readonly done: number
  readonly counted: number
  readonly everyWeeks: number
  /** Said after the count: who is away, how many more are due. */
  readonly besides: string
  /** Who is said there to be away, which is a fact about them; missing in messages stored before this was kept. */
  readonly away?: readonly PersonId[]
}

export type Part = HeadingPart | TextPart | FactsPart | ChartPart | TablePart | ButtonsPart | NotePart | DividerPart | ImagelessCard

export interface HeadingPart {
  readonly type: 'heading'
  /** Plain text; cut to Slack's 150 characters with an ellipsis. */
  readonly text: string
  /** What stands after it in plain weight. */
  readonly beside?: string
}

export interface TextPart {
  readonly type: 'text'
  readonly line: Line
  /** One control at the right of the line. */
  readonly control?: Control
  /** The line that follows every answer to the rows of a reminder. */
  readonly isHead?: true
}

/** Short figures side by side. */
export interface FactsPart {
  readonly type: 'facts'
  readonly facts: readonly Line[]
}

export interface ChartPart {
  readonly type: 'chart'
  readonly kind: 'line' | 'bar'
  readonly title: string
  /** Category names, 20 characters at most. */
  readonly categories: readonly string[]
  /** One value per category, in the display unit; series with a gap must drop that category first (`withoutGaps`). */
  readonly series: readonly {
    readonly name: string
    readonly values: readonly number[]
    /** A line to read the others by; its description says it in words. */
    readonly isGuide?: true
  }[]
  readonly unit: string
  /** What the picture shows in words, weeks left out included: the first line of its plain form. */
  readonly description: string
}

export type Cell =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly value: number; readonly shown: string }
  | { readonly type: 'empty'; readonly why: string }
  /** An http(s) address; in plain words its label alone. */
  | { readonly type: 'link'; readonly text: string; readonly url: string }

export interface TablePart {
  readonly type: 'table'
  readonly caption: string
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface ButtonsPart {
  readonly type: 'buttons'
  readonly controls: readonly Control[]
}

/** Small print. */
export interface NotePart {
  readonly type: 'note'
  readonly line: Line
  /** The title it is folded under where Slack can fold; elsewhere the title stands above it in bold. Plain text. */
  readonly foldedUnder?: string
}

export interface DividerPart {
  readonly type: 'divider'
}

/** A person or thing with controls of its own, in a list. */
export interface ImagelessCard {
  readonly type: 'item'
  readonly line: Line
  readonly controls: readonly Control[]
}

/** `actionId` routes the press; `value` is never trusted: what it names is checked against the presser again. */
export type Control =
  | {
      readonly type: 'button'
      readonly label: string
      readonly actionId: string
      readonly value?: string | undefined
      readonly style?: 'primary' | 'danger' | undefined
      readonly url?: string
      readonly confirm?: Confirm
    }
  | {
      readonly type: 'select'
      readonly placeholder: string
      readonly actionId: string
      readonly options: readonly { readonly label: string; readonly value: string }[]
      readonly initial?: string | undefined
    }
  | {
      readonly type: 'overflow'
      readonly actionId: string
      readonly options: readonly { readonly label: string; readonly value: string; readonly url?: string }[]
    }

export interface Confirm {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
}
