// What the access log says of a change, and the notices of it, in the transaction of that change: none of them is stored without the others,
// whatever dies in between.
import { type SQL, sql } from 'drizzle-orm'
import type { AccessRecord } from '../../domain/access-record.ts'
import { forEachYielding } from '../../yielding.ts'
import { type Database, inChunks } from '../database/database.ts'
import { type Reservation, reserveAll } from '../digests/delivery-writes.ts'
import { type Forgotten, forgottenPerson, type LeftOut } from './forgotten.ts'
import { sightsOfGiven } from './former-sights.ts'

export interface StoredWith {
  readonly records: readonly AccessRecord[]
  readonly notices?: readonly Reservation[]
}

/** As a change to a role, a match or a manager names people. */
const idsInDetail = /(?<=\b(?:for|to|manager) )(?:[UW][A-Z0-9]{2,20}|\d{1,20})\b/g

/** Without forgotten people. */
export function recordsToKeep(entries: readonly AccessRecord[], leftOut: LeftOut): readonly AccessRecord[] {
  const idOf = (id: string) => (leftOut(id) ? forgottenPerson : id)
  return entries
    .filter(({ personId }) => personId === undefined || !leftOut(personId))
    .map((entry) => ({
      ...entry,
      bySlackId: idOf(entry.bySlackId),
      detail: entry.detail.replace(idsInDetail, idOf),
      readerIds: entry.readerIds?.map(idOf),
    }))
}

/**
 * The rows, and what readers know by them that no role or place of theirs says (former-sights.ts). `besides`: what else the rows are joined
 * with.
 */
export const recordInsertion = (json: string, besides: SQL = sql``): SQL =>
  sql`WITH given AS (SELECT row.* FROM jsonb_to_recordset(${json}::jsonb) AS row(at timestamptz, what text, "bySlackId" text, "personId" text,
      detail text, "channelName" text, "readerIds" jsonb, "shownUntil" date)${besides}), ${sightsOfGiven}
    INSERT INTO access_log (at, what, by_slack_id, person_id, detail, channel_name, reader_ids)
    SELECT at, what, "bySlackId", "personId", detail, "channelName", "readerIds" FROM given`

export async function recordIn(tx: Database, entries: readonly AccessRecord[], leftOut: LeftOut): Promise<void> {
  const kept: AccessRecord[] = []
  await forEachYielding(entries, (entry) => {
    kept.push(...recordsToKeep([entry], leftOut))
  })
  await inChunks(kept, (json) => tx.execute(recordInsertion(json)))
}

export async function storeWith(tx: Database, { records, notices = [] }: StoredWith, forgotten: Pick<Forgotten, 'gate'>): Promise<void> {
  await recordIn(tx, records, await forgotten.gate(tx))
  if (notices.length > 0) await reserveAll(tx, notices, forgotten)
}
