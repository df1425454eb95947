// The conversation with Slackbot: what was asked, which tool answered, its blocks, and, folded away, the text a language model would say
// again.
import type { Seat, SlackbotEntry, Stage } from '../stage.ts'
import { drawBlocks } from './blocks.ts'
import { data, h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { avatar, nameOf } from './people.ts'
import { instantOf, timeOf } from './times.ts'

/** As the seat names it. */
export const slackbotId = 'slackbot'

export const slackbotMark = (): ReactNode => h('span', { className: 'avatar slackbot', 'aria-hidden': 'true' }, icon('slackbot'))

export function slackbotConversation(stage: Stage, seat: Seat, zone: string): ReactNode {
  const { slackbot } = stage
  const entries = slackbot.entries(seat.userId)
  return h(
    'section',
    { className: 'conversation', 'aria-label': 'Slackbot, direct messages' },
    h(
      'header',
      { className: 'conversation-head' },
      h('h1', null, slackbotMark(), 'Slackbot'),
      h('p', null, `Calls the tools of ${nameOf(stage.slack.botUserId, stage.slack)} as you`),
    ),
    h(
      'div',
      { className: 'messages', role: 'log', 'aria-label': 'Messages in Slackbot', tabIndex: 0 },
      entries.length === 0 &&
        h(
          'div',
          { className: 'empty' },
          'A language model picks a tool from your words. Here is none, so pick a question:',
          h(
            'ul',
            { className: 'questions' },
            slackbot.questions.map((words) =>
              h('li', { key: words }, h('button', { type: 'button', className: 'button', 'data-say': words }, words)),
            ),
          ),
        ),
      entries.map((entry) => drawEntry(entry, stage, seat, zone)),
    ),
    h(
      'form',
      { className: 'composer', 'data-reply-to': '', ...data('commands', []), ...data('people', []), ...data('channel', slackbotId) },
      h('ul', { id: 'commands', role: 'listbox', 'aria-label': 'Suggestions', hidden: true }),
      h(
        'div',
        { className: 'composer-row' },
        h('input', {
          id: 'composer',
          name: 'text',
          type: 'text',
          list: 'questions',
          autoComplete: 'off',
          'aria-label': 'Ask Slackbot',
          placeholder: 'Ask Slackbot — one of the questions',
          'data-seat': `${seat.userId} slackbot`,
        }),
        h(
          'datalist',
          { id: 'questions' },
          slackbot.questions.map((words) => h('option', { key: words, value: words })),
        ),
        h('button', { type: 'submit', className: 'send', 'aria-label': 'Send' }, icon('send')),
      ),
      h('p', { className: 'composer-error', role: 'alert', hidden: true }),
    ),
  )
}

function drawEntry(entry: SlackbotEntry, stage: Stage, seat: Seat, zone: string): ReactNode {
  const { slack } = stage
  const at = instantOf(entry.ts)
  const time = h('time', { dateTime: at.toISOString() }, timeOf(at, zone))
  return [
    h(
      'article',
      { key: `q-${entry.ts}`, id: `q-${entry.ts}`, className: 'message' },
      avatar(seat.userId, slack),
      h(
        'div',
        { className: 'message-body' },
        h('header', null, h('b', null, nameOf(seat.userId, slack)), time),
        h('div', { className: 'block' }, entry.question),
      ),
    ),
    h(
      'article',
      { key: entry.ts, id: `m-${entry.ts}`, className: 'message', 'data-ts': entry.ts },
      slackbotMark(),
      h(
        'div',
        { className: 'message-body' },
        h(
          'header',
          null,
          h('b', null, 'Slackbot'),
          entry.tool !== undefined && h('span', { className: 'badge' }, `used ${entry.tool}`),
          time,
        ),
        drawBlocks(entry.blocks, { slack, userId: seat.userId, at: { channelId: slackbotId, ts: entry.ts } }),
        entry.problems.length > 0 && h('p', { className: 'unknown' }, `Slackbot dropped the blocks: ${entry.problems.join('; ')}`),
        entry.tool !== undefined &&
          h(
            'details',
            { className: 'model-text' },
            h('summary', null, 'The text a language model is given'),
            h('pre', { tabIndex: 0 }, entry.text),
          ),
      ),
    ),
  ]
}
