// `/gong-digest`: what I receive and send, and everything one can do to a digest. Buttons and menus re-ask these texts; the digest
// service checks the ids in them against the asker.
import type { Command } from '../command.ts'
import { pause, remove, resume, send, skip, stop } from './digest/changes.ts'
import type { Verb } from './digest/pick.ts'
import { create, history, overview, preview, programmes } from './digest/views.ts'
import { helpOf, isHelp } from './help.ts'

export const digest: Command = {
  name: '/gong-digest',
  description: 'Weekly digests: what you receive and send, new ones, pause, preview',
  usageHint: '[new | preview | send now | pause until 2026-12-24 | skip next | history | programmes]',
  examples: [
    { text: '', does: 'what you receive and send' },
    { text: 'new', does: 'set one up' },
    { text: 'preview', does: 'see the next one now, privately' },
    { text: 'send now', does: 'send an extra one; you confirm where' },
    { text: 'pause until 2026-12-31', does: 'no digest before that day' },
    { text: 'skip next', does: 'leave out the next one' },
    { text: 'history', does: 'what was sent, skipped or held back, and why' },
    { text: 'programmes', does: 'digests for every team, manager or rep of an organization' },
  ],
  async answer(ask, services, say) {
    if (isHelp(ask.text)) return helpOf(digest)
    const [first = '', ...rest] = ask.text.trim().split(/\s+/)
    const verb = Object.hasOwn(verbs, first.toLowerCase()) ? verbs[first.toLowerCase()] : undefined
    if (verb) return verb(rest.join(' '), ask, services, say)
    if (first === '') return overview('', ask, services, say)
    return helpOf(digest, `I did not understand "${ask.text.slice(0, 80)}".`)
  },
}

const verbs: Readonly<Record<string, Verb>> = {
  list: overview,
  new: create,
  preview,
  send,
  pause,
  resume,
  skip,
  history,
  delete: remove,
  stop,
  programmes,
  programme: programmes,
}
