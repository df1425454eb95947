// Who one is and what time it is: the two things a visitor may change that no real Slack lets them. Beside them what is the demo's own: the
// way to a real one, a new beginning, dark or light, backstage.
import type { Seat, Stage } from '../stage.ts'
import { zoneOf } from './conversation.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { nameOf } from './people.ts'
import { momentOf } from './times.ts'

export function topBar(stage: Stage, seat: Seat): ReactNode {
  const zone = zoneOf(seat.userId, stage)
  const moving = stage.moving()
  return h(
    'header',
    { className: 'top-bar' },
    h('button', { type: 'button', className: 'quiet only-phone', 'data-toggle': 'sidebar', 'aria-label': 'Conversations' }, icon('menu')),
    h(
      'label',
      { className: 'act-as' },
      h('span', null, 'Act as'),
      h(
        'select',
        { id: 'act-as', defaultValue: seat.userId },
        stage.personas.map(({ userId, role }) => h('option', { key: userId, value: userId }, `${role} — ${nameOf(userId, stage.slack)}`)),
        !stage.personas.some(({ userId }) => userId === seat.userId) &&
          h('option', { value: seat.userId }, nameOf(seat.userId, stage.slack)),
      ),
    ),
    h(
      'div',
      { className: 'clock', role: 'group', 'aria-label': 'Clock' },
      icon('clock'),
      h('time', { id: 'clock', dateTime: stage.now().toISOString(), title: zone }, momentOf(stage.now(), zone)),
      moving
        ? h('span', { className: 'moving', role: 'status' }, `moving to ${momentOf(moving.to, zone)} …`)
        : h(
            'span',
            { className: 'jumps' },
            stage
              .jumps()
              .map(({ id, label, to }) =>
                h(
                  'button',
                  { type: 'button', key: id, 'data-jump': to.toISOString(), 'data-jump-id': id, title: momentOf(to, zone) },
                  label,
                ),
              ),
          ),
    ),
    h(
      'a',
      { className: 'quiet top-act', href: '/connect', title: 'Connect a real Slack and a real Gong' },
      icon('plug'),
      h('span', null, 'Connect yours'),
    ),
    h(
      'button',
      { type: 'button', className: 'quiet top-act', 'data-reset': '', title: 'Back to Tuesday morning, as if nothing had happened' },
      icon('again'),
      h('span', null, 'Reset'),
    ),
    h(
      'button',
      { type: 'button', className: 'quiet top-act', 'data-theme-switch': '', title: 'Dark or light' },
      icon('half'),
      h('span', { className: 'unseen' }, 'Dark or light'),
    ),
    h(
      'button',
      { type: 'button', className: 'quiet top-act backstage-toggle', 'data-toggle': 'backstage', 'aria-expanded': 'false' },
      icon('tools'),
      h('span', null, 'Backstage'),
    ),
  )
}
