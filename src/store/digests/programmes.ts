// Programmes: rules by which digests are set up for many people.
import { and, count, eq, ne } from 'drizzle-orm'
import type { Programme } from '../../domain/programme.ts'
import { readAnew } from '../../one-reading.ts'
import type { CompanyFactsNow } from '../company-facts.ts'
import type { Database } from '../database/database.ts'
import { programmes } from '../schema/digests.ts'
import { ownerAtATime } from './owner-at-a-time.ts'
import type { UnlessForgotten } from './reader-stops.ts'

export interface ProgrammeStore {
  insertProgramme(programme: Programme): Promise<void>
  /** Unless its owner has so many that are not stopped; false where it was not inserted. */
  insertProgrammeIfFew(programme: Programme, ownAtMost: number): Promise<boolean>
  /** `orgOf` there and undefined: the whole company. False where it names somebody who was forgotten, or there is none. */
  updateProgramme(id: string, change: Partial<Omit<Programme, 'id' | 'createdAt'>>): Promise<boolean>
  programmes(): Promise<readonly Programme[]>
}

const namedInProgramme = ({ ownerSlackId, orgOf, pilotTeams }: Partial<Programme>): readonly string[] =>
  [ownerSlackId, orgOf, ...(pilotTeams ?? [])].flatMap((id) => id ?? [])

export function createProgrammeStore(db: Database, facts: CompanyFactsNow, unlessForgotten: UnlessForgotten): ProgrammeStore {
  const insertProgramme = (tx: Database, programme: Programme): Promise<void> =>
    unlessForgotten(tx, namedInProgramme(programme), () => tx.insert(programmes).values(programme))
  return {
    insertProgrammeIfFew(programme, ownAtMost) {
      readAnew()
      return ownerAtATime(db, programme.ownerSlackId, async (tx) => {
        const { ownerSlackId } = programme
        const theirs = and(eq(programmes.ownerSlackId, ownerSlackId), ne(programmes.status, 'stopped'))
        const [{ own } = { own: 0 }] = await tx.select({ own: count() }).from(programmes).where(theirs)
        if (own >= ownAtMost) return false
        await insertProgramme(tx, programme)
        return true
      })
    },
    async insertProgramme(programme) {
      readAnew()
      await db.transaction((tx) => insertProgramme(tx, programme))
    },
    async updateProgramme(id, change) {
      readAnew()
      if (Object.keys(change).length === 0) return false
      const set = { ...change, ...('orgOf' in change && { orgOf: change.orgOf ?? null }) }
      let written = 0
      const write = async (to: Database) => {
        written = (await to.update(programmes).set(set).where(eq(programmes.id, id)).returning({ id: programmes.id })).length
      }
      await db.transaction((tx) => unlessForgotten(tx, namedInProgramme(change), write))
      return written > 0
    },
    programmes: async () => (await facts()).programmes,
  }
}
