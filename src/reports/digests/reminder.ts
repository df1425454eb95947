// The coaching reminder as a message of its own: the rows, the goal they are held against, and the way to change or end it. Built for the
// coach alone. What it names is handed back to be stored.

import type { Message, Part } from '../../render/message.ts'
import { capital, sentence } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import type { BuiltDigest, DigestRequest } from '../digest.ts'
import type { ReportContext } from '../section.ts'
import { oldPeopleWords } from '../wording/data-read.ts'
import { scalesOfLowest, withoutScaleWords } from '../wording/scale.ts'
import { reminderRows, standingControls } from './reminder-rows.ts'
import { basisWords, goalWords } from './reminder-words.ts'

/** @throws Error when the request carries no reminder: a reminder is built by the schedule for one coach. */
export async function buildReminder(request: DigestRequest, given: ReportContext): Promise<BuiltDigest> {
  const mentions = new Set<string>(request.mentions)
  const context = { ...given, mentions }
  const { reminder, deliveryId } = request
  const { head, headPart, rows, reasons, opens, shows, named, report } = await reminderRows(request, context, { inDigest: false })
  if (!reminder) throw new Error('a reminder needs what was named before')
  const { setBySlackId } = reminder.goal.goal
  if (setBySlackId !== undefined) mentions.add(setBySlackId)
  const goal = goalWords(reminder.goal, report.basis, context.locale, report.state.zone)
  const scales = withoutScaleWords(scalesOfLowest(named))
  const message: Message = {
    head,
    // The first line as it stands in the message, so that nobody hears it twice.
    summary: [headPart.line.plain, ...reasons].join(' '),
    parts: [
      headPart,
      ...rows,
      ...introduction(request),
      { type: 'text', line: line(`${goal} Closes itself when Gong shows ${report.basis === 'scorecards' ? 'the card' : 'it'}.`) },
      ...(deliveryId === undefined ? [] : [{ type: 'buttons' as const, controls: standingControls(true, deliveryId) }]),
      {
        type: 'note',
        line: line(
          [`${basisWords(report)}${scales && ` ${scales}`}`, ...request.remarks.map((remark) => sentence(capital(remark)))].join(' '),
          oldPeopleWords(report.state, context),
        ),
      },
    ],
  }
  return { message, isEmpty: rows.length === 0, shows, mentions: [...mentions], figures: {}, opens }
}

const introduction = ({ introduction: first }: DigestRequest): readonly Part[] =>
  first
    ? [
        {
          type: 'text',
          line: line(
            bold('First time?'),
            ` ${first.switchedOnBy} switched this on for ${first.org}. Only you get it, once a week at most; [Turn off] ends it for good.`,
          ),
        },
      ]
    : []
