// Modals and Home: taken by Slack whatever is in them, inputs found again by their id.
import { describe, expect, it } from 'vitest'
import { toHomeView } from '../../src/render/home.ts'
import type { Part } from '../../src/render/message.ts'
import type { InputPart, Modal } from '../../src/render/modal.ts'
import { readInputs, toModalView } from '../../src/render/modal-view.ts'
import { line } from '../../src/render/text/text.ts'
import { problemText, validateView } from '../../src/sandbox/slack/block-kit-rules.ts'
import { hostile } from '../kit/any-company.ts'

const input = (id: string, element: InputPart['element'], more: Partial<InputPart> = {}): InputPart => ({
  type: 'input',
  id,
  label: id,
  element,
  ...more,
})
const choices = hostile.map((label, index) => ({ label, value: `v${index}`, description: label }))

const modal: Modal = {
  callbackId: 'digest-form',
  title: 'A title that is longer than twenty-four characters',
  submit: 'Save this and everything else',
  close: 'Cancel',
  privateMetadata: '{}',
  parts: [
    { type: 'text', line: line('Hello') },
    {
      type: 'chart',
      kind: 'line',
      title: 't',
      categories: ['a', 'b'],
      series: [{ name: 's', values: [1, 2] }],
      unit: '',
      description: 'd',
    },
    input('name', { type: 'text', initial: 'x', multiline: true, maxLength: 50, placeholder: 'p'.repeat(200) }),
    input('kind', { type: 'select', choices, initial: 'v2' }, { redraws: true, hint: 'h' }),
    input('where', { type: 'radio', choices: choices.slice(0, 3), initial: 'v1' }),
    input('days', { type: 'checkboxes', choices: choices.slice(0, 7), initial: ['v0', 'v6'] }),
    input('about', { type: 'search', initial: { label: 'Ana', value: '1' } }),
    input('teams', { type: 'search', many: true, initial: [{ label: 'Ana', value: '1' }] }),
    input('channel', { type: 'conversation', initial: 'C1' }),
    input('user', { type: 'user', initial: 'U1' }),
    input('time', { type: 'time', initial: '09:00' }),
    input('date', { type: 'date', initial: '2026-11-23' }, { optional: true }),
    { type: 'buttons', controls: [{ type: 'button', label: 'Retry', actionId: 'retry' }] },
  ],
}

describe('modals', () => {
  it('say that a list is empty instead of being refused for it', () => {
    const empty = (['select', 'multi-select', 'radio', 'checkboxes'] as const).map((type) => input(type, { type, choices: [] }))
    const view = toModalView({ callbackId: 'x', title: 't', parts: empty })
    expect(validateView(view).map(problemText)).toEqual([])
    expect(JSON.stringify(view).match(/Nothing to choose from/g)).toHaveLength(4)
  })

  it('are taken by Slack, charts and tables said in words', () => {
    const view = toModalView(modal)
    expect(validateView(view).map(problemText)).toEqual([])
    expect(view.blocks.map(({ type }) => type)).not.toContain('data_visualization')
  })

  it('keep the order of words and inputs, each input under its id', () => {
    const { blocks } = toModalView(modal)
    expect(blocks[0]).toMatchObject({ type: 'section' })
    expect(blocks.at(-1)).toMatchObject({ type: 'actions' })
    expect(blocks.flatMap((block) => ('element' in block ? [`${block.block_id} ${block.element.action_id}`] : []))).toEqual(
      ['name', 'kind', 'where', 'days', 'about', 'teams', 'channel', 'user', 'time', 'date'].map((id) => `${id} ${id}`),
    )
  })

  it('refuse state that is too long to carry, because cut it would be another', () => {
    expect(() => toModalView({ ...modal, privateMetadata: 'x'.repeat(3001) })).toThrow(RangeError)
  })

  it('with too many lines keep every input and say what is left out', () => {
    const lines = Array.from({ length: 150 }, (_, index): Part => ({ type: 'text', line: line(`Line ${index}`) }))
    const view = toModalView({ ...modal, parts: [...lines, input('name', { type: 'text' })] })
    expect(validateView(view).map(problemText)).toEqual([])
    expect(JSON.stringify(view.blocks)).toMatch(/and \d+ more/)
    expect(view.blocks.some(({ type }) => type === 'input')).toBe(true)
  })
})

describe('what was put in', () => {
  it('comes back by input id, whatever the element', () => {
    expect(
      readInputs({
        name: { name: { type: 'plain_text_input', value: 'x' } },
        kind: { kind: { type: 'static_select', selected_option: { value: 'team' } } },
        days: { days: { type: 'checkboxes', selected_options: [{ value: '1' }, { value: '3' }] } },
        channel: { channel: { type: 'conversations_select', selected_conversation: 'C1' } },
        time: { time: { type: 'timepicker', selected_time: '09:00' } },
        empty: { empty: { type: 'plain_text_input', value: null } },
      }),
    ).toEqual({ name: 'x', kind: 'team', days: ['1', '3'], channel: 'C1', time: '09:00', empty: undefined })
  })

  it('is nothing for a forged shape', () => {
    expect(readInputs(undefined)).toEqual({})
    expect(readInputs({ a: null, b: { c: 7 } })).toEqual({ c: undefined })
  })
})

describe('Home', () => {
  it('is taken by Slack with hundreds of parts, tables native and charts in words', () => {
    const parts: Part[] = hostile.flatMap((text, index): Part[] => [
      { type: 'heading', text },
      { type: 'item', line: line(text), controls: [{ type: 'button', label: text, actionId: 'ask', value: String(index) }] },
      { type: 'table', caption: text, columns: [{ title: text, align: 'left' }], rows: [[{ type: 'text', text }]] },
      { type: 'chart', kind: 'bar', title: text, categories: ['a'], series: [{ name: text, values: [1] }], unit: '', description: text },
      { type: 'note', line: line(text) },
    ])
    expect(validateView(toHomeView(parts)).map(problemText)).toEqual([])
  })
})
