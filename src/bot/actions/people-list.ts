// [Use it] [Keep the old one]: an admin decides whether a list of people that shrank beyond belief takes the place of the last one.

import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { keepListAction, useListAction } from '../../reports/wording/people-list.ts'
import type { Action, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { requireAdmin } from './link.ts'

async function decide(press: Press, services: BotServices, decision: 'use' | 'keep') {
  requireAdmin(press)
  const isOpen = await services.admin.answerShrunkList(decision, press.viewer.slackUserId)
  if (press.from === 'home') return { type: 'done' as const, home: true }
  const words = !isOpen
    ? "Gong's list of people is whole again; nothing to decide."
    : decision === 'use'
      ? "The next refresh takes Gong's list as it is, within the hour."
      : 'The old list of people stays. I ask again when the list changes.'
  return { type: 'reply' as const, message: oneSentenceMessage(words) }
}

export const usePeopleList: Action = { id: useListAction, handle: (press, services) => decide(press, services, 'use') }

export const keepPeopleList: Action = { id: keepListAction, handle: (press, services) => decide(press, services, 'keep') }
