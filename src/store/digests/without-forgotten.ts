// What of a reservation names people, and what is left of it without those who were forgotten.
import type { Delivery } from '../../domain/subscription.ts'
import { forgottenPerson, type LeftOut } from '../people/forgotten.ts'

type Row = Pick<Delivery, 'channelId' | 'occurrence' | 'body' | 'sentBy' | 'forgettings'>

const slackId = /^[UW][A-Z0-9]{2,20}$/
/** Slack users, and people in Gong: in a list of its own, or within a text, where the id is longer than any figure. */
const idsInText = /(?<=")\d{1,20}(?=")|\b(?:[UW][A-Z0-9]{2,20}|\d{10,20})\b/g

/** To whom, and because of whom. */
const idsOf = ({ channelId, occurrence }: Row): readonly string[] =>
  [...(channelId === undefined ? [] : [channelId]), ...occurrence.split(':')].filter((id) => slackId.test(id))

/** A body that says how often somebody had been forgotten when it was begun is compared with that. */
const idsInBody = ({ body, forgettings }: Row): readonly string[] =>
  body === undefined || forgettings !== undefined ? [] : (body.match(idsInText) ?? [])

export const namesSomebody = ({ row }: { readonly row: Row }): boolean =>
  row.sentBy !== undefined || idsOf(row).length > 0 || idsInBody(row).length > 0

/** A row that goes to somebody forgotten is left out; one that tells of them stays without what it tells. */
export const withoutForgotten = <Reserved extends { readonly row: Row }>(
  reservations: readonly Reserved[],
  leftOut: LeftOut,
): readonly Reserved[] =>
  reservations
    .filter(({ row }) => !idsOf(row).some(leftOut))
    .map((reservation) => {
      const { body, ...bare } = reservation.row
      const kept = body === undefined || idsInBody(reservation.row).some(leftOut) ? bare : reservation.row
      const sentBy = kept.sentBy !== undefined && leftOut(kept.sentBy) ? { sentBy: forgottenPerson } : {}
      return { ...reservation, row: { ...kept, ...sentBy } }
    })
