// Slack's text objects and rich text as HTML, by slack-blocks-to-jsx. Its wrapper's id is taken off, because a page has many messages.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Block, Message } from 'slack-blocks-to-jsx'
import { isJson } from '../../slack/method.ts'
import type { SimulatedSlack } from '../../slack/simulated-slack.ts'
import type { Json } from '../../slack/workspace.ts'
import { h, type ReactNode } from './element.ts'

/** Rendering Markdown costs milliseconds, and the same texts come again with every change. */
const drawn = new Map<string, string>()
const kept = 2000

/** One block, drawn by the library. */
export function libraryBlock(block: Json, slack: SimulatedSlack): ReactNode {
  const key = JSON.stringify(block)
  let html = drawn.get(key)
  if (html === undefined) {
    html = renderToStaticMarkup(
      createElement(Message, {
        blocks: [block as unknown as Block],
        name: '',
        logo: '',
        time: new Date(0),
        withoutWrapper: true,
        data: dataOf(slack),
      }),
    ).replaceAll(/ id="[^"]*"/g, '')
    if (drawn.size > kept) drawn.clear()
    drawn.set(key, html)
  }
  return h('div', { className: 'library', dangerouslySetInnerHTML: { __html: html } })
}

/** A text object. */
export function words(text: unknown, slack: SimulatedSlack): ReactNode {
  if (!isJson(text) || typeof text.text !== 'string') return null
  if (text.type === 'plain_text') return h('span', { className: 'plain' }, text.text)
  // `verbatim` only keeps Slack from linking on its own; the library would take the marks for text.
  return libraryBlock({ type: 'section', text: { type: 'mrkdwn', text: withoutFalseEmoji(text.text) } }, slack)
}

/** `2:20–4:00` holds no emoji for Slack, whose names are plain letters; the library would double its colons. Links stay as they are. */
const withoutFalseEmoji = (mrkdwn: string): string =>
  mrkdwn.replaceAll(/<[^>]*>|:(?=[^\s:]+:)(?![\w+'-]+:)/g, (found) => (found === ':' ? '&#58;' : found))

/** Text without blocks, as mrkdwn. */
export const messageText = (text: string, slack: SimulatedSlack): ReactNode => words({ type: 'mrkdwn', text }, slack)

function dataOf(slack: SimulatedSlack) {
  return {
    users: [...slack.workspace.users.values()].map(({ id, realName }) => ({ id, name: realName })),
    channels: [...slack.workspace.channels.values()].map(({ id, name }) => ({ id, name })),
    user_groups: [],
  }
}
