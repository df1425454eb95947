// What `/gong-digest` changes: an extra send, pause, resume, skip, delete, stop. Each answers with what comes next.

import { AskError } from '../../../errors.ts'
import { askButton } from '../../../render/ask-button.ts'
import type { Message } from '../../../render/message.ts'
import { oneSentenceMessage } from '../../../render/one-sentence-message.ts'
import { bold, line } from '../../../render/text/text.ts'
import { digestActions } from '../../../reports/digest-actions.ts'
import { titleOf } from '../../wording/digest-entry.ts'
import { dateInWords, runInWords } from '../../wording/runs.ts'
import { pick, untilIn, type Verb, whereOf } from './pick.ts'

export const send: Verb = async (which, ask, services) => {
  const entry = await pick('send', which.replace(/^now\b\s*/i, ''), ask, services)
  const { subscription } = entry
  const verdict = await services.digests.check(ask.viewer, subscription)
  if (!verdict.ok) throw new AskError(verdict.why, [{ label: 'Try again', command: '/gong-digest', text: `send ${subscription.id}` }])
  const readers = verdict.readers === 1 ? '1 person reads' : `${verdict.readers} people read`
  const question = `Send the ${titleOf(entry)} of the last full week now? ${readers} it.`
  return {
    summary: question,
    parts: [
      {
        type: 'text',
        line: line(
          bold(`Send ${titleOf(entry)} now?`),
          ' Last full week, to ',
          whereOf(entry, ask),
          `. ${readers} it. It is an extra one and says that you sent it; the planned one still comes.`,
        ),
      },
      {
        type: 'buttons',
        controls: [
          // The trigger of this question keys the delivery: pressing twice sends once.
          {
            type: 'button',
            label: 'Send it',
            actionId: digestActions.send,
            value: `${subscription.id} ${ask.triggerId}`,
            style: 'primary',
          },
          askButton('Preview', `/gong-digest preview ${subscription.id}`, 'preview'),
        ],
      },
    ],
  }
}

export const pause: Verb = async (which, ask, services) => {
  const { rest, until } = untilIn(which, await services.today())
  const { subscription } = await pick('pause', rest, ask, services, until === undefined ? '' : `until ${until}`)
  const entry = await services.digests.pause(ask.viewer, subscription.id, until)
  const next = entry.nextRun ? ` The next one: ${runInWords(entry.nextRun)}.` : ''
  return withButtons(until === undefined ? `Paused: ${titleOf(entry)}.` : `Paused until ${dateInWords(until)}: ${titleOf(entry)}.${next}`, [
    ['Resume', `resume ${subscription.id}`],
    ...(until === undefined ? ([['For 2 weeks only', `pause ${subscription.id} for 2 weeks`]] as const) : []),
  ])
}

export const resume: Verb = async (which, ask, services) => {
  const { subscription } = await pick('resume', which, ask, services)
  const entry = await services.digests.resume(ask.viewer, subscription.id)
  return withButtons(`Resumed: ${titleOf(entry)}.${entry.nextRun ? ` The next one: ${runInWords(entry.nextRun)}.` : ''}`, [
    ['Pause', `pause ${subscription.id}`],
  ])
}

export const skip: Verb = async (which, ask, services) => {
  const { subscription } = await pick('skip', which.replace(/^next\b\s*/i, ''), ask, services)
  const { entry, run } = await services.digests.skipNext(ask.viewer, subscription.id)
  return oneSentenceMessage(
    `Skipped: ${titleOf(entry)}, ${runInWords(run)}.${entry.nextRun ? ` The one after: ${runInWords(entry.nextRun)}.` : ''}`,
  )
}

export const remove: Verb = async (which, ask, services) => {
  const entry = await pick('delete', which, ask, services)
  return {
    summary: `Delete ${titleOf(entry)}? What was posted stays in Slack.`,
    parts: [
      { type: 'text', line: line(bold(`Delete ${titleOf(entry)}?`), ' What was posted stays in Slack. To stop it for a while, pause it.') },
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'Delete it', actionId: digestActions.remove, value: entry.subscription.id, style: 'danger' },
          askButton('Pause it', `/gong-digest pause ${entry.subscription.id}`, 'pause'),
        ],
      },
    ],
  }
}

export const stop: Verb = async (which, ask, services) => {
  const entry = await pick('stop', which, ask, services)
  await services.digests.stop(ask.viewer, entry.subscription.id)
  return oneSentenceMessage(
    entry.subscription.kind === 'reminder'
      ? 'Stopped. You will get no more coaching reminders. /gong-coaching remind on brings them back.'
      : `Stopped. You will get no more ${entry.subscription.kind} digests, even when somebody sets them up again. /gong-digest new brings them back.`,
  )
}

/** `choices`: the words on a button, and what it types after `/gong-digest`. */
const withButtons = (text: string, choices: readonly (readonly [label: string, asks: string])[]): Message =>
  oneSentenceMessage(
    text,
    choices.map(([label, asks], index) => askButton(label, `/gong-digest ${asks}`, `next-${index}`)),
  )
