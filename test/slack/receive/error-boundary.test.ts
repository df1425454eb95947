// Who is told what an answer failed on, and how often.
import { expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { GongRefused } from '../../../src/errors.ts'
import { createAdminNotices } from '../../../src/slack/outbox/admin-notices.ts'
import { createErrorBoundary, type ErrorBoundaryDeps } from '../../../src/slack/receive/error-boundary.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { submissionsInMemory } from '../../kit/submissions.ts'

/** `reached`: whether the admin gets each message, in order. Returns how many are tried. */
async function noticesOf(refusals: readonly GongRefused[], reached: readonly boolean[] = []): Promise<number> {
  let notices = 0
  const { log } = keptLog()
  const store = { submissions: submissionsInMemory(), tenant: { setting: async () => undefined, saveSetting: async () => undefined } }
  const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
  const outbox = createAdminNotices({ viewers: { admins: async () => ['U0ADMIN'] }, store, clock, log }, async () => {
    notices += 1
    if (reached[notices - 1] === false) throw new Error('the admin is gone')
  })
  const deps = {
    services: { admin: { reading: async () => ({}) }, outbox },
    viewers: { readerOf: async () => ({ locale: 'en-GB', zone: 'Europe/Berlin' }) },
    log,
  } as unknown as ErrorBoundaryDeps
  const at = { name: '/gong-stats', slackUserId: 'U1' }
  // Each in a process of its own.
  for (const refusal of refusals)
    await createErrorBoundary(deps)(
      at,
      async () => undefined,
      () => Promise.reject(refusal),
    )
  return notices
}

const refusal = (requestId: string, endpoint = 'POST /stats/interaction') =>
  new GongRefused({ endpoint, status: 401, errors: ['no access'], requestId })

it('notifies the admins of one refusal until somebody got it, and then no more', async () => {
  expect(await noticesOf([refusal('a'), refusal('a'), refusal('a')], [false])).toBe(2)
})

it('takes one refusal for the same whatever id Gong gave the request, and another endpoint for another', async () => {
  const refusals = Array.from({ length: 8 }, (_each, index) => refusal(`4al018gzaztcr8nbukw${index}`))
  expect(await noticesOf(refusals)).toBe(1)
  expect(await noticesOf([...refusals, refusal('b', 'GET /users')])).toBe(2)
})
