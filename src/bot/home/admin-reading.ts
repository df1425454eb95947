// Home for admins: how fetching from Gong goes, what it costs, and what went wrong, with Gong's own request ids.

import type { Part } from '../../render/message.ts'
import { bold, code, line } from '../../render/text/text.ts'
import { clearPauseCommand, pauseWords } from '../../reports/wording/gong-pause.ts'
import { listControls } from '../../reports/wording/people-list.ts'
import type { HomeSection } from '../action.ts'

const problemsAtMost = 5
/** A shorter pause is waited out by the requests themselves. */
const worthSayingMs = 60_000

export const readingState: HomeSection = {
  id: 'reading',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const [{ windowsReady, windowsWanted, secondsLeft, readAt, onlyPeople, now, problems }, budget] = await Promise.all([
      services.admin.reading(),
      services.admin.budget(),
    ])
    const when = new Intl.DateTimeFormat(at.locale, { timeZone: at.zone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
    const number = new Intl.NumberFormat(at.locale)
    const left = windowsWanted - windowsReady
    const wait =
      secondsLeft === undefined ? '' : ` (about ${secondsLeft < 90 ? `${Math.ceil(secondsLeft)} s` : `${Math.ceil(secondsLeft / 60)} min`})`
    return [
      { type: 'heading', text: 'Reading Gong' },
      {
        type: 'text',
        line: line(
          `${windowsReady} of ${windowsWanted} periods ready${left > 0 ? `, ${left} to go${wait}` : ''}. `,
          readAt ? `Last read ${when.format(readAt)}. ` : 'Nothing was read yet. ',
          `${number.format(budget.used)} of today's ${number.format(budget.perDay)} requests used, at most ${budget.perSecond} a second.`,
        ),
      },
      ...(budget.pause === undefined || budget.pause.leftMs < worthSayingMs
        ? []
        : [
            {
              type: 'text' as const,
              line: line(bold(pauseWords(budget.pause)), ' Whoever runs the bot can end the wait: ', code(clearPauseCommand)),
            },
          ]),
      ...(now === undefined ? [] : [{ type: 'text' as const, line: line(`Being read now: ${now}.`) }]),
      ...(onlyPeople === undefined
        ? []
        : [
            {
              type: 'text' as const,
              line: line(
                `Every programme is a pilot: figures of its ${number.format(onlyPeople)} people are read, anybody else's only when they are asked for.`,
              ),
            },
          ]),
      ...problems.slice(0, problemsAtMost).map(
        ({ at: since, endpoint, words, requestId }): Part => ({
          type: 'text',
          line: line(`${when.format(since)} · ${endpoint} · ${words}${requestId === undefined ? '' : ` · request ${requestId}`}`),
        }),
      ),
      ...(problems.some(({ asks }) => asks === 'shrunk-list') ? [{ type: 'buttons' as const, controls: listControls }] : []),
    ]
  },
}
