// Sends each admin one message per problem with the data answers rest on: people, directory or figures that stopped being refreshed, a
// shrunk list of people, a missing scope. One message per episode; a delivery row of its own makes it arrive once.

import type { Clock } from '../clock.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import { oneSentenceMessage } from '../render/one-sentence-message.ts'
import { bodyOf, writeBody } from '../reports/delivery-body.ts'
import { listControls } from '../reports/wording/people-list.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import { type DataProblem, dataProblems } from '../sync/data-problems.ts'
import type { Viewers } from './viewers.ts'

export interface DataProblemNotices {
  readonly store: Pick<Store, 'people' | 'directory' | 'windows' | 'gaps' | 'listWatch' | 'deliveries' | 'tenant'>
  readonly clock: Clock
  readonly viewers: Pick<Viewers, 'admins'>
  readonly wake: Wake
}

/** How many messages were newly written. */
export async function notifyDataProblems(deps: DataProblemNotices): Promise<number> {
  const { store, clock } = deps
  let written = 0
  for (const problem of await dataProblems(store, clock.now())) {
    const since = problem.since.toISOString()
    const key = `problem-notified:${problem.key}`
    if ((await store.tenant.setting(key)) === since) continue
    if (problem.maySoonBeOver && !(await wasFoundBefore(problem.key, since, store))) continue
    const admins = await deps.viewers.admins()
    if (admins.length === 0) continue
    for (const slackUserId of admins) if (await reserveNotice(problem, slackUserId, deps)) written += 1
    await store.tenant.saveSetting(key, since)
  }
  return written
}

/** Whether an earlier check found this episode too; remembers it for the next. */
async function wasFoundBefore(problemKey: string, since: string, { tenant }: DataProblemNotices['store']): Promise<boolean> {
  const key = `problem-found:${problemKey}`
  if ((await tenant.setting(key)) === since) return true
  await tenant.saveSetting(key, since)
  return false
}

/** The row is unique per admin and episode, so a crash in between sends nothing twice. */
function reserveNotice(problem: DataProblem, slackUserId: string, { store, clock, wake }: DataProblemNotices): Promise<boolean> {
  const now = clock.now()
  const message = oneSentenceMessage(problem.words, problem.asks ? listControls : [])
  const since = problem.since.toISOString().slice(0, 19)
  const row = { subscriptionId: 'data-problem', occurrence: `notice:${problem.key}:${since}:${slackUserId}` }
  return store.deliveries.reserve(
    {
      id: deliveryIdOf(row),
      ...row,
      dueAt: now,
      channelId: slackUserId,
      body: writeBody(bodyOf({ message, shows: [], mentions: problem.mentions ?? [], figures: {} })),
      createdAt: now,
    },
    { wake },
  )
}
