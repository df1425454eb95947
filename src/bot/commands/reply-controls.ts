// The buttons under a report command's reply. Each carries a command text, so that a press is checked like typing.
import { type LocalDate, samePeriod, type Weekday, weekBefore, weekOf } from '../../domain/period.ts'
import { askActionId, askButton } from '../../render/ask-button.ts'
import type { Control } from '../../render/message.ts'
import { periodAsTyped } from '../words/period.ts'
import type { Question } from './question.ts'
import { retype } from './retype.ts'

/** Where there is too little to speak of: [Last week], unless it is what was asked for. */
export const lastFullWeek = (question: Question, today: LocalDate, weekStart: Weekday): readonly Control[] =>
  samePeriod(question.period, weekBefore(today, weekStart)) ? [] : [askButton('Last week', retype(question, 'last week'), 'last-week')]

interface Offering {
  readonly hasDetails: boolean
  /** What has no complete day yet: today is its first. */
  readonly begins: readonly string[]
}

export function controlsFor(
  question: Question,
  channelId: string | undefined,
  goesTo: 'reply' | 'messages',
  has: Offering,
): readonly Control[] {
  const current = retype(question, periodAsTyped(question.period))
  return [
    periodControl(question, has.begins),
    ...(has.hasDetails ? [askButton('Details', `${current} details`, 'details')] : []),
    ...(question.subject.type !== 'person' && /^[CG]/.test(channelId ?? '') && question.command !== '/gong-coaching'
      ? [{ type: 'button' as const, label: 'Share here', actionId: 'share', value: current }]
      : []),
    ...(question.command !== '/gong-coaching' ? [{ type: 'button' as const, label: 'CSV', actionId: 'csv', value: current }] : []),
    ...(goesTo === 'reply'
      ? [
          {
            type: 'button' as const,
            label: 'Send to my messages',
            actionId: 'send-to-me',
            value: question.wantsDetails ? `${current} details` : current,
          },
        ]
      : []),
  ]
}

/** Periods offered for a change, as one would type them. */
const offered = ['last week', 'this week', 'last 30 days', 'this month', 'last month', 'last quarter'] as const
/** Without names only whole weeks and months that have ended are shown. */
const offeredWithoutNames = ['last week', '2 weeks ago', '3 weeks ago', 'last month', 'last quarter'] as const

/** Slack's limit for an option's value, to be safe. */
const longestOption = 75

/** `this week` on its first day, `this month` on its first. */
export const beginning = (today: LocalDate, weekStart: Weekday): readonly string[] => [
  ...(weekOf(today, weekStart).from === today ? ['this week'] : []),
  ...(today.endsWith('-01') ? ['this month'] : []),
]

function periodControl(question: Question, begins: readonly string[]): Control {
  const periods = (question.detail === 'medians' ? offeredWithoutNames : offered).filter((period) => !begins.includes(period))
  const options = periods.map((period) => ({ label: `${period[0]?.toUpperCase()}${period.slice(1)}`, value: retype(question, period) }))
  if (options.every(({ value }) => value.length <= longestOption)) {
    return { type: 'select', placeholder: 'Change period', actionId: askActionId('period'), options }
  }
  return askButton('Last month', retype(question, 'last month'), 'period')
}
