// One part of the tree as Slack's blocks, native or plain. Empty lines make no block, because Slack refuses them.
import type { ActionsBlock, SectionBlock } from '@slack/types'
import { limits } from '../limits.ts'
import type { Control, Part } from '../message.ts'
import { splitLine } from '../text/split-line.ts'
import type { Line } from '../text/text.ts'
import { unbroken } from '../text/unbroken.ts'
import { chartBlock, chartLines } from './chart.ts'
import { controlElement, plainText } from './controls.ts'
import { noteBlocks, openNote } from './note.ts'
import type { SlackBlock } from './slack-blocks.ts'
import { tableBlock, tableLines } from './table.ts'

/** Marks survive, but Slack adds no links or mentions of its own to what looks like one. */
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text: unbroken(text), verbatim: true })

const isEmpty = (line: Line): boolean => line.mrkdwn.trim() === ''

const section = (line: Line): SectionBlock[] =>
  isEmpty(line) ? [] : splitLine(line, limits.text).map((piece) => ({ type: 'section', text: mrkdwn(piece.mrkdwn) }))

/** Lines packed into as few text blocks as hold them. */
function packed(lines: readonly Line[]): SectionBlock[] {
  const texts: string[] = []
  let current = ''
  for (const piece of lines.filter((line) => !isEmpty(line)).flatMap((line) => splitLine(line, limits.text))) {
    const longer = current === '' ? piece.mrkdwn : `${current}\n${piece.mrkdwn}`
    if (longer.length > limits.text) {
      texts.push(current)
      current = piece.mrkdwn
    } else current = longer
  }
  if (current !== '') texts.push(current)
  return texts.map((text) => ({ type: 'section', text: mrkdwn(text) }))
}

/** Figures as a grid of two columns; one alone is a line. */
function grid(facts: readonly Line[]): SectionBlock[] {
  const filled = facts.filter((fact) => !isEmpty(fact))
  const [only] = filled
  if (only && filled.length === 1) return section(only)
  const blocks: SectionBlock[] = []
  for (let from = 0; from < filled.length; from += limits.sectionFields) {
    const fields = filled.slice(from, from + limits.sectionFields)
    blocks.push({ type: 'section', fields: fields.map((fact) => mrkdwn(splitLine(fact, limits.sectionField)[0]?.mrkdwn ?? '–')) })
  }
  return blocks
}

function actions(controls: readonly Control[], idOnce: (id: string) => string): ActionsBlock[] {
  const elements = controls.flatMap((control) => controlElement(control, idOnce) ?? [])
  const rows: ActionsBlock[] = []
  for (let from = 0; from < elements.length; from += limits.actions) {
    rows.push({ type: 'actions', elements: elements.slice(from, from + limits.actions) })
  }
  return rows
}

/** A line with controls: one beside it, more below it. */
function withControls(line: Line, controls: readonly Control[], idOnce: (id: string) => string): SlackBlock[] {
  const blocks = section(line)
  const [only] = controls
  const first = blocks[0]
  if (controls.length !== 1 || !only || !first) return [...blocks, ...actions(controls, idOnce)]
  const accessory = controlElement(only, idOnce)
  return accessory ? [{ ...first, accessory }, ...blocks.slice(1)] : blocks
}

/** `plain`: charts and tables in words, nothing folded. */
export function partBlocks(part: Part, plain: boolean, idOnce: (id: string) => string): SlackBlock[] {
  switch (part.type) {
    case 'heading':
      return part.text.trim() === '' ? [] : [{ type: 'header', text: plainText(part.text, limits.header) }]
    case 'text':
      return withControls(part.line, part.control ? [part.control] : [], idOnce)
    case 'facts':
      return grid(part.facts)
    case 'chart': {
      const block = plain ? undefined : chartBlock(part)
      return block ? [block] : packed(chartLines(part))
    }
    case 'table': {
      const block = plain ? undefined : tableBlock(part)
      return block ? [block] : packed([...tableLines(part)])
    }
    case 'buttons':
      return actions(part.controls, idOnce)
    case 'note':
      return [...noteBlocks(part, plain)]
    case 'divider':
      return [{ type: 'divider' }]
    case 'item':
      return withControls(part.line, part.controls, idOnce)
  }
}

/** The part in plain words, one line each. */
export function partLines(part: Part): Iterable<Line> {
  switch (part.type) {
    case 'text':
    case 'item':
      return [part.line]
    case 'note':
      return [openNote(part)]
    case 'facts':
      return part.facts.filter((fact) => !isEmpty(fact))
    case 'chart':
      return chartLines(part)
    case 'table':
      return tableLines(part)
    case 'heading':
    case 'buttons':
    case 'divider':
      return []
  }
}
