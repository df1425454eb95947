// Texts as the page draws them: what Slack would show, letter by letter.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { words } from '../../../src/sandbox/page/drawn/words.ts'
import type { SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts'

const clock = { now: () => new Date('2026-11-24T08:00:00Z') }
const slack = {
  workspace: createWorkspace({ clock, teamName: 'Northwind', botName: 'Gong Digest', users: [], channels: [] }),
} as unknown as SimulatedSlack

const drawn = (text: string): string =>
  renderToStaticMarkup(words({ type: 'mrkdwn', text }, slack))
    .replaceAll(/<[^>]+>/g, '')
    .trim()

describe('a text on the page', () => {
  it.each([
    ['usually 2:20–4:00).', 'usually 2:20–4:00).'],
    ['09:00–10:00, 11:00–12:30', '09:00–10:00, 11:00–12:30'],
    ['*1:55*, usually 2:20–4:00', '1:55, usually 2:20–4:00'],
    ['<https://app.gong.io/call?id=1|Open call> at 1:00–2:00', 'Open call at 1:00–2:00'],
    ['well done :tada:', 'well done 🎉'],
  ])('%s reads %s', (text, read) => {
    expect(drawn(text)).toBe(read)
  })
})
