// Places people type in place of a zone's own name.
import { expect, it } from 'vitest'
import { isKnownZone } from '../../src/domain/known-zone.ts'
import { zonesOfPlace } from '../../src/domain/zone-places.ts'

/** Capitals that no zone is named after. */
const capitals = {
  Tirana: 'Europe/Tirane',
  Quito: 'America/Guayaquil',
  Doha: 'Asia/Qatar',
  Rabat: 'Africa/Casablanca',
  Astana: 'Asia/Almaty',
  Yaoundé: 'Africa/Douala',
  Valletta: 'Europe/Malta',
  Kingston: 'America/Jamaica',
  Suva: 'Pacific/Fiji',
  Tórshavn: 'Atlantic/Faroe',
  "St. George's": 'America/Grenada',
  "Nuku'alofa": 'Pacific/Tongatapu',
  Naypyidaw: 'Asia/Yangon',
  Pristina: 'Europe/Belgrade',
  'Kuwait City': 'Asia/Kuwait',
  'Guatemala City': 'America/Guatemala',
} as const

it.each(Object.entries(capitals))('%s is found by its own name', (capital, zone) => {
  expect(zonesOfPlace(capital)).toContain(zone)
  expect(zonesOfPlace(capital).every(isKnownZone)).toBe(true)
})

it.each([
  ['PST', 'America/Los_Angeles'],
  ['est', 'America/New_York'],
  ['CET', 'Europe/Berlin'],
  ['bst', 'Europe/London'],
  ['JST', 'Asia/Tokyo'],
  ['AEST', 'Australia/Sydney'],
  ['Ciudad de México', 'America/Mexico_City'],
  ['Lisboa', 'Europe/Lisbon'],
])('%s is what people there write', (typed, zone) => {
  expect(zonesOfPlace(typed)[0]).toBe(zone)
})
