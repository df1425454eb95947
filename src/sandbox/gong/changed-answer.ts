// Answers that are well-formed and yet not what the document says: odd optional fields, lists that shrink or move while they are paged.
import type { GongFault } from './faults.ts'
import { mix } from './seeded.ts'

type Json = Readonly<Record<string, unknown>>

/** The answer as this fault changes it; the same answer for every other fault. */
export function changedAnswer(json: unknown, fault: GongFault | undefined): unknown {
  if (typeof json !== 'object' || json === null || !fault) return json
  const answer = json as Json
  if (fault.type === 'odd-fields') return withLists(answer, (rows) => rows.map((row) => (isHit(row, fault.share) ? odd(row) : row)))
  if (fault.type === 'moving') return isLastPage(answer) ? withTotal(answer, (total) => total - 1) : answer
  if (fault.type === 'without-talk-ratio') return withLists(answer, (rows) => rows.map(withoutTalkRatio))
  if (fault.type !== 'shrunken') return answer
  const { cursor: _, ...records } = (answer.records ?? {}) as Json
  return { ...withLists(answer, (rows) => rows.slice(0, fault.records)), records: { ...records, totalRecords: fault.records } }
}

/** The live service leaves the name out, the documented one the field. */
function withoutTalkRatio(row: unknown): unknown {
  const { talkRatio: _, personInteractionStats, ...rest } = row as Json
  if (!Array.isArray(personInteractionStats)) return rest
  return { ...rest, personInteractionStats: personInteractionStats.filter(({ name }: Json) => name !== 'Talk Ratio') }
}

const withLists = (answer: Json, change: (rows: readonly unknown[]) => readonly unknown[]): Json =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? change(value) : value]))

const isLastPage = ({ records }: Json): boolean => typeof records === 'object' && records !== null && !('cursor' in records)

const withTotal = (answer: Json, change: (total: number) => number): Json => {
  const records = answer.records as Json
  return { ...answer, records: { ...records, totalRecords: change(Number(records.totalRecords)) } }
}

/** By the record's own text, so that the same records are hit each time. */
const isHit = (row: unknown, share: number): boolean => mix(...Buffer.from(JSON.stringify(row)).subarray(0, 60)) % 10_000 < share * 10_000

/** Every optional text field a number, every flag a text, every nobody "-1". */
function odd(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row
  const changes: Json = {
    title: 5,
    managerId: '-1',
    active: 'true',
    emailAliases: [{ address: 'x' }],
    reviewerUserId: '-1',
    scorecardName: 7,
  }
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name in changes ? changes[name] : value]))
}
