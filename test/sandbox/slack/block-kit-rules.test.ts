// The validator refuses what Slack refuses: one case per limit and surface rule, each one past the limit, with its pointer; and takes
// what stands exactly on it.
import { describe, expect, it } from 'vitest'
import { liveInMessage, liveTokens } from '../../../src/sandbox/slack/block-kit-live.ts'
import { type BlockSurface, problemText, validateBlocks, validateView } from '../../../src/sandbox/slack/block-kit-rules.ts'

const x = (length: number): string => 'x'.repeat(length)
const plain = (text: string) => ({ type: 'plain_text', text })
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
const option = (index: number | string, value = `v${index}`) => ({ text: plain(`o${index}`), value })
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))
const button = (index: number, more = {}) => ({ type: 'button', text: plain('b'), action_id: `a${index}`, ...more })
const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
const input = (element: unknown, more = {}) => ({ type: 'input', label: plain('l'), element, ...more })
const raw = (text: string) => ({ type: 'raw_text', text })
const dataTable = (rows: unknown[][], more = {}) => ({ type: 'data_table', caption: 'c', rows, ...more })
const chart = (more = {}, inner = {}) => ({
  type: 'data_visualization',
  title: 't',
  chart: {
    type: 'line',
    series: [{ name: 's', data: [{ label: 'a', value: 1 }] }],
    axis_config: { categories: ['a'] },
    ...inner,
  },
  ...more,
})

const pointers = (block: unknown, surface: BlockSurface = 'message'): string[] =>
  validateBlocks(Array.isArray(block) ? block : [block], surface).map(({ pointer }) => pointer)

