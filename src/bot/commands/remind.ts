// `/gong-coaching remind`: turns the weekly reminder on or off, and adds its buttons below a manager's own coverage.

import type { ReminderState } from '../../coaching/service.ts'
import type { Control, Message } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { weekdayLong } from '../../render/text/dates.ts'
import { bold, line } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import { reminderActions } from '../../reports/reminder-facts.ts'
import type { Ask, BotServices } from '../command.ts'
import { recurrenceInWords, runInWords } from '../wording/runs.ts'
import type { Asked } from './asked-again.ts'
import type { Asker } from './question.ts'

const verbs = /^\s*(?:remind(?:er|ers| me)?)(?:\s+(on|off|weekly|stop|start))?\s*$/i

/** The answer when the text is about reminders, else undefined. @throws AskError for those who coach nobody. */
export async function remind(ask: Ask, services: BotServices): Promise<Message | undefined> {
  const said = verbs.exec(ask.text)
  if (!said) return undefined
  switch (said[1]?.toLowerCase()) {
    case 'on':
    case 'weekly':
    case 'start':
      return remindersOn(await services.coaching.turnOn(ask.viewer, ask.zone))
    case 'off':
    case 'stop':
      await services.coaching.turnOff(ask.viewer)
      return remindersOff
    default: {
      const state = await services.coaching.state(ask.viewer)
      if (state.on) return remindersOn(state)
      if (ask.viewer.isAdmin && (await services.coaching.coachees(ask.viewer)).length === 0) return goalAlone
      await services.coaching.mustCoach(ask.viewer)
      return offer
    }
  }
}

/** Below a manager's own coverage; none for other subjects. */
export async function reminderControls(
  { question: { command, subject }, ask: { viewer } }: Asked<Asker>,
  services: BotServices,
): Promise<readonly Control[]> {
  if (command !== '/gong-coaching' || subject.type !== 'team' || subject.managerId !== viewer.person?.id) return []
  const { on } = await services.coaching.state(viewer)
  return [on ? turnOff : turnOn, changeGoal]
}

const turnOn: Control = { type: 'button', label: 'Remind me weekly', actionId: `${reminderActions.answer}:on`, value: 'on' }
const turnOff: Control = { type: 'button', label: 'Turn off reminders', actionId: `${reminderActions.answer}:off`, value: 'off' }
const changeGoal: Control = { type: 'button', label: 'Change goal', actionId: reminderActions.goal }

/** What one gets from now on, and when. */
export function remindersOn({ nextRun, subscriptionId, comesWith }: ReminderState): Message {
  const when = nextRun ? `Every ${weekdayLong(nextRun.date, 'en-GB')} ${nextRun.time} (${nextRun.zone})` : 'Once a week'
  const next = nextRun ? ` The next one: ${runInWords(nextRun)}.` : ''
  const within = comesWith ? ` It comes in your digest of ${recurrenceInWords(comesWith)}, in one message.` : ''
  const words = `${when} I name two or three people to hear first, and why. One message a week at most, none when the goal is met; a day later while your Slack status says you are away.${next}${within}`
  return {
    summary: `Reminders are on. ${words}`,
    parts: [
      { type: 'text', line: line(bold('Reminders are on.'), ` ${words}`) },
      {
        type: 'buttons',
        controls: [
          changeGoal,
          ...(subscriptionId === undefined
            ? []
            : [{ type: 'button' as const, label: 'Change time', actionId: digestActions.edit, value: subscriptionId }]),
          turnOff,
        ],
      },
    ],
  }
}

const withTurnOn = (sentence: string): Message => oneSentenceMessage(sentence, [turnOn, changeGoal])

export const remindersOff = withTurnOn('Reminders are off. You get none, even when a programme is set up for your team.')

/** For an admin who coaches nobody. */
const goalAlone = oneSentenceMessage(
  'Reminders are for those who coach. How often they coach each person, the whole company, is yours to set.',
  [changeGoal],
)

const offer = withTurnOn('Reminders are off. Once a week at most, I can name two or three of your people to hear first, and why.')
