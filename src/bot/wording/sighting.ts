// One line of "who has seen my numbers": who, when, in which way and how often.

import { cutWords } from '../../domain/cut-list.ts'
import type { Sighting } from '../../people/sightings.ts'
import { plural } from '../../render/text/numbers.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import { accessDetail } from './access-detail.ts'
import { dateOf } from './runs.ts'

const namedAtMost = 40

/** A message stays where it is, whatever becomes of its channel. */
const readSince = 'People who joined since can read it too, and everybody if the channel was made public.'

export function sightingLine(seen: Sighting, { locale, zone }: { readonly locale: string; readonly zone: string }): Line {
  const often = seen.times > 1 ? `, ${plural(seen.times, 'time', locale)} that week` : ''
  if (!seen.channel) {
    const when = new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(seen.at)
    const how = seen.what === 'delivery' ? `received in the ${accessDetail(seen.detail)}` : `looked with ${seen.detail}`
    return line(when, ' · ', bold(seen.by), ` · ${how}${often}`)
  }
  const { name, readers } = seen.channel
  const people = readers.length === 1 ? '1 person' : `${readers.length} people`
  return line(
    `Shown by name in #${name} on ${dateOf(seen.at, zone)}${often}: ${people} could read it then`,
    `${readers.length === 0 ? '' : `: ${cutWords(readers, namedAtMost).join(', ')}`}. ${readSince}`,
  )
}
