// The rules Slackbot keeps, tried on blocks that break each of them.
import { expect, it } from 'vitest'
import { slackbotProblems } from '../../../src/sandbox/slack/slackbot-rules.ts'

const tools = new Set(['my_numbers'])
const text = { type: 'plain_text', text: 'Press' }
const button = (more: object) => ({ type: 'button', text, action_id: 'tool:my_numbers', value: '{}', ...more })
const actions = (...elements: readonly object[]) => ({ type: 'actions', elements })
const section = (mrkdwn: string) => ({ type: 'section', text: { type: 'mrkdwn', text: mrkdwn } })
const select = (...values: readonly string[]) => ({
  type: 'static_select',
  placeholder: text,
  action_id: 'tool:my_numbers',
  options: values.map((value) => ({ text, value })),
})

it('takes sections, presses of tools, lists of them and https links', () => {
  expect(
    slackbotProblems(
      [
        section('Talk ratio *51 %* <https://app.gong.io/call|Open call>'),
        actions(button({})),
        actions(select('{"period":"last week"}', '{}')),
      ],
      tools,
    ),
  ).toEqual([])
})

it.each([
  ['more blocks than 50', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'more than 50 blocks'],
  ['a block of another kind', [{ type: 'alert', text }], 'a alert block is not allowed'],
  ['a press of no tool', [actions(button({ action_id: 'ask:1' }))], 'ask:1 names no tool'],
  ['a press of an unknown tool', [actions(button({ action_id: 'tool:other' }))], 'tool:other names no tool'],
  ['a value that is no JSON', [actions(button({ value: '/gong-stats me' }))], 'is no JSON object'],
  ['a value that is a list', [actions(button({ value: '[]' }))], 'is no JSON object'],
  ['no value', [actions(button({ value: undefined }))], 'is no JSON object'],
  ['an option that is no JSON', [actions(select('{}', 'last week'))], 'is no JSON object'],
  ['one action id twice in a block', [actions(button({}), button({}))], 'two controls of one block have the action id tool:my_numbers'],
  ['a link without encryption', [section('<http://gong.example/call|Open call>')], 'not https'],
  ['a button to such an address', [actions(button({ url: 'http://gong.example' }))], 'not https'],
  ['an empty text', [section('')], 'must be more than 0 characters'],
])('refuses %s', (_what, blocks, problem) => {
  expect(slackbotProblems(blocks, tools).join('\n')).toContain(problem)
})
