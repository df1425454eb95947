// One message of each kind of block the product posts, in words that say what it is. No figures of anybody.
import { inSlack } from '../../render/blocks/blocks.ts'
import type { Control, Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import type { Payload } from '../../slack-ports.ts'

export interface TestMessage {
  /** As the report names it: `data_visualization (line)`. */
  readonly kind: string
  /** `nth`: 1 as it is posted first, 2 as it is changed. */
  payload(nth: 1 | 2): Payload
}

const summary = (nth: 1 | 2): string =>
  nth === 1
    ? 'A test of gong-digest: it is deleted within seconds.'
    : 'A test of gong-digest, changed in place: it is deleted within seconds.'

const button: Control = { type: 'button', label: 'A button', actionId: 'prove', value: 'test' }
const select: Control = {
  type: 'select',
  placeholder: 'A list',
  actionId: 'prove_list',
  options: [{ label: 'An entry', value: 'test' }],
}
const overflow: Control = { type: 'overflow', actionId: 'prove_more', options: [{ label: 'An entry', value: 'test' }] }

const chart = (kind: 'line' | 'bar', nth: 1 | 2): Part => ({
  type: 'chart',
  kind,
  title: 'A chart of made-up figures',
  categories: ['first', 'second', 'third'],
  series: [{ name: 'Made up', values: [1, 3, 1 + nth] }],
  unit: '',
  description: 'Made-up figures that rise.',
})

const table = (nth: 1 | 2): Part => ({
  type: 'table',
  caption: 'A table of made-up figures',
  columns: [
    { title: 'What', align: 'left' },
    { title: 'How many', align: 'right' },
  ],
  rows: [
    [
      { type: 'text', text: 'Made up' },
      { type: 'number', value: nth, shown: String(nth) },
    ],
    [
      { type: 'link', text: 'A link', url: 'https://example.com/' },
      { type: 'empty', why: 'not known' },
    ],
  ],
})

const kinds: readonly (readonly [kind: string, part: (nth: 1 | 2) => Part])[] = [
  ['header', (nth) => ({ type: 'heading', text: summary(nth) })],
  ['section', (nth) => ({ type: 'text', line: line(bold('A test. '), summary(nth)) })],
  ['section with fields', (nth) => ({ type: 'facts', facts: [line('One ', bold(1)), line('Other ', bold(nth))] })],
  ['section with a button', (nth) => ({ type: 'text', line: line(summary(nth)), control: button })],
  ['section with a menu', (nth) => ({ type: 'text', line: line(summary(nth)), control: overflow })],
  ['actions', () => ({ type: 'buttons', controls: [button, select] })],
  ['context', (nth) => ({ type: 'note', line: line(summary(nth)) })],
  ['container', (nth) => ({ type: 'note', line: line(summary(nth)), foldedUnder: 'A fold' })],
  ['divider', () => ({ type: 'divider' })],
  ['data_visualization (line)', (nth) => chart('line', nth)],
  ['data_visualization (bar)', (nth) => chart('bar', nth)],
  ['data_table', table],
]

/** In the order they are posted; text without blocks first. */
export const testMessages: readonly TestMessage[] = [
  { kind: 'text', payload: (nth) => ({ text: summary(nth), blocks: [] }) },
  ...kinds.map(
    ([kind, part]): TestMessage => ({
      kind,
      payload: (nth) => inSlack({ summary: summary(nth), parts: [part(nth)] }).message,
    }),
  ),
]
