// Where one types: slash commands are offered with hint and description from manifest.yml, people after `@`.
import type { SimulatedChannel } from '../../slack/workspace.ts'
import type { Seat, Stage } from '../stage.ts'
import { data, h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { channelName } from './people.ts'

export function composer(stage: Stage, seat: Seat, channel: SimulatedChannel): ReactNode {
  const { slack } = stage
  if (channel.isArchived) return h('p', { className: 'composer-closed' }, 'This channel is archived: nobody can write here.')
  const commands = slack.manifest.commands.map(({ command, usageHint, description }) => ({ command, usageHint, description }))
  const people = [...slack.workspace.users.values()].filter(({ isBot, deleted }) => !isBot && !deleted).map(({ realName }) => realName)
  const name = channelName(channel, slack)
  return h(
    'form',
    { className: 'composer', ...data('commands', commands), ...data('people', people), ...data('channel', channel.id) },
    h('ul', { id: 'commands', role: 'listbox', 'aria-label': 'Suggestions', hidden: true }),
    h(
      'div',
      { className: 'composer-row' },
      h('input', {
        id: 'composer',
        name: 'text',
        type: 'text',
        autoComplete: 'off',
        role: 'combobox',
        'aria-expanded': 'false',
        'aria-autocomplete': 'list',
        'aria-controls': 'commands',
        'aria-label': `Message ${channel.imWith ? name : `#${name}`}`,
        placeholder: `Message ${channel.imWith ? name : `#${name}`} — type / for commands`,
        'data-seat': seat.userId,
      }),
      h('button', { type: 'submit', className: 'send', 'aria-label': 'Send' }, icon('send')),
    ),
    h('p', { className: 'composer-error', role: 'alert', hidden: true }),
  )
}
