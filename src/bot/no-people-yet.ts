// What is answered while nobody of Gong's is known: the first reading is under way, or the key may not read the list of people. Without it
// "Nobody is in this team" would be a lie.
import type { Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import { askButton } from '../render/ask-button.ts'
import type { Message } from '../render/message.ts'
import { oneSentenceMessage } from '../render/one-sentence-message.ts'
import type { BotServices } from './command.ts'

/** Undefined as soon as somebody is known. `again`: what was asked, for *Try again*. */
export async function noPeopleYet(
  viewer: Pick<Viewer, 'isAdmin'>,
  chart: OrgChart,
  services: { readonly admin: Pick<BotServices['admin'], 'firstReading'> },
  again?: string,
): Promise<Message | undefined> {
  if (chart.people.size > 0) return undefined
  const { refused, failed, secondsLeft } = await services.admin.firstReading()
  const controls = again === undefined ? [] : [askButton('Try again', again, 0)]
  if (refused !== undefined)
    return oneSentenceMessage(
      viewer.isAdmin
        ? refused
        : "I may not read Gong's list of people, so I do not know who you are there. The bot's admins have been notified: they can grant api:users:read or give me a file.",
      controls,
    )
  if (failed !== undefined)
    return oneSentenceMessage(`I have not read Gong's list of people yet. ${viewer.isAdmin ? failed : 'The bot keeps trying.'}`, controls)
  const wait = secondsLeft === undefined || secondsLeft < 60 ? 'about a minute' : `about ${Math.ceil(secondsLeft / 60)} minutes`
  return oneSentenceMessage(
    `I am reading Gong for the first time: people first, then last week. Everything takes ${wait}; your figures come sooner.`,
    controls,
  )
}
