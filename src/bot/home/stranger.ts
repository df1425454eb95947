// Home for somebody without figures (a guest, a person of another company, a member Gong does not know): says why, and what helps.
import { line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import { unmatched } from '../commands/refuse.ts'
import { strangerSentence } from '../strangers.ts'

export const stranger: HomeSection = {
  id: 'stranger',
  async write(viewer) {
    const sentence = strangerSentence(viewer.standing)
    if (sentence !== undefined) return [{ type: 'text', line: line(sentence) }]
    if (viewer.person?.active) return undefined
    // An admin needs no figures of their own to look after the bot.
    if (viewer.isAdmin && !viewer.person) return undefined
    return unmatched({ viewer }).parts
  },
}
