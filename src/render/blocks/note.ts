// Small print: a line of context, or, where it has a title to be folded under and Slack can fold, a container that is closed at first.
import type { ContainerBlock, ContextBlock } from '@slack/types'
import { limits } from '../limits.ts'
import type { NotePart } from '../message.ts'
import { splitLine } from '../text/split-line.ts'
import { bold, clip, joined, type Line } from '../text/text.ts'
import { unbroken } from '../text/unbroken.ts'
import { plainText } from './controls.ts'

/** The whole note in words, its title above it. */
export const openNote = ({ line, foldedUnder }: NotePart): Line =>
  foldedUnder === undefined ? line : joined([bold(clip(foldedUnder, limits.containerTitle)), line], '\n')

/** `isOpen`: Slack does not fold here. No block for a note without words. */
export function noteBlocks(note: NotePart, isOpen: boolean): readonly (ContextBlock | ContainerBlock)[] {
  if (note.line.mrkdwn.trim() === '') return []
  if (note.foldedUnder === undefined || isOpen) return contexts(openNote(note))
  const children = contexts(note.line)
  if (children.length > limits.containerChildren) return contexts(openNote(note))
  return [
    {
      type: 'container',
      title: plainText(note.foldedUnder, limits.containerTitle),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: children,
    },
  ]
}

const contexts = (line: Line): ContextBlock[] =>
  splitLine(line, limits.text).map(({ mrkdwn }) => ({
    type: 'context',
    elements: [{ type: 'mrkdwn', text: unbroken(mrkdwn), verbatim: true }],
  }))
