// Home for admins: which scorecards count, and the button that changes it.
import type { Part } from '../../render/message.ts'
import { listWords } from '../../render/text/numbers.ts'
import { clip, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'

const namedAtMost = 8
const longestName = 60

export const countedCards: HomeSection = {
  id: 'counted-cards',
  async write(viewer, services) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const { known, counted } = await services.admin.cards()
    const names = counted.slice(0, namedAtMost).map(({ name }) => clip(name.trim(), longestName) || 'a card without a name')
    const more = counted.length > namedAtMost ? [`${counted.length - namedAtMost} more`] : []
    const says =
      counted.length > 0
        ? `Only these are read and counted: ${listWords([...names, ...more])}.`
        : known.length === 0
          ? 'No answered scorecard was read yet; all of them will count.'
          : `All ${known.length} scorecards count.`
    const button: Part = { type: 'buttons', controls: [{ type: 'button', label: 'Choose cards', actionId: 'count-cards' }] }
    return [{ type: 'heading', text: 'Cards that count' }, { type: 'text', line: line(says) }, ...(known.length > 0 ? [button] : [])]
  },
}
