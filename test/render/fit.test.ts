// Nothing is cut in silence: what finds no room in a message goes to the thread, and a line says how much.
import { describe, expect, it } from 'vitest'
import { threadToSlack, toSlack } from '../../src/render/blocks/blocks.ts'
import { fitInto } from '../../src/render/blocks/fit.ts'
import { charactersOf } from '../../src/render/blocks/weigh.ts'
import { limits } from '../../src/render/limits.ts'
import type { Cell, Message, Part, TablePart } from '../../src/render/message.ts'
import { splitLine } from '../../src/render/text/split-line.ts'
import { bold, line, link } from '../../src/render/text/text.ts'
import { problemText, validateBlocks } from '../../src/sandbox/slack/block-kit-rules.ts'

const table = (rows: number, width = 40): TablePart => ({
  type: 'table',
  caption: 'People',
  columns: [
    { title: 'Name', align: 'left' },
    { title: 'Calls', align: 'right' },
  ],
  rows: Array.from({ length: rows }, (_, index): Cell[] => [
    { type: 'text', text: `Person ${index} ${'x'.repeat(width)}` },
    { type: 'number', value: index, shown: String(index) },
  ]),
})

const footer: Part = { type: 'note', line: line('For coaching, not employment decisions.') }
const opening: Part = { type: 'text', line: line('Talk ratio 51 %.') }
const message = (...parts: Part[]): Message => ({ summary: 'x', parts: [{ type: 'heading', text: 'Team' }, opening, ...parts, footer] })

const rowsIn = (blocks: readonly unknown[]): number =>
  blocks.reduce(
    (sum: number, block) =>
      sum + (typeof block === 'object' && block !== null && 'rows' in block && Array.isArray(block.rows) ? block.rows.length - 1 : 0),
    0,
  )

const textOf = (value: unknown): string => JSON.stringify(value).replaceAll('\u00a0', ' ')

describe('fit', () => {
  it('leaves a short message alone', () => {
    const sent = toSlack(message(table(5)))
    expect(sent.blocks.map(({ type }) => type)).toEqual(['section', 'data_table', 'context'])
    expect(threadToSlack(message(table(5)))).toBeUndefined()
  })

  it('shortens a table first, says how many more there are, and puts them into the thread', () => {
    const long = message(table(250))
    const sent = toSlack(long)
    const shown = rowsIn(sent.blocks)
    expect(charactersOf(sent.blocks)).toBeLessThanOrEqual(limits.messageCharactersToBeSafe)
    expect(shown).toBeGreaterThan(100)
    expect(textOf(sent.blocks)).toContain(`and ${250 - shown} more in the thread`)
    expect(rowsIn(threadToSlack(long)?.blocks ?? [])).toBe(250 - shown)
  })

  it('keeps the footer and the first line whatever the length', () => {
    const texts = Array.from({ length: 60 }, (_, index): Part => ({ type: 'text', line: line(`Line ${index}`) }))
    const sent = toSlack(message(...texts))
    expect(sent.blocks.length).toBeLessThanOrEqual(limits.messageBlocksToBeSafe)
    expect(textOf(sent.blocks[0])).toContain('Talk ratio 51 %.')
    expect(textOf(sent.blocks.at(-1))).toContain('For coaching')
    expect(textOf(sent.blocks.at(-2))).toMatch(/and \d+ more in the thread/)
  })

  it('shows every line once, in the message or in the thread', () => {
    const texts = Array.from({ length: 60 }, (_, index): Part => ({ type: 'text', line: line(`<${index}>`) }))
    const all = `${textOf(toSlack(message(...texts)).blocks)}${textOf(threadToSlack(message(...texts))?.blocks)}`
    for (let index = 0; index < 60; index += 1) expect(all.split(`&lt;${index}&gt;`)).toHaveLength(2)
  })

  it('says of a private reply, which has no thread, how to see the rest', () => {
    const sent = toSlack(message(table(250)), { surface: 'ephemeral' })
    expect(textOf(sent.blocks)).toMatch(/and \d+ more · ask for fewer people/)
  })

  it('keeps one table and two charts as pictures and says the others in words', () => {
    const chart: Part = {
      type: 'chart',
      kind: 'line',
      title: 'T',
      categories: ['a', 'b'],
      series: [{ name: 's', values: [1, 2] }],
      unit: '%',
      description: 'From 1 to 2.',
    }
    const sent = toSlack(message({ ...chart }, { ...chart }, { ...chart }, table(3), table(3)))
    expect(sent.blocks.filter(({ type }) => type === 'data_visualization')).toHaveLength(2)
    expect(sent.blocks.filter(({ type }) => type === 'data_table')).toHaveLength(1)
    expect(validateBlocks(sent.blocks, 'message').map(problemText)).toEqual([])
    expect(textOf(sent.blocks)).toContain('s ▁█ 1 · 2 %')
  })
})

