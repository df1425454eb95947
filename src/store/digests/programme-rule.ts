// What aligning a programme writes is written only while the programme is what it was aligned with: whoever ends or changes it meanwhile waits
// for a write that came before, aligns it anew after that, and finds that write.
import { isDeepStrictEqual } from 'node:util'
import { eq } from 'drizzle-orm'
import type { Programme } from '../../domain/programme.ts'
import { type Database, present } from '../database/database.ts'
import { programmes } from '../schema/digests.ts'

/** Until the transaction ends it stays so. Asked after the gate of the forgotten: forgetting holds that before it changes programmes. */
export async function isStillAsAligned(tx: Database, programme: Programme): Promise<boolean> {
  const [row] = await tx.select().from(programmes).where(eq(programmes.id, programme.id)).for('share')
  return row !== undefined && isDeepStrictEqual(ruleOf(present(row)), ruleOf(programme))
}

/** What decides whom it reaches, when and with what. */
const ruleOf = ({ kind, orgOf, recurrence, stage, pilotTeams, whenEmpty, status }: Programme): readonly unknown[] => [
  kind,
  orgOf,
  recurrence,
  stage,
  pilotTeams,
  whenEmpty,
  status,
]
