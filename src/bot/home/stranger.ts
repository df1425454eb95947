// Home for somebody without figures (a guest, a person of another company, a member Gong does not know): says why, and what helps.
import { viewedOrgs } from '../../domain/policy.ts'
import { askButton } from '../../render/ask-button.ts'
import { bold, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import { unmatched } from '../commands/refuse.ts'
import { noPeopleYet } from '../no-people-yet.ts'
import { strangerSentence } from '../strangers.ts'

export const stranger: HomeSection = {
  id: 'stranger',
  async write(viewer, services) {
    const sentence = strangerSentence(viewer.standing)
    if (sentence !== undefined) return [{ type: 'text', line: line(sentence) }]
    if (viewer.person?.active) return undefined
    // An admin needs no figures of their own to look after the bot.
    if (viewer.isAdmin && !viewer.person) return undefined
    const [orgOf] = viewer.person ? [] : viewedOrgs(viewer, await services.today())
    if (orgOf !== undefined) {
      const name = (await services.chart()).people.get(orgOf)?.name ?? 'somebody who left'
      return [
        { type: 'text', line: line('You can see ', bold(name), ' and everybody below by name: an admin gave you that role.') },
        { type: 'buttons', controls: [askButton('Show them', '/gong-stats', 'viewed-org')] },
      ]
    }
    const unread = await noPeopleYet(viewer, await services.chart(), services)
    return (unread ?? unmatched({ viewer })).parts
  },
}
