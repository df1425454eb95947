// A posted reminder, or a digest that brings one, as it is to read now: each row by what became of its item, the rest as it was. Pure; starts
// from the message as posted, so that drawing it twice, or after another device did, gives the same.

import type { ReminderItem } from '../../domain/coaching.ts'
import type { Control, ImagelessCard, Message, Part, ReminderHead } from '../../render/message.ts'
import { type Line, line } from '../../render/text/text.ts'
import { reminderActions } from '../reminder-facts.ts'
import { itemIdIn, rowMark, standingControls, undoControl } from './reminder-rows.ts'
import { type Answered, headLine, outcomeLine } from './reminder-words.ts'

export interface Redraw {
  readonly items: readonly ReminderItem[]
  readonly deliveryId: string
  /** Reminders are still sent. */
  readonly on: boolean
  readonly locale: string
  /** Hostile text. */
  readonly nameOf: (reportId: string) => string
}

export function redrawn(posted: Message, given: Redraw): Message {
  const byId = new Map(given.items.map((item) => [item.id, item]))
  const outcomes = given.items.flatMap((item) => outcomeLine(item, given.nameOf(item.reportId), given.locale)?.plain ?? [])
  const rows = posted.parts.flatMap((part) => (part.type === 'item' ? (byId.get(itemIdIn(part) ?? '') ?? []) : []))
  const head = outcomes.length > 0 && posted.head ? headNow(posted.head, rows, given.locale) : undefined
  // Of a digest the summary is about its figures.
  const isDigest = posted.head !== undefined && posted.head.coach === undefined
  const marked = posted.parts.findIndex((part) => part.type === 'text' && part.isHead)
  const headAt = marked >= 0 ? marked : posted.parts.findIndex(({ type }) => type === 'text')
  return {
    ...posted,
    summary: isDigest ? posted.summary : [...(head ? [head.plain] : []), ...outcomes, ...(head ? [] : [posted.summary])].join(' '),
    parts: posted.parts.flatMap((part, at): readonly Part[] => {
      if (head && at === headAt) return [{ type: 'text', line: head, isHead: true }]
      if (part.type === 'item') return [row(part, byId.get(itemIdIn(part) ?? ''), given)]
      if (part.type !== 'buttons' || given.on || !part.controls.some(isStanding)) return [part]
      return [
        { type: 'text', line: line('Reminders are off. What is above can still be answered.') },
        { type: 'buttons', controls: standingControls(false, given.deliveryId) },
      ]
    }),
  }
}

/** The first line follows every answer and every card. */
function headNow(head: ReminderHead, rows: readonly ReminderItem[], locale: string): Line {
  const count = (...statuses: readonly ReminderItem['status'][]): number => rows.filter(({ status }) => statuses.includes(status)).length
  const answered: Answered = {
    left: count('open'),
    done: count('done-said', 'closed-by-evidence'),
    snoozed: count('snoozed', 'named-again'),
    notMine: count('not-mine'),
  }
  return headLine(head, answered, locale)
}

function row(part: ImagelessCard, item: ReminderItem | undefined, given: Redraw): Part {
  const outcome = item && outcomeLine(item, given.nameOf(item.reportId), given.locale)
  if (!item || !outcome) return part
  const mayUndo = item.status === 'done-said' || item.status === 'snoozed' || item.status === 'not-mine'
  const bullet = part.line.plain.startsWith(rowMark) ? rowMark : ''
  return { type: 'item', line: line(bullet, outcome), controls: mayUndo ? [undoControl(item.id)] : [] }
}

const isStanding = (control: Control): boolean => control.type === 'button' && control.actionId.startsWith(`${reminderActions.answer}:o`)
