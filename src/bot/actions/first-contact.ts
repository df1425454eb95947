// *Preview a team digest to me*: the digest of the presser's own team, or of the first team for an admin without one. Private.
import { AskError } from '../../errors.ts'
import type { Part } from '../../render/message.ts'
import { line } from '../../render/text/text.ts'
import { previewTeamAction } from '../../reports/first-contact.ts'
import type { Action } from '../action.ts'

export const previewTeam: Action = {
  id: previewTeamAction,
  keepsReply: true,
  async handle({ viewer, zone }, services) {
    const chart = await services.chart()
    const own = viewer.person && chart.team(viewer.person.id).length > 0 ? viewer.person : undefined
    const manager = own ?? chart.managers[0]
    if (!manager) throw new AskError('Gong shows no manager with reports yet, so there is no team to preview.')
    const message = await services.digests.preview(viewer, {
      kind: 'team',
      subjectId: manager.id,
      destination: { type: 'dm', slackUserId: viewer.slackUserId },
      recurrence: { weekdays: [1], time: '09:00', zone },
      whenEmpty: 'say',
      skipDates: [],
      showNames: false,
    })
    const note: Part = { type: 'note', line: line('A preview, for your eyes only. Nothing was posted.') }
    return { type: 'reply', message: { ...message, parts: [...message.parts, note] } }
  },
}
