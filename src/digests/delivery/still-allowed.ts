// Whether a message that was built earlier may be posted as it is: rights, people and the channel's readers can have changed since.

import { maySee } from '../../domain/policy.ts'
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { SendingRights } from '../sending-rights.ts'

/** What was shown, and in which detail. Bodies stored before the detail was kept count as by name when they show somebody. */
type Shown = Pick<DeliveryBody, 'shows' | 'detail' | 'readBy'>

/** `by-name` or `medians`, as a digest built now would be. */
const detailOf = ({ reader, names }: SendingRights): 'by-name' | 'medians' => reader?.detail ?? (names ? 'by-name' : 'medians')

/** False when somebody would read a name or a detail that they may not see now, or could work one out. */
export function isStillAllowed(
  { shows, readBy, detail = shows.length > 0 ? 'by-name' : 'medians' }: Shown,
  rights: SendingRights,
): boolean {
  const { reader, subject, chart, today } = rights
  // Beside what one of the readers sees by name now, was shown or filled, its group figures could tell of a few.
  if (rights.readBy(shows) !== readBy) return false
  if (detail === 'by-name' && detailOf(rights) !== 'by-name') return false
  if (reader) {
    return shows.every((personId) => {
      const verdict = maySee(reader.viewer, { type: 'person', personId }, chart, today)
      return verdict.allowed && verdict.detail === 'by-name'
    })
  }
  if (subject.type !== 'team') return true
  const team = new Set(chart.team(subject.managerId).map(({ id }) => id))
  return shows.every((personId) => personId === subject.managerId || team.has(personId))
}
