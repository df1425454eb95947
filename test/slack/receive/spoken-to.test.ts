// The bot's own mention is no part of what somebody says to it, however the text is made.
import { expect, it } from 'vitest'
import { spokenTo } from '../../../src/slack/receive/listeners.ts'

it.each([
  ['<@UBOT> team talk ratio', '  team talk ratio'],
  ['<@UBOT|gong digest> team <@UBOT>', '  team  '],
  // Others' mentions are words of the question.
  ['<@UBOT> <@UBOTH> and <@U2|ann>', '  <@UBOTH> and <@U2|ann>'],
  ['<@UBOT|never closed <@UBOT|closed> yes', '<@UBOT|never closed   yes'],
  [undefined, ''],
])('of %j leaves %j', (text, left) => {
  expect(spokenTo('UBOT', text)).toBe(left)
})

it('takes no square of the length: a million characters of mentions that never close end at all', () => {
  // The square would be minutes on any machine, each character once is milliseconds.
  for (const each of ['<@UBOT|', `<@UBOT|${'x'.repeat(40)}`, '<@UBOT']) {
    const text = each.repeat(Math.floor(1_000_000 / each.length))
    expect(spokenTo('UBOT', text)).toBe(text)
  }
})
