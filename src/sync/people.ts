// Fetches people once a day: the whole list, because a leaver shows only by being absent. A pilot restricts figures, not this list:
// without it nobody could be matched, no next team chosen, and everybody outside would look like a leaver. A list that loses too many
// people at once is not believed: the last one stays, and admins decide.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { rememberLogin } from '../domain/login-refused.ts'
import { localDateOf } from '../domain/period.ts'
import type { Person } from '../domain/person.ts'
import { GongRefused, GongSurprise } from '../errors.ts'
import type { GongAnswer, GongSource } from '../gong/source.ts'
import type { ListProblems, ShrunkList } from '../store/people/list-watch.ts'
import type { Store } from '../store/store.ts'

/** A little less than a day, so that the list is never a day old while all is well. */
const refreshAfterMs = 23 * 3_600_000

/** A list may lose this share, or fewer than so many people, without a question. */
const shareLostAtMost = 0.2
const lostAtLeast = 5

export interface PeopleDeps {
  readonly source: GongSource
  readonly store: Pick<Store, 'people' | 'listWatch' | 'tenant'>
  readonly clock: Clock
  readonly zone: string
}

/** As the version of PEOPLE_FILE where there is no such file. */
const withoutFile = ''

/**
 * Whether the list is missing or about to be a day old, or PEOPLE_FILE says something else than when the people that are stored were fetched:
 * changed since, also before a start, or newly set, or taken away.
 */
export async function arePeopleDue({ source, store, clock }: Pick<PeopleDeps, 'source' | 'store' | 'clock'>): Promise<boolean> {
  const file = source.peopleFile ? await source.peopleFile.look() : withoutFile
  // Gong's list alone would undo what the file has said before: who is stored stays.
  if (file === undefined) return false
  const readAt = await store.people.readAt()
  if (readAt === undefined || ageMs(readAt, clock.now()) >= refreshAfterMs) return true
  if (((await store.people.fetchedWith()) ?? withoutFile) !== file) return true
  return (await store.listWatch.problems()).shrunk?.decision === 'use'
}

/**
 * Fetches everybody and replaces the list. Returns the requests it took.
 * @throws GongSurprise when the list is not believed; the last one stays and is due again.
 */
export async function refreshPeople(
  deps: PeopleDeps,
  ask: { readonly purpose: GongPurpose; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  const { source, store, clock, zone } = deps
  const before = await store.listWatch.problems()
  const now = clock.now()
  const answer = await source.fetchPeople(ask).catch(async (error: unknown) => {
    if (error instanceof GongRefused && error.login !== undefined) await rememberLogin(store.tenant, now, error.login)
    else if (error instanceof GongRefused)
      await store.listWatch.save({
        ...before,
        refused: { since: before.refused?.since ?? now, status: error.status, scope: error.missingScope },
      })
    throw error
  })
  await rememberLogin(store.tenant, now, undefined)
  const { active } = await store.people.chart()
  const shrunk = shrunkList(active, answer.records, before.shrunk, now)
  if (shrunk && shrunk.decision !== 'use') {
    await store.listWatch.save({ setAside: before.setAside, shrunk })
    throw new GongSurprise({
      endpoint: 'GET /users',
      what: `the list of people shrank from ${shrunk.from} to ${shrunk.to}`,
      paths: ['users'],
    })
  }
  const readAt = clock.now()
  const isWhole = !answer.quarantined.some(({ personId }) => personId === undefined)
  const fetchedWith = source.peopleFile?.fetchedWith() ?? withoutFile
  const refused = await store.people.replaceAll(answer.records, { readAt, seenOn: localDateOf(readAt, zone), isWhole, fetchedWith })
  await store.listWatch.save(setAsideOf(answer, refused, before, readAt))
  return answer.requests
}

/** Undefined when the list may be believed. An admin's answer holds while the list stays about as long as it was asked about. */
function shrunkList(known: readonly Person[], listed: readonly Person[], asked: ShrunkList | undefined, now: Date): ShrunkList | undefined {
  const there = new Set(listed.flatMap(({ id, active }) => (active ? [id] : [])))
  const lost = known.filter(({ id }) => !there.has(id)).length
  const isAll = there.size === 0 && (known.length > 0 || listed.length === 0)
  if (!isAll && (lost < lostAtLeast || lost <= known.length * shareLostAtMost)) return undefined
  const isSameQuestion = asked !== undefined && Math.abs(asked.to - there.size) <= Math.max(lostAtLeast, asked.to * shareLostAtMost)
  return {
    from: known.length,
    to: there.size,
    since: isSameQuestion ? asked.since : now,
    ...(isSameQuestion && { decision: asked.decision }),
  }
}

function setAsideOf(answer: GongAnswer<Person>, refused: readonly string[], before: ListProblems, readAt: Date): ListProblems {
  const ids = [...new Set([...refused, ...answer.quarantined.flatMap(({ personId }) => personId ?? [])])].toSorted()
  const unknown = answer.quarantined.filter(({ personId }) => personId === undefined).length
  return ids.length + unknown === 0 ? {} : { setAside: { since: before.setAside?.since ?? readAt, ids, unknown } }
}
