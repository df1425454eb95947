// Home for admins: which scorecards count, and the button that changes it.
import { cutWords } from '../../domain/cut-list.ts'
import { listWords } from '../../render/text/numbers.ts'
import { bold, clip, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'

const namedAtMost = 8
const longestName = 60

export const countedCards: HomeSection = {
  id: 'counted-cards',
  async write(viewer, services) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const { known, counted } = await services.admin.cards()
    const names = counted.map(({ name }) => clip(name.trim(), longestName) || 'a card without a name')
    const says =
      counted.length > 0
        ? `only ${listWords(cutWords(names, namedAtMost))}; no other is read.`
        : known.length === 0
          ? 'no answered scorecard was read yet; all of them will count.'
          : `all ${known.length}.`
    const button = { type: 'button', label: 'Choose cards', actionId: 'count-cards' } as const
    return [{ type: 'text', line: line(bold('Cards that count:'), ' ', says), ...(known.length > 0 && { control: button }) }]
  },
}
