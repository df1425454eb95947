// The message after a schedule is saved: where the digest goes, when, and the next steps as buttons.

import type { ChangedDigest } from '../../digests/service.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Message } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import { titleOf } from '../wording/digest-entry.ts'
import { recurrenceInWords, runInWords } from '../wording/runs.ts'

export function savedMessage(entry: ChangedDigest, isNew: boolean, channelName: string | undefined): Message {
  const { subscription, nextRun } = entry
  const where = channelName === undefined ? 'by direct message' : `in #${channelName}`
  const isPaused = subscription.status === 'paused'
  const next = nextRun ? ` The next one: ${runInWords(nextRun)}.` : isPaused ? ' It is still paused.' : ''
  const now = entry.goesOutNow ? ' The one that was due a moment ago goes out now, as saved.' : ''
  const text = `${titleOf(entry)}, ${recurrenceInWords(subscription.recurrence)}, ${where}.${now}${next}`
  return {
    summary: `${isNew ? 'Set up' : 'Changed'}: ${text}`,
    parts: [
      { type: 'text', line: line(bold(isNew ? 'Set up.' : 'Changed.'), ' ', text) },
      {
        type: 'buttons',
        controls: [
          ...(isPaused ? [askButton('Resume', `/gong-digest resume ${subscription.id}`, 'resume')] : []),
          askButton('Preview', `/gong-digest preview ${subscription.id}`, 'preview'),
          askButton('Send one now', `/gong-digest send ${subscription.id}`, 'send'),
        ],
      },
    ],
  }
}
