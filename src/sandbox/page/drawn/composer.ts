// Where one types: slash commands are offered with hint and description from manifest.yml, people after `@`. A thread has a field of its
// own, without commands: Slack takes none there.
import type { SimulatedChannel } from '../../slack/workspace.ts'
import type { Seat, Stage } from '../stage.ts'
import { data, h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { channelName } from './people.ts'

/** `threadTs`: the field answers in that thread. */
export function composer(stage: Stage, seat: Seat, channel: SimulatedChannel, threadTs = ''): ReactNode {
  const { slack } = stage
  if (channel.isArchived) return h('p', { className: 'composer-closed' }, 'This channel is archived: nobody can write here.')
  const inThread = threadTs !== ''
  const id = inThread ? 'reply' : 'composer'
  const listId = inThread ? 'reply-people' : 'commands'
  const commands = inThread
    ? []
    : slack.manifest.commands.map(({ command, usageHint, description }) => ({ command, usageHint, description }))
  const people = [...slack.workspace.users.values()].filter(({ isBot, deleted }) => !isBot && !deleted).map(({ realName }) => realName)
  const name = channelName(channel, slack)
  const label = inThread ? 'Reply' : `Message ${channel.imWith ? name : `#${name}`}`
  return h(
    'form',
    {
      className: 'composer',
      'data-reply-to': threadTs,
      ...data('commands', commands),
      ...data('people', people),
      ...data('channel', channel.id),
    },
    h('ul', { id: listId, role: 'listbox', 'aria-label': 'Suggestions', hidden: true }),
    h(
      'div',
      { className: 'composer-row' },
      h('input', {
        id,
        name: 'text',
        type: 'text',
        autoComplete: 'off',
        role: 'combobox',
        'aria-expanded': 'false',
        'aria-autocomplete': 'list',
        'aria-controls': listId,
        'aria-label': inThread ? 'Reply in the thread' : label,
        placeholder: inThread ? 'Reply…' : `${label} — type / for commands`,
        'data-seat': `${seat.userId} ${threadTs}`,
      }),
      h('button', { type: 'submit', className: 'send', 'aria-label': inThread ? 'Send the reply' : 'Send' }, icon('send')),
    ),
    h('p', { className: 'composer-error', role: 'alert', hidden: true }),
  )
}