const refused: readonly [string, unknown, string, BlockSurface?][] = [
  ['a 51st block of a message', many(51, () => ({ type: 'divider' })), '/blocks'],
  ['a 101st block of a modal', many(101, () => ({ type: 'divider' })), '/blocks', 'modal'],
  ['an unknown block', { type: 'marquee' }, '/blocks/0/type'],
  ['an unknown field', { ...section('a'), colour: 'red' }, '/blocks/0/colour'],
  ['an empty text', section(''), '/blocks/0/text/text'],
  ['a text of 3001', section(x(3001)), '/blocks/0/text/text'],
  ['half a surrogate pair', section('a\ud800'), '/blocks/0/text/text'],
  ['a section without text or fields', { type: 'section' }, '/blocks/0'],
  ['an 11th field', { type: 'section', fields: many(11, () => plain('f')) }, '/blocks/0/fields'],
  ['a field of 2001', { type: 'section', fields: [plain(x(2001))] }, '/blocks/0/fields/0/text'],
  ['a header of 151', { type: 'header', text: plain(x(151)) }, '/blocks/0/text/text'],
  ['a header in mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'a' } }, '/blocks/0/text/type'],
  ['an 11th context element', { type: 'context', elements: many(11, () => plain('c')) }, '/blocks/0/elements'],
  ['a 26th action', actions(...many(26, (index) => button(index))), '/blocks/0/elements'],
  ['no action at all', actions(), '/blocks/0/elements'],
  ['an action id twice', actions(button(1), button(1)), '/blocks/0/elements/1/action_id'],
  ['an action id of 256', actions(button(1, { action_id: x(256) })), '/blocks/0/elements/0/action_id'],
  ['a button text of 76', actions(button(1, { text: plain(x(76)) })), '/blocks/0/elements/0/text/text'],
  ['a button value of 2001', actions(button(1, { value: x(2001) })), '/blocks/0/elements/0/value'],
  ['a button address of 3001', actions(button(1, { url: `https://a.example/${x(2983)}` })), '/blocks/0/elements/0/url'],
  ['a script as address', actions(button(1, { url: 'javascript:1' })), '/blocks/0/elements/0/url'],
  [
    'a 101st option',
    actions({ type: 'static_select', action_id: 'a', options: many(101, (index) => option(index)) }),
    '/blocks/0/elements/0/options',
  ],
  ['no option', actions({ type: 'static_select', action_id: 'a', options: [] }), '/blocks/0/elements/0/options'],
  [
    'an option value of 76',
    actions({ type: 'static_select', action_id: 'a', options: [option(1, x(76))] }),
    '/blocks/0/elements/0/options/0/value',
  ],
  [
    'an option value twice',
    actions({ type: 'static_select', action_id: 'a', options: [option(1), option(2, 'v1')] }),
    '/blocks/0/elements/0/options/1/value',
  ],
  [
    'an initial option that is none',
    actions({ type: 'static_select', action_id: 'a', options: [option(1)], initial_option: option(2) }),
    '/blocks/0/elements/0/initial_option',
  ],
  [
    'a sixth menu entry',
    actions({ type: 'overflow', action_id: 'a', options: many(6, (index) => option(index)) }),
    '/blocks/0/elements/0/options',
  ],
  ['a button as input', input(button(1)), '/blocks/0/element/type', 'modal'],
  ['a text input outside of an input', actions({ type: 'plain_text_input', action_id: 'a' }), '/blocks/0/elements/0/type'],
  [
    'a block id twice',
    [
      { ...section('a'), block_id: 'b' },
      { ...section('b'), block_id: 'b' },
    ],
    '/blocks/1/block_id',
  ],
  [
    '12,001 characters of markdown',
    [
      { type: 'markdown', text: x(7000) },
      { type: 'markdown', text: x(5001) },
    ],
    '/blocks',
  ],
  ['a chart in a modal', chart(), '/blocks/0/type', 'modal'],
  ['a chart in Home', chart(), '/blocks/0/type', 'home'],
  ['a third chart', [chart(), chart(), chart()], '/blocks/2'],
  ['a chart title of 51', chart({ title: x(51) }), '/blocks/0/title'],
  ['a gap in a series', chart({}, { axis_config: { categories: ['a', 'b'] } }), '/blocks/0/chart/series/0/data'],
  [
    'a series name twice',
    chart({}, { series: many(2, () => ({ name: 's', data: [{ label: 'a', value: 1 }] })) }),
    '/blocks/0/chart/series/1/name',
  ],
  [
    'a category of 21',
    chart({}, { series: [{ name: 's', data: [{ label: x(21), value: 1 }] }], axis_config: { categories: [x(21)] } }),
    '/blocks/0/chart/axis_config/categories/0',
  ],
  ['a table in a modal', dataTable([[raw('h')], [raw('c')]]), '/blocks/0/type', 'modal'],
  ['a second table', [dataTable([[raw('h')], [raw('c')]]), dataTable([[raw('h')], [raw('c')]])], '/blocks/1'],
  ['a 201st row', dataTable(many(202, () => [raw('c')])), '/blocks/0/rows'],
  ['a 21st column', dataTable([many(21, () => raw('h')), many(21, () => raw('c'))]), '/blocks/0/rows/0'],
  ['a table without a caption', { type: 'data_table', rows: [[raw('h')], [raw('c')]] }, '/blocks/0/caption'],
  ['an empty cell', dataTable([[raw('h')], [raw('')]]), '/blocks/0/rows/1/0/text'],
  ['a header cell in rich text', dataTable([[{ type: 'rich_text', elements: [{}] }], [raw('c')]]), '/blocks/0/rows/0/0/type'],
  ['a page of 101', dataTable([[raw('h')], [raw('c')]], { page_size: 101 }), '/blocks/0/page_size'],
  ['an alert in a message', { type: 'alert', text: plain('a') }, '/blocks/0/type'],
  ['a container with a table', { type: 'container', child_blocks: [dataTable([[raw('h')], [raw('c')]])] }, '/blocks/0/child_blocks/0/type'],
  ['more than a message holds', many(4, () => section(x(2900))), '/blocks'],
]

describe('refused', () => {
  it.each(refused)('%s', (_name, block, pointer, surface) => {
    expect(pointers(block, surface)).toContain(pointer)
  })

  it('what is no list of blocks, with its own code', () => {
    expect(validateBlocks('[]', 'message')).toEqual([
      { code: 'invalid_blocks_format', message: 'must be a list of blocks', pointer: '/blocks' },
    ])
  })

  it('a second table as an attachment problem, a long message as too long', () => {
    const table = dataTable([[raw('h')], [raw('c')]])
    expect(validateBlocks([table, table], 'message').map(({ code }) => code)).toEqual(['invalid_attachments'])
    expect(
      validateBlocks(
        many(4, () => section(x(2900))),
        'message',
      ).map(({ code }) => code),
    ).toEqual(['msg_blocks_too_long'])
  })

  it('in the words Slack uses', () => {
    const [problem] = validateBlocks([{ type: 'header', text: plain(x(151)) }], 'message')
    expect(problem && problemText(problem)).toBe('[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]')
  })
})

describe('taken', () => {
  it.each([
    ['50 blocks', many(50, () => ({ type: 'divider' }))],
    ['a text of 3000', [section(x(3000))]],
    ['a header of 150', [{ type: 'header', text: plain(x(150)) }]],
    ['25 actions', [actions(...many(25, (index) => button(index)))]],
    ['100 options', [actions({ type: 'static_select', action_id: 'a', options: many(100, (index) => option(index)) })]],
    ['two charts', [chart(), chart()]],
    ['200 rows', [dataTable(many(201, () => [raw('c')]))]],
  ] as const)('%s', (_name, blocks) => {
    expect(validateBlocks(blocks, 'message')).toEqual([])
  })

  it('a table in Home', () => {
    expect(pointers(dataTable([[raw('h')], [raw('c')]]), 'home')).toEqual([])
  })
})

describe('views', () => {
  const modal = { type: 'modal', title: plain('t'), blocks: [section('a')] }
  it.each([
    ['a title of 25', { ...modal, title: plain(x(25)) }, '/view/title/text'],
    ['a submit of 25', { ...modal, submit: plain(x(25)) }, '/view/submit/text'],
    ['metadata of 3001', { ...modal, private_metadata: x(3001) }, '/view/private_metadata'],
    ['an input without submit', { ...modal, blocks: [input({ type: 'plain_text_input', action_id: 'a' })] }, '/view/submit'],
    ['a chart', { ...modal, blocks: [chart()] }, '/view/blocks/0/type'],
  ])('refused: %s', (_name, view, pointer) => {
    expect(validateView(view).map((problem) => problem.pointer)).toContain(pointer)
  })

  it('taken: a plain one', () => {
    expect(validateView(modal)).toEqual([])
  })
})

describe('what comes alive', () => {
  it('is found in mrkdwn and top-level text, not in plain texts', () => {
    const blocks = [
      section('<!channel> <@U1|a> <!subteam^S1> <#C1> <https://a.example|x> <!date^1^{date}|y>'),
      { type: 'header', text: plain('<!here>') },
    ]
    expect(liveTokens(blocks).map(({ kind }) => kind)).toEqual(['broadcast', 'user', 'group', 'channel', 'link', 'date'])
    expect(liveInMessage({ text: 'see https://a.example now', blocks: [] })).toEqual([
      { kind: 'link', token: 'https://a.example', target: 'https://a.example' },
    ])
    expect(liveInMessage({ text: '&lt;!channel&gt;', blocks: [] })).toEqual([])
  })
})
