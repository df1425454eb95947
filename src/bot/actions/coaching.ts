// The buttons of coaching reminders and the goal modal. Values name items and messages; the coaching service checks at every press
// whether they are the presser's.

import { localDateOf } from '../../domain/period.ts'
import { AskError } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import type { InputPart, Modal } from '../../render/modal.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { dateShort } from '../../render/text/dates.ts'
import { line } from '../../render/text/text.ts'
import { type GoalInForce, type ReminderAnswer, reminderActions, reminderAnswers } from '../../reports/reminder-facts.ts'
import type { Action, Outcome, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { remindersOff, remindersOn } from '../commands/remind.ts'
import { one } from './link.ts'

/** *Done*, *Snooze*, *Not mine*, *Undo*, *Turn off*, *Turn on again*. */
export const reminderButtons: Action = {
  id: reminderActions.answer,
  async handle(press, services) {
    const [verb = '', id = ''] = (press.value ?? '').split(' ')
    if (verb === 'off' || verb === 'on') return switched(verb, id, press, services)
    const answer = reminderAnswers.find((known) => known === verb)
    if (answer === undefined) throw new AskError('This button belongs to an older message and does nothing any more.')
    return answered(answer, id, press, services)
  },
}

async function answered(answer: ReminderAnswer, itemId: string, press: Press, services: BotServices): Promise<Outcome> {
  const message = await services.coaching.answer(press.viewer, itemId, answer)
  if (press.from === 'message' && message) return { type: 'replace', message }
  await services.coaching.show(itemId)
  return press.from === 'home' ? { type: 'done', home: true } : { type: 'reply', message: oneSentenceMessage('Noted.') }
}

async function switched(verb: 'off' | 'on', deliveryId: string, press: Press, services: BotServices): Promise<Outcome> {
  const { viewer, zone } = press
  const reply = verb === 'on' ? remindersOn(await services.coaching.turnOn(viewer, zone)) : remindersOff
  if (verb === 'off') await services.coaching.turnOff(viewer)
  const message = deliveryId === '' ? undefined : await services.coaching.message(viewer, deliveryId)
  return message && press.from === 'message' && !press.inPrivateReply ? { type: 'replace', message } : { type: 'reply', message: reply }
}

const weeksInput = `${reminderActions.goalForm}:weeks`
const scopeInput = `${reminderActions.goalForm}:scope`
const choices = [1, 2, 3, 4, 6, 8] as const

/** *Change goal*. */
export const openGoal: Action = {
  id: reminderActions.goal,
  opensModal: true,
  async handle(press, services) {
    const { coaching } = services
    const { viewer } = press
    if (!viewer.isAdmin) await coaching.mustCoach(viewer)
    const [own, company, coachees] = await Promise.all([coaching.goal(viewer), coaching.companyGoal(viewer), coaching.coachees(viewer)])
    return {
      type: 'modal',
      modal: goalModal(
        own,
        company,
        { coaches: coachees.length > 0, isAdmin: viewer.isAdmin },
        { locale: press.locale, zone: services.settings.zone },
      ),
    }
  },
}

function goalModal(
  own: GoalInForce,
  company: GoalInForce,
  may: { readonly coaches: boolean; readonly isAdmin: boolean },
  days: Days,
): Modal {
  const inForce = may.coaches ? own : company
  const weeks: InputPart = {
    type: 'input',
    id: weeksInput,
    label: 'One scored or coached call per person',
    element: {
      type: 'select',
      choices: choices.map((every) => ({ label: every === 1 ? 'every week' : `every ${every} weeks`, value: String(every) })),
      initial: String(choices.find((every) => every === inForce.goal.everyWeeks) ?? 2),
    },
  }
  const scope: InputPart = {
    type: 'input',
    id: scopeInput,
    label: 'For whom',
    element: {
      type: 'radio',
      choices: [
        ...(may.coaches ? [{ label: 'For me and my people', value: 'mine' }] : []),
        { label: 'For the whole company', value: 'company', description: 'For everybody who has set no goal of their own' },
      ],
      initial: may.coaches ? 'mine' : 'company',
    },
  }
  return {
    callbackId: reminderActions.goalForm,
    title: 'Coaching goal',
    submit: 'Save',
    close: 'Cancel',
    parts: [
      {
        type: 'text',
        line: line('Counts a scorecard you fill, and what Gong says of listening and comments where it says for whom.'),
      },
      weeks,
      ...(may.isAdmin ? [scope] : []),
      {
        type: 'note',
        line: line(`Now: ${inWords(inForce, days)}.${may.coaches ? ` The company's: ${inWords(company, days)}.` : ''}`),
      },
    ],
  }
}

/** How a day is written: it is the company's, wherever the reader is. */
type Days = { readonly locale: string; readonly zone: string }

const inWords = ({ goal, setBy }: GoalInForce, { locale, zone }: Days): string => {
  const often = goal.everyWeeks === 1 ? 'every week' : `every ${goal.everyWeeks} weeks`
  if (setBy === undefined || !goal.setAt) return `${often}, the default`
  return `${often}, set by ${setBy}${goal.managerId === undefined ? ' for the company' : ''} on ${dateShort(localDateOf(goal.setAt, zone), locale)}`
}

export const saveGoal: Action = {
  id: reminderActions.goalForm,
  async handle(press, services) {
    if (press.from !== 'submission') return { type: 'done' }
    const everyWeeks = choices.find((every) => String(every) === one(press.inputs[weeksInput]))
    if (everyWeeks === undefined) return { type: 'errors', errors: { [weeksInput]: 'Choose how often.' } }
    const coachees = await services.coaching.coachees(press.viewer)
    const scope = one(press.inputs[scopeInput]) === 'company' || coachees.length === 0 ? 'company' : 'mine'
    const set = await services.coaching.setGoal(press.viewer, everyWeeks, scope)
    return { type: 'reply', message: saved(set, { locale: press.locale, zone: services.settings.zone }) }
  },
}

const saved = (set: GoalInForce, days: Days): Message =>
  oneSentenceMessage(`The goal is one scored or coached call per person ${inWords(set, days)}. It holds from the next reminder on.`)
