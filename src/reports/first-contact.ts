// The first direct message an admin gets: what the bot found and what to do next. Counts only, no figures and no names.

import type { Message } from '../render/message.ts'
import { bold, line } from '../render/text/text.ts'
import { digestActions } from './digest-actions.ts'

/** Action id of *Preview a team digest to me*. */
export const previewTeamAction = 'first-contact:preview'

export interface FirstContact {
  readonly people: number
  readonly teams: number
  /** Active people without a Slack user. */
  readonly unmatched: number
  readonly periodsReady: number
  readonly periodsWanted: number
  /** Until everything wanted is read; missing when nothing is left. */
  readonly secondsLeft?: number | undefined
}

export function firstContactMessage(found: FirstContact): Message {
  const { people, teams, unmatched, periodsReady, periodsWanted, secondsLeft } = found
  const left = secondsLeft === undefined ? 'all read' : `the rest in about ${duration(secondsLeft)}`
  const connected = `Connected to Gong: ${counted(people, 'person', 'people')} in ${counted(teams, 'team', 'teams')}.`
  return {
    summary: `${connected} ${periodsReady} of ${periodsWanted} periods ready.`,
    parts: [
      { type: 'text', line: line(bold(connected)) },
      {
        type: 'text',
        line: line(
          unmatched === 0
            ? 'Everybody has a Slack user.'
            : `${unmatched} of them ${unmatched === 1 ? 'has' : 'have'} no Slack user with the same e-mail and ${unmatched === 1 ? 'gets' : 'get'} nothing until linked.`,
        ),
      },
      { type: 'text', line: line(`${periodsReady} of ${periodsWanted} periods are ready, ${left}. You can ask meanwhile.`) },
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'Preview a team digest to me', actionId: previewTeamAction, style: 'primary' },
          ...(unmatched > 0 ? [{ type: 'button' as const, label: 'Fix people', actionId: 'link' }] : []),
          { type: 'button', label: 'Start a pilot', actionId: digestActions.programme },
        ],
      },
      {
        type: 'note',
        line: line('You get this once, because you administer the bot. Nothing is posted anywhere until somebody sets it up.'),
      },
    ],
  }
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const duration = (seconds: number): string => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`)
