// The topmost modal of whoever one acts as, as a dialog: title, inputs with errors beside them, close and submit.
import { wordsOf } from '../../slack/view-state.ts'
import type { Seat, Stage } from '../stage.ts'
import { drawBlocks } from './blocks.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { appMark } from './people.ts'

export function modal(stage: Stage, seat: Seat): ReactNode {
  const { slack } = stage
  const view = slack.modal(seat.userId)
  if (!view) return null
  const depth = slack.workspace.modals.get(seat.userId)?.length ?? 1
  return h(
    'dialog',
    { id: 'modal', className: 'modal', 'aria-labelledby': 'modal-title', 'data-view': view.id, 'data-hash': view.hash },
    h(
      'form',
      { method: 'dialog', noValidate: true },
      h(
        'header',
        null,
        appMark(),
        h('h2', { id: 'modal-title' }, wordsOf(view.title)),
        h(
          'button',
          { type: 'button', className: 'quiet', 'data-close-modal': '', 'aria-label': depth > 1 ? 'Back' : 'Close' },
          icon('close'),
        ),
      ),
      h(
        'div',
        { className: 'modal-body', tabIndex: -1 },
        drawBlocks(view.blocks, { slack, userId: seat.userId, at: 'modal', values: view.values }, view.errors),
      ),
      h(
        'footer',
        null,
        h('button', { type: 'button', className: 'button', 'data-close-modal': '' }, wordsOf(view.close) || (depth > 1 ? 'Back' : 'Close')),
        view.submit && h('button', { type: 'submit', className: 'button primary' }, wordsOf(view.submit)),
      ),
    ),
  )
}
