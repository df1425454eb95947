// Notices of one kind that wait for one person become one message: sixty archived channels are one list, not sixty direct messages.
import { cutList } from '../../domain/cut-list.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Control, Message, Part } from '../../render/message.ts'
import { bold, joined, line } from '../../render/text/text.ts'
import { bodyOf, type DeliveryBody, type NoticeItem, readBody, writeBody } from '../../reports/delivery-body.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import type { OwnerNotice } from './outcomes.ts'

/** Kinds of notice that one cause brings about for many digests at once. */
const gathered: ReadonlySet<string> = new Set<OwnerNotice['type']>(['channel-gone', 'held', 'given-up'])

/** Notices of these kinds wait for so long for others like them. */
const gatherMs = 60_000

export const gatherDelayMs = (type: OwnerNotice['type']): number => (gathered.has(type) ? gatherMs : 0)

/** The kind under which a notice is gathered; undefined for one that stands alone. */
export function gatheredKindOf(occurrence: string): string | undefined {
  const kind = /^notice:([a-z-]+):/.exec(occurrence)?.[1]
  return kind !== undefined && gathered.has(kind) ? kind : undefined
}

/** One body from several; bodies without items (of an earlier version) keep their whole summary as the line. */
export function mergeBodies(bodies: readonly string[]): string {
  const merging = bodies.map(readBody)
  const items = merging.flatMap((body): readonly NoticeItem[] => body.items ?? [{ line: body.message.summary, controls: [] }])
  const mentions = merging.every((body) => body.mentions) ? [...new Set(merging.flatMap((body) => body.mentions ?? []))] : undefined
  const merged: DeliveryBody = { ...bodyOf({ message: listMessage(items), shows: [], mentions, figures: {} }), items }
  return writeBody(merged)
}

/** So many have buttons of their own. */
const withButtonsAtMost = 6
/** What one message holds. A notice has no thread: that of a digest is checked like the digest. */
const linesAtMost = 90
/** Notification and screen reader get fewer. */
const readOutAtMost = 20
const linesPerPart = 10
/** Ids in the value of one button. */
const idsAtMost = 40

function listMessage(items: readonly NoticeItem[]): Message {
  const head = `${items.length} digests were not sent as planned.`
  const next = 'Each is listed with its reason; nothing else is affected.'
  const lines = items.map(({ line: each }) => each)
  const summary = [head, ...cut(lines, readOutAtMost)].join(' ')
  const opening: Part = { type: 'text', line: line(bold(head), ' ', next) }
  if (items.length <= withButtonsAtMost) {
    const parts = items.map((item): Part => ({ type: 'item', line: line(item.line), controls: item.controls }))
    return { summary, parts: [opening, ...parts] }
  }
  const shown = cut(lines, linesAtMost).map((each) => line('• ', each))
  const parts = Array.from(
    { length: Math.ceil(shown.length / linesPerPart) },
    // One to a line: what stands in a single text is cleaned of line breaks.
    (_each, index): Part => ({ type: 'text', line: joined(shown.slice(index * linesPerPart, (index + 1) * linesPerPart), '\n') }),
  )
  return { summary, parts: [opening, ...parts, { type: 'buttons', controls: controlsForAll(items) }] }
}

function cut(lines: readonly string[], most: number): readonly string[] {
  const { shown, more } = cutList(lines, most)
  return more > 0 ? [...shown, `And ${more} more.`] : shown
}

/** Their own digests people change from the list; digests of others are taken over first, all at once. */
function controlsForAll(items: readonly NoticeItem[]): readonly Control[] {
  const ids = items.flatMap(({ controls }) =>
    controls.flatMap((control) =>
      control.type === 'button' && control.actionId === digestActions.takeOver && control.value !== undefined ? [control.value] : [],
    ),
  )
  const takeOver = Array.from(
    { length: Math.ceil(ids.length / idsAtMost) },
    (_each, index): Control => ({
      type: 'button',
      label:
        ids.length <= idsAtMost
          ? 'Take all over'
          : `Take over ${index * idsAtMost + 1} to ${Math.min(ids.length, (index + 1) * idsAtMost)}`,
      actionId: digestActions.takeOver,
      value: ids.slice(index * idsAtMost, (index + 1) * idsAtMost).join(' '),
    }),
  )
  return [...takeOver, askButton('My digests', '/gong-digest list', 'list')]
}
