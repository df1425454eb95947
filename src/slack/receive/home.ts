// The Home tab of one person, drawn when it is opened and after a press that changed what it shows.

import type { Message } from '../../render/message.ts'
import type { ReceiveDeps } from './receive-deps.ts'

export async function openHome(slackUserId: string, deps: ReceiveDeps): Promise<void> {
  const say = async (message: Message): Promise<void> => deps.views.publishWords(slackUserId, message)
  await deps.guard({ name: 'home', slackUserId }, say, () => drawHome(slackUserId, deps))
}

export async function drawHome(slackUserId: string, { viewers, views, home, services, clock }: ReceiveDeps): Promise<void> {
  const { viewer, locale, zone } = await viewers.readerOf(slackUserId)
  await views.publishHome(slackUserId, home, viewer, services, { now: clock.now(), locale, zone })
}
