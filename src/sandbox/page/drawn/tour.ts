// What this is, in two lines, and three cards that lead through it; which are done is remembered by the browser. They can be put away.
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'

const cards = [
  {
    step: 1,
    id: 'type',
    before: 'Type ',
    code: '/gong-stats',
    about: 'Your team, privately: what changed, whom to look at.',
    action: 'Type it for me',
  },
  {
    step: 2,
    id: 'details',
    before: 'Press ',
    code: 'Details',
    about: 'Every figure with its period, calls and definition.',
    action: undefined,
  },
  {
    step: 3,
    id: 'monday',
    before: 'Move the clock to ',
    code: 'Monday 09:00',
    about: 'The next week arrives, here and in your channel. Once.',
    action: 'Move it',
  },
] as const

export const tour = (): ReactNode =>
  h(
    'section',
    { className: 'tour', 'aria-label': 'Tour' },
    h(
      'p',
      { className: 'what' },
      h('b', null, 'Gong Digest brings the week of every sales team into Slack: what changed, whom to look at, what to press.'),
      h('br', null),
      'Everybody here is invented; the app is the real one. Read Monday’s message, then try these three. ',
      h('a', { href: '/connect' }, 'Connect a real Slack and a real Gong'),
    ),
    h(
      'ol',
      null,
      cards.map(({ step, id, before, code, about, action }) =>
        h(
          'li',
          { key: id, 'data-card': id },
          h('span', { className: 'step', 'aria-hidden': 'true' }, String(step)),
          h('div', null, h('h2', null, before, h('code', null, code)), h('p', null, about)),
          action !== undefined && h('button', { type: 'button', className: 'button', 'data-tour': id }, action),
        ),
      ),
    ),
    h('button', { type: 'button', className: 'quiet', 'data-close-tour': '', 'aria-label': 'Put the tour away' }, icon('close')),
  )
