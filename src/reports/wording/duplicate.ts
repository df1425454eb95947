// What is said to somebody who sets up a digest that its readers have already.
import { addDays } from '../../domain/period.ts'
import type { DigestKind, Recurrence, Subscription } from '../../domain/subscription.ts'
import { weekdayLong } from '../../render/text/dates.ts'
import { listWords } from '../../render/text/numbers.ts'
import { digestKindWords } from './digest-kind.ts'

/** A Monday. */
const aMonday = '2024-01-01'

/** `every Monday at 09:00`, `every Monday and Thursday at 09:00`, `every day at 07:30`; in the zone of the rule. */
const everyWords = ({ weekdays, time }: Recurrence): string =>
  `every ${weekdays.length === 7 ? 'day' : listWords(weekdays.map((day) => weekdayLong(addDays(aMonday, day - 1), 'en-GB')))} at ${time}`

const aboutWords: Readonly<Record<DigestKind, string>> = {
  team: 'That team',
  manager: 'That team',
  org: 'That org',
  personal: 'That person',
  company: 'The company',
  reminder: 'That team',
}

/**
 * `There is a programme already: Every rep: personal digest, the whole company, every Monday at 09:00, set up by Robin Reyes. …`; without
 * its particulars for whoever may not read them.
 */
export function duplicateProgrammeWords(
  label: string,
  duplicate?: { readonly org: string; readonly recurrence: Recurrence; readonly ownerName: string },
): string {
  const which = duplicate
    ? `${label}, ${duplicate.org}, ${everyWords(duplicate.recurrence)}, set up by ${duplicate.ownerName}`
    : `${label}, for these people among others`
  return `There is a programme already: ${which}. Nobody gets the same digest from two programmes.`
}

/** `That team already gets this digest in #emea every Monday at 09:00.` Names are untrusted text. */
export function duplicateWords(
  duplicate:
    | { readonly isListed: false }
    | {
        readonly isListed: true
        readonly subscription: Pick<Subscription, 'kind' | 'destination' | 'recurrence' | 'status' | 'name'>
        readonly place?: string | undefined
        readonly owner?: string | undefined
      },
  kind: DigestKind,
): string {
  if (!duplicate.isListed) return 'Somebody has already set up one like it here.'
  const { subscription, place, owner } = duplicate
  const when = everyWords(subscription.recurrence)
  const isSame = subscription.kind === kind
  const what = isSame ? 'this digest' : `the ${digestKindWords[subscription.kind]} about the same people`
  const who =
    subscription.destination.type === 'channel'
      ? `${aboutWords[kind]} already gets ${what} in ${place ?? 'that channel'} ${when}`
      : `${place === undefined ? 'You already get' : `${place} already gets`} ${what} ${when}`
  const called = subscription.name === undefined ? '' : `, called "${subscription.name}"`
  const by = owner === undefined ? '' : `, set up by ${owner}`
  const more = isSame ? '' : ' Of two in one hour, that one alone is sent.'
  return `${who}${called}${by}.${subscription.status === 'paused' ? ' It is paused.' : ''}${more}`
}
