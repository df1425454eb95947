// Home for admins: Gong people no Slack user is matched to, and why, each with *Link*. Only admins see this list.

import { cutList } from '../../domain/cut-list.ts'
import type { Unmatched } from '../../people/admin-service.ts'
import type { Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import type { BotServices } from '../command.ts'

const shownAtMost = 15

const whyWords: Readonly<Record<Unmatched['why'], string>> = {
  'shared-link': 'others are linked to the same Slack user: link the right person, which ends the other links',
  'link-without-user': 'linked to a Slack user who is no member',
  'no-email': 'Gong gives no address',
  'no-slack-user': 'no Slack user has this address',
  'shared-email': 'two people in Gong carry this address',
}

export const unmatchedPeople: HomeSection = {
  id: 'unmatched',
  async write(viewer, services) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const unmatched = await services.admin.unmatched()
    const { active } = await services.chart()
    const heading: Part = { type: 'heading', text: 'People without a match' }
    const links = await linksPart(services)
    const move = { type: 'button', label: 'Move a person', actionId: 'move' } as const
    if (unmatched.length === 0) {
      const words = active.length === 0 ? 'No people were read from Gong yet.' : `All ${active.length} people have a Slack user.`
      return [{ type: 'text', line: line(bold('People:'), ' ', words), control: move }, ...links]
    }
    const { shown, more } = cutList(unmatched, shownAtMost)
    return [
      heading,
      {
        type: 'text',
        line: line(`${unmatched.length} of ${active.length} people get no figures and no digest until they are linked.`),
        control: move,
      },
      ...shown.map(
        ({ person, why }): Part => ({
          type: 'text',
          line: line(bold(person.name), person.emails[0] ? ` · ${person.emails[0]}` : '', ` · ${whyWords[why]}`),
          control: { type: 'button', label: 'Link', actionId: 'link', value: `person:${person.id}` },
        }),
      ),
      ...(more > 0
        ? [
            {
              type: 'note' as const,
              line: line(`And ${more} more; they follow as these are linked. Use PEOPLE_FILE for many at once.`),
            },
          ]
        : []),
      ...links,
    ]
  },
}

/** A link can be taken back as long as it stands. */
async function linksPart(services: BotServices): Promise<readonly Part[]> {
  const { size } = await services.admin.links()
  if (size === 0) return []
  const words = size === 1 ? '1 person is linked by an admin.' : `${size} people are linked by an admin.`
  return [{ type: 'text', line: line(words), control: { type: 'button', label: 'Unlink a person', actionId: 'unlink' } }]
}
