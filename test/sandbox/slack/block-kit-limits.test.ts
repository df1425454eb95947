// Every limit of Slack's, on it and one past it: on it nothing is said at that place, one past it the pointer names the place. The
// numbers are Slack's own, written out, so that a slip in our table is found too.
import { describe, expect, it } from 'vitest'
import { limits } from '../../../src/render/limits.ts'
import { type BlockSurface, validateBlocks, validateView } from '../../../src/sandbox/slack/block-kit-rules.ts'

const x = (length: number): string => 'x'.repeat(length)
const plain = (text: string) => ({ type: 'plain_text', text })
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))
const option = (index: number, more = {}) => ({ text: plain(`o${index}`), value: `v${index}`, ...more })
const divider = () => ({ type: 'divider' })
const section = (text: string) => ({ type: 'section', text: plain(text) })
const button = (more = {}) => ({ type: 'button', text: plain('b'), action_id: 'a', ...more })
const actions = (...elements: unknown[]) => [{ type: 'actions', elements }]
const select = (more = {}) => actions({ type: 'static_select', action_id: 'a', options: [option(1)], ...more })
const input = (more = {}, element = {}) => [
  { type: 'input', label: plain('l'), element: { type: 'plain_text_input', action_id: 'a', ...element }, ...more },
]
const confirmed = (more = {}) =>
  actions(button({ confirm: { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n'), ...more } }))
const container = (blocks: unknown[], more = {}) => ({ type: 'container', title: plain('t'), child_blocks: blocks, ...more })
const raw = (text: string) => ({ type: 'raw_text', text })
const dataTable = (rows: unknown[][], more = {}) => ({ type: 'data_table', caption: 'c', rows, ...more })
const table = (rows: unknown[][]) => [{ type: 'table', rows }]
const card = (more = {}) => ({ type: 'card', title: plain('t'), ...more })
const data = (labels: readonly string[]) => labels.map((label) => ({ label, value: 1 }))
const chart = (more = {}, series: unknown = [{ name: 's', data: data(['a']) }], axis = {}) => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'bar', series, axis_config: { categories: ['a'], ...axis } },
  ...more,
})
const numbered = (count: number): string[] => many(count, (index) => `c${index}`)
const pointsChart = (count: number) => [chart({}, [{ name: 's', data: data(numbered(count)) }], { categories: numbered(count) })]

interface Case {
  readonly limit: keyof typeof limits
  readonly most: number
  readonly make: (count: number) => unknown[]
  /** Where the refusal points. */
  readonly at: string
  readonly surface?: BlockSurface
}
const cases: readonly Case[] = [
  { limit: 'messageBlocks', most: 50, make: (n) => many(n, divider), at: '/blocks' },
  { limit: 'viewBlocks', most: 100, make: (n) => many(n, divider), at: '/blocks', surface: 'modal' },
  { limit: 'viewBlocks', most: 100, make: (n) => many(n, divider), at: '/blocks', surface: 'home' },
  { limit: 'id', most: 255, make: (n) => [{ type: 'divider', block_id: x(n) }], at: '/blocks/0/block_id' },
  { limit: 'id', most: 255, make: (n) => actions(button({ action_id: x(n) })), at: '/blocks/0/elements/0/action_id' },
  { limit: 'text', most: 3000, make: (n) => [section(x(n))], at: '/blocks/0/text/text' },
  { limit: 'header', most: 150, make: (n) => [{ type: 'header', text: plain(x(n)) }], at: '/blocks/0/text/text' },
  { limit: 'sectionFields', most: 10, make: (n) => [{ type: 'section', fields: many(n, () => plain('f')) }], at: '/blocks/0/fields' },
  { limit: 'sectionField', most: 2000, make: (n) => [{ type: 'section', fields: [plain(x(n))] }], at: '/blocks/0/fields/0/text' },
  {
    limit: 'contextElements',
    most: 10,
    make: (n) => [{ type: 'context', elements: many(n, () => plain('c')) }],
    at: '/blocks/0/elements',
  },
  { limit: 'actions', most: 25, make: (n) => actions(...many(n, (i) => button({ action_id: `a${i}` }))), at: '/blocks/0/elements' },
  { limit: 'buttonText', most: 75, make: (n) => actions(button({ text: plain(x(n)) })), at: '/blocks/0/elements/0/text/text' },
  { limit: 'buttonValue', most: 2000, make: (n) => actions(button({ value: x(n) })), at: '/blocks/0/elements/0/value' },
  // `https://a.example/` has 18 characters.
  {
    limit: 'url',
    most: 3000,
    make: (n) => actions(button({ url: `https://a.example/${x(n - 18)}` })),
    at: '/blocks/0/elements/0/url',
  },
  {
    limit: 'optionText',
    most: 75,
    make: (n) => select({ options: [option(1, { text: plain(x(n)) })] }),
    at: '/blocks/0/elements/0/options/0/text/text',
  },
  {
    limit: 'optionText',
    most: 75,
    make: (n) => select({ options: [option(1, { description: plain(x(n)) })] }),
    at: '/blocks/0/elements/0/options/0/description/text',
  },
  {
    limit: 'optionValue',
    most: 75,
    make: (n) => select({ options: [option(1, { value: x(n) })] }),
    at: '/blocks/0/elements/0/options/0/value',
  },
  { limit: 'options', most: 100, make: (n) => select({ options: many(n, (i) => option(i)) }), at: '/blocks/0/elements/0/options' },
  {
    limit: 'optionGroups',
    most: 100,
    make: (n) =>
      actions({ type: 'static_select', action_id: 'a', option_groups: many(n, (i) => ({ label: plain('g'), options: [option(i)] })) }),
    at: '/blocks/0/elements/0/option_groups',
  },
  {
    limit: 'overflowOptions',
    most: 5,
    make: (n) => actions({ type: 'overflow', action_id: 'a', options: many(n, (i) => option(i)) }),
    at: '/blocks/0/elements/0/options',
  },
  ...['radio_buttons', 'checkboxes'].map(
    (type): Case => ({
      limit: 'choices',
      most: 10,
      make: (n) => actions({ type, action_id: 'a', options: many(n, (i) => option(i)) }),
      at: '/blocks/0/elements/0/options',
    }),
  ),
  { limit: 'placeholder', most: 150, make: (n) => select({ placeholder: plain(x(n)) }), at: '/blocks/0/elements/0/placeholder/text' },
  { limit: 'label', most: 2000, make: (n) => input({ label: plain(x(n)) }), at: '/blocks/0/label/text', surface: 'modal' },
  { limit: 'hint', most: 2000, make: (n) => input({ hint: plain(x(n)) }), at: '/blocks/0/hint/text', surface: 'modal' },
  { limit: 'inputMaxLength', most: 3000, make: (n) => input({}, { max_length: n }), at: '/blocks/0/element/max_length', surface: 'modal' },
  {
    limit: 'inputMaxLength',
    most: 3000,
    make: (n) => input({}, { initial_value: x(n) }),
    at: '/blocks/0/element/initial_value',
    surface: 'modal',
  },
  { limit: 'confirmTitle', most: 100, make: (n) => confirmed({ title: plain(x(n)) }), at: '/blocks/0/elements/0/confirm/title/text' },
  { limit: 'confirmText', most: 300, make: (n) => confirmed({ text: plain(x(n)) }), at: '/blocks/0/elements/0/confirm/text/text' },
  { limit: 'confirmButton', most: 30, make: (n) => confirmed({ confirm: plain(x(n)) }), at: '/blocks/0/elements/0/confirm/confirm/text' },
  { limit: 'confirmButton', most: 30, make: (n) => confirmed({ deny: plain(x(n)) }), at: '/blocks/0/elements/0/confirm/deny/text' },
  { limit: 'markdown', most: 12_000, make: (n) => [{ type: 'markdown', text: x(n) }], at: '/blocks/0/text' },
  { limit: 'containerChildren', most: 10, make: (n) => [container(many(n, divider))], at: '/blocks/0/child_blocks' },
  { limit: 'containerTitle', most: 150, make: (n) => [container([divider()], { title: plain(x(n)) })], at: '/blocks/0/title/text' },
  { limit: 'carouselCards', most: 10, make: (n) => [{ type: 'carousel', elements: many(n, () => card()) }], at: '/blocks/0/elements' },
  { limit: 'cardTitle', most: 150, make: (n) => [card({ title: plain(x(n)) })], at: '/blocks/0/title/text' },
  { limit: 'cardBody', most: 200, make: (n) => [card({ body: plain(x(n)) })], at: '/blocks/0/body/text' },
  { limit: 'charts', most: 2, make: (n) => many(n, () => chart()), at: '/blocks/2' },
  { limit: 'chartTitle', most: 50, make: (n) => [chart({ title: x(n) })], at: '/blocks/0/title' },
  {
    limit: 'chartSeries',
    most: 12,
    make: (n) => [
      chart(
        {},
        many(n, (i) => ({ name: `s${i}`, data: data(['a']) })),
      ),
    ],
    at: '/blocks/0/chart/series',
  },
  {
    limit: 'chartSeriesName',
    most: 20,
    make: (n) => [chart({}, [{ name: x(n), data: data(['a']) }])],
    at: '/blocks/0/chart/series/0/name',
  },
  { limit: 'chartPoints', most: 20, make: pointsChart, at: '/blocks/0/chart/series/0/data' },
  { limit: 'chartPoints', most: 20, make: pointsChart, at: '/blocks/0/chart/axis_config/categories' },
  {
    limit: 'chartCategory',
    most: 20,
    make: (n) => [chart({}, [{ name: 's', data: data([x(n)]) }], { categories: [x(n)] })],
    at: '/blocks/0/chart/axis_config/categories/0',
  },
  { limit: 'chartAxisLabel', most: 50, make: (n) => [chart({}, undefined, { x_label: x(n) })], at: '/blocks/0/chart/axis_config/x_label' },
  { limit: 'chartAxisLabel', most: 50, make: (n) => [chart({}, undefined, { y_label: x(n) })], at: '/blocks/0/chart/axis_config/y_label' },
  // The header row is not counted.
  { limit: 'dataTableRows', most: 200, make: (n) => [dataTable(many(n + 1, () => [raw('c')]))], at: '/blocks/0/rows' },
  { limit: 'dataTableColumns', most: 20, make: (n) => [dataTable(many(2, () => many(n, () => raw('c'))))], at: '/blocks/0/rows/0' },
  // 20 rows of one cell: 19 of 1,000 characters, the last takes what is left.
  {
    limit: 'dataTableCharacters',
    most: 20_000,
    make: (n) => [dataTable([...many(19, () => [raw(x(1000))]), [raw(x(n - 19_000))]])],
    at: '/blocks/0/rows',
    surface: 'home',
  },
  { limit: 'dataTablePage', most: 100, make: (n) => [dataTable([[raw('h')], [raw('c')]], { page_size: n })], at: '/blocks/0/page_size' },
  { limit: 'tableRows', most: 100, make: (n) => table(many(n, () => [raw('c')])), at: '/blocks/0/rows' },
  { limit: 'tableColumns', most: 20, make: (n) => table([many(n, () => raw('c'))]), at: '/blocks/0/rows/0' },
  // 9 × 1,000 and the rest.
  {
    limit: 'tableCharacters',
    most: 10_000,
    make: (n) => table([...many(9, () => [raw(x(1000))]), [raw(x(n - 9000))]]),
    at: '/blocks/0/rows',
  },
  { limit: 'tables', most: 1, make: (n) => many(n, () => dataTable([[raw('h')], [raw('c')]])), at: '/blocks/1' },
  // 3 × 3,000 and the rest, all in texts; `plain_text` is a type and not counted.
  { limit: 'messageCharacters', most: 11_000, make: (n) => [...many(3, () => section(x(3000))), section(x(n - 9000))], at: '/blocks' },
]

const pointers = (blocks: unknown, surface: BlockSurface = 'message') => validateBlocks(blocks, surface).map(({ pointer }) => pointer)

describe('Slack’s limit', () => {
  it.each(cases)('$limit: $most at $at is taken, one more is refused there', ({ most, make, at, surface }) => {
    expect(pointers(make(most), surface)).not.toContain(at)
    expect(pointers(make(most + 1), surface)).toContain(at)
  })

  it.each([
    ['title', 24],
    ['submit', 24],
    ['close', 24],
  ])('viewTitle: a modal’s %s holds %i characters', (field, most) => {
    const view = (length: number) => ({ type: 'modal', title: plain('t'), blocks: [], [field]: plain(x(length)) })
    const said = (length: number) => validateView(view(length)).map(({ pointer }) => pointer)
    expect(said(most)).toEqual([])
    expect(said(most + 1)).toEqual([`/view/${field}/text`])
  })

  it.each([
    ['private_metadata', 3000],
    ['callback_id', 255],
    ['external_id', 255],
  ])('of a view’s %s is %i characters', (field, most) => {
    const said = (length: number, type: string) =>
      validateView({ type, ...(type === 'modal' && { title: plain('t') }), blocks: [], [field]: x(length) }).map(({ pointer }) => pointer)
    for (const type of ['modal', 'home']) {
      expect(said(most, type)).toEqual([])
      expect(said(most + 1, type)).toEqual([`/view/${field}`])
    }
  })

  it('is in this table for every limit of ours, but for those we set ourselves below Slack’s', () => {
    const ours = ['chartSeriesToBeSafe', 'messageCharactersToBeSafe', 'messageBlocksToBeSafe', 'topLevelText']
    const tried = new Set<string>([...cases.map(({ limit }) => limit), 'viewTitle', 'privateMetadata', ...ours])
    expect(Object.keys(limits).filter((name) => !tried.has(name))).toEqual([])
  })
})

const surfaces = ['message', 'modal', 'home'] as const
/** Where each block may stand. Source: Block Kit reference, "available in surfaces" of each block. */
const standing: readonly (readonly [unknown, readonly BlockSurface[]])[] = [
  [{ type: 'divider' }, surfaces],
  [{ type: 'header', text: plain('h'), level: 4 }, surfaces],
  [section('s'), surfaces],
  [{ type: 'context', elements: [plain('c')] }, surfaces],
  [actions(button())[0], surfaces],
  [input()[0], surfaces],
  [container([divider()]), ['message']],
  [{ type: 'markdown', text: 'm' }, ['message']],
  [chart(), ['message']],
  [table([[raw('c')]])[0], ['message']],
  [card(), ['message']],
  [{ type: 'carousel', elements: [card()] }, ['message']],
  [dataTable([[raw('h')], [raw('c')]]), ['message', 'home']],
  [{ type: 'alert', text: plain('a') }, ['modal']],
]

describe('a surface', () => {
  it.each(standing.map(([block, where]) => [(block as { type: string }).type, block, where] as const))(
    'has %s or refuses it',
    (_type, block, where) => {
      expect(surfaces.filter((surface) => pointers([block], surface).length === 0)).toEqual(where)
      for (const surface of surfaces) if (!where.includes(surface)) expect(pointers([block], surface)).toEqual(['/blocks/0/type'])
    },
  )
})

/** One past a rule that is no number. */
const shapes: readonly [string, unknown[], string, BlockSurface?][] = [
  ['a heading of level 5', [{ type: 'header', text: plain('h'), level: 5 }], '/blocks/0/level'],
  ['a chart in a container', [container([chart()])], '/blocks/0/child_blocks/0/type'],
  ['a too long text in a container', [container([section(x(3001))])], '/blocks/0/child_blocks/0/text/text'],
  ['a container in a container', [container([container([divider()])])], '/blocks/0/child_blocks/0/type'],
  ['a container without children', [container([])], '/blocks/0/child_blocks'],
  ['a container without a title', [{ type: 'container', child_blocks: [divider()] }], '/blocks/0/title'],
  ['a closed container that cannot be opened', [container([divider()], { default_collapsed: true })], '/blocks/0/default_collapsed'],
  ['a container of no width Slack has', [container([divider()], { width: 'huge' })], '/blocks/0/width'],
  ['a container with blocks under another name', [{ type: 'container', title: plain('t'), blocks: [divider()] }], '/blocks/0/blocks'],
  ['a carousel without cards', [{ type: 'carousel', elements: [] }], '/blocks/0/elements'],
  ['a number in a plain table', table([[{ type: 'raw_number', value: 1, text: '1' }]]), '/blocks/0/rows/0/0/type'],
  ['an empty cell of a plain table', table([[raw('')]]), '/blocks/0/rows/0/0/text'],
  ['rows of two widths', [dataTable([[raw('h')], [raw('a'), raw('b')]])], '/blocks/0/rows/1'],
  ['a table of a header alone', [dataTable([[raw('h')]])], '/blocks/0/rows'],
  ['a cell that is no number', [dataTable([[raw('h')], [{ type: 'raw_number', value: '1', text: '1' }]])], '/blocks/0/rows/1/0/value'],
  ['a chart of another type', [chart({ chart: { type: 'radar', series: [], axis_config: {} } })], '/blocks/0/chart/type'],
  ['a point that is no number', [chart({}, [{ name: 's', data: [{ label: 'a', value: null }] }])], '/blocks/0/chart/series/0/data/0/value'],
  [
    'a category twice',
    [chart({}, [{ name: 's', data: data(['a', 'a']) }], { categories: ['a', 'a'] })],
    '/blocks/0/chart/axis_config/categories/1',
  ],
  ['a time of 24:00', actions({ type: 'timepicker', action_id: 'a', initial_time: '24:00' }), '/blocks/0/elements/0/initial_time'],
  [
    'a date in another order',
    actions({ type: 'datepicker', action_id: 'a', initial_date: '1.2.2026' }),
    '/blocks/0/elements/0/initial_date',
  ],
  ['a name as a user id', actions({ type: 'users_select', action_id: 'a', initial_user: '@ana' }), '/blocks/0/elements/0/initial_user'],
  ['an address in a select', select({ options: [option(1, { url: 'https://a.example' })] }), '/blocks/0/elements/0/options/0/url'],
  ['a button in a loud style', actions(button({ style: 'loud' })), '/blocks/0/elements/0/style'],
  ['an input without a label', [{ type: 'input', element: { type: 'plain_text_input', action_id: 'a' } }], '/blocks/0/label', 'modal'],
  ['an input without an element', [{ type: 'input', label: plain('l') }], '/blocks/0/element', 'modal'],
]

it.each(shapes)('%s is refused', (_name, blocks, at, surface) => {
  expect(pointers(blocks, surface)).toContain(at)
})
