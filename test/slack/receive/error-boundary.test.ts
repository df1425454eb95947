// Who is told what an answer failed on, and how often.
import { expect, it } from 'vitest'
import { GongRefused } from '../../../src/errors.ts'
import { createErrorBoundary, type ErrorBoundaryDeps } from '../../../src/slack/receive/error-boundary.ts'
import { keptLog } from '../../kit/quiet-log.ts'

it('notifies the admins of one refusal until somebody got it, and then no more', async () => {
  const reached = [0, 2, 2]
  let notices = 0
  const deps = {
    services: {
      admin: { reading: async () => ({}) },
      outbox: { notifyAdmins: async () => reached[notices++] },
    },
    viewers: { readerOf: async () => ({ locale: 'en-GB', zone: 'Europe/Berlin' }) },
    log: keptLog().log,
  } as unknown as ErrorBoundaryDeps
  const guard = createErrorBoundary(deps)
  const refusal = new GongRefused({ endpoint: 'POST /stats/interaction', status: 403, errors: ['no access'] })
  for (let times = 0; times < 3; times += 1)
    await guard(
      { name: '/gong-stats', slackUserId: 'U1' },
      async () => undefined,
      () => Promise.reject(refusal),
    )
  expect(notices).toBe(2)
})