describe('a chart in seconds', () => {
  it('says its newest figure as the message does, because Slack draws plain numbers', () => {
    const drawn = (unit: string, ...values: number[]) => {
      const chart: Part = {
        type: 'chart',
        kind: 'line',
        title: 'T',
        categories: ['a', 'b'],
        series: [{ name: 's', values }],
        unit,
        description: '',
      }
      return textOf(toSlack(message(chart)).blocks)
    }
    expect(drawn('seconds', 190, 115)).toContain('"y_label":"seconds; 115 is 1:55"')
    // Patience is said in seconds.
    expect(drawn('seconds', 1.4, 1.2)).toContain('"y_label":"seconds"')
    expect(drawn('%', 50, 51)).toContain('"y_label":"%"')
  })
})

describe('degrading', () => {
  it('a refused table becomes lines, a refused chart a sparkline, all else stays', () => {
    const sent = toSlack(message(table(2, 0)), { refused: new Set(['data_table']) })
    expect(sent.blocks.map(({ type }) => type)).toEqual(['section', 'section', 'context'])
    expect(textOf(sent.blocks[1])).toContain('*Person 0* · Calls 0')
  })

  it('without sections everything is said in the text', () => {
    const sent = toSlack(message(table(2, 0)), { refused: new Set(['section']) })
    expect(sent.blocks).toEqual([])
    expect(sent.text).toContain('Talk ratio 51 %.')
    expect(sent.text).toContain('Person 1')
  })
})

describe('tables', () => {
  it('sort by number even where a figure is unknown: it sorts below all and shows why', () => {
    const part: TablePart = {
      ...table(0),
      rows: [
        [
          { type: 'text', text: 'Ana' },
          { type: 'number', value: 12, shown: '12' },
        ],
        [
          { type: 'text', text: 'Lena' },
          { type: 'empty', why: 'no calls' },
        ],
      ],
    }
    const [block] = toSlack({ summary: 'x', parts: [part] }).blocks
    expect(block).toMatchObject({ rows: [{}, {}, [{ text: 'Lena' }, { type: 'raw_number', value: 11, text: 'no calls' }]] })
  })
})

describe('controls', () => {
  const button = (actionId: string, value: string) => ({ type: 'button' as const, label: 'Ask', actionId, value })

  it('get action ids of their own, that still route', () => {
    const [block] = toSlack({ summary: 'x', parts: [{ type: 'buttons', controls: [button('ask', 'a'), button('ask', 'b')] }] }).blocks
    expect(block).toMatchObject({ elements: [{ action_id: 'ask' }, { action_id: 'ask:2' }] })
  })

  it('are left out when their value is too long: cut, it would ask something else', () => {
    expect(
      toSlack({ summary: 'x', parts: [opening, { type: 'buttons', controls: [button('ask', 'a'.repeat(2001))] }] }).blocks,
    ).toHaveLength(1)
  })
})

describe('splitting', () => {
  it('loses nothing and never cuts a link or an escaped sign', () => {
    const long = line(
      ...Array.from({ length: 300 }, (_, index) =>
        index % 3 === 0 ? link('https://app.gong.io/call?id=1', `call ${index}`) : `<&> ${index} `,
      ),
      bold('end'),
    )
    const pieces = splitLine(long, 500)
    expect(pieces.every(({ mrkdwn }) => mrkdwn.length <= 500)).toBe(true)
    expect(
      pieces
        .map(({ mrkdwn }) => mrkdwn)
        .join('')
        .replaceAll(' ', ''),
    ).toBe(long.mrkdwn.replaceAll(' ', ''))
    for (const { mrkdwn } of pieces) expect(mrkdwn.match(/</g)?.length ?? 0).toBe(mrkdwn.match(/(?<!&[a-z]+);?>/g)?.length ?? 0)
  })
})

describe('a table that was shortened and then taken', () => {
  it('is one table again in the thread: a message may hold only one', () => {
    const table: Part = {
      type: 'table',
      caption: 'People',
      columns: [{ title: 'Name', align: 'left' }],
      rows: Array.from({ length: 20 }, (_, index) => [{ type: 'text', text: `Person ${index}` }]),
    }
    const words = (text: string): Part => ({ type: 'text', line: line(text) })
    // 3 × 80 characters of text and 20 × 10 of table are more than 300; with 3 rows and a note (350) they still are: the table goes.
    const weigh = (part: Part) => ({ blocks: 1, characters: part.type === 'table' ? part.rows.length * 10 : 80 })
    const { parts, rest } = fitInto(
      [words('one'), words('two'), words('three'), table],
      { blocks: 10, characters: 300, tableRows: 100 },
      weigh,
      'in the thread',
    )
    expect(parts.some(({ type }) => type === 'table')).toBe(false)
    const tables = rest.filter((part) => part.type === 'table')
    expect(tables.map(({ rows }) => rows.length)).toEqual([20])
  })
})

it('puts the title and the first sentence on lines of their own in the first block, which a desktop notification shows', () => {
  const parts: Part[] = [
    { type: 'heading', text: 'The team · 16–22 Nov' },
    { type: 'text', line: line('A usual week.') },
  ]
  expect(toSlack({ summary: 'x', parts }).blocks[0]).toMatchObject({ text: { text: '*The team · 16–22 Nov*\nA usual week.' } })
})
