// What somebody reads whose press Slack did not let through: the next step, where there is one, and no bug.
import { WebAPIPlatformError } from '@slack/web-api'
import { expect, it } from 'vitest'
import { explainFailure } from '../../../src/slack/receive/failure.ts'
import { keptLog } from '../../kit/quiet-log.ts'

it.each([
  ['push_limit_reached', 'Three windows are open already. Close one and press it again.'],
  ['expired_trigger_id', 'Slack gave up waiting before this could open. Press it again.'],
  ['exchanged_trigger_id', 'Slack gave up waiting before this could open. Press it again.'],
  ['service_unavailable', 'Slack does not answer the bot right now. Try again in a minute.'],
  ['accesslimited', 'Slack does not answer the bot right now. Try again in a minute.'],
])('%s is said as "%s"', (error, words) => {
  const { log, lines } = keptLog('error')
  const thrown = new WebAPIPlatformError({ ok: false, error })
  expect(explainFailure(thrown, { log, facts: {} })).toMatchObject({ outcome: 'refused', message: { summary: words } })
  expect(lines).toEqual([])
})
