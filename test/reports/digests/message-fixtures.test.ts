// The reviewed messages: what each report says, word for word, read by people before it changes. `vitest -u` rewrites them; read the
// difference aloud.
import { describe, expect, it } from 'vitest'
import { threadToSlack, toSlack } from '../../../src/render/blocks/blocks.ts'
import { asRead } from '../../../src/render/text/as-read.ts'
import { buildDigest } from '../../../src/reports/digests/index.ts'
import { problemText, validateBlocks } from '../../../src/sandbox/slack/block-kit-rules.ts'
import { inChannel, scorecardReport, toAna } from '../../kit/report-fixtures.ts'
import { named, noCards, quietWeek, reviewedReports, tooFew } from '../../kit/reviewed-reports.ts'

describe('reviewed messages', () => {
  it.each(Object.entries(reviewedReports))('%s reads as reviewed', async (name, make) => {
    await expect(asRead(await make())).toMatchFileSnapshot(`../../fixtures/messages/${name}.txt`)
  })

  it.each(Object.entries(reviewedReports))('%s is taken by Slack, thread included', async (_name, make) => {
    const message = await make()
    expect(validateBlocks(toSlack(message).blocks, 'message').map(problemText)).toEqual([])
    expect(validateBlocks(threadToSlack(message)?.blocks ?? [], 'message').map(problemText)).toEqual([])
  })

  it.each(Object.entries(reviewedReports))('%s says nothing twice to those who hear it', async (_name, make) => {
    const sentences = toSlack(await make())
      .text.split(/(?<=[.!?])\s+|\n/)
      .filter((sentence) => sentence.split(' ').length > 3)
    expect(sentences.filter((sentence, at) => sentences.indexOf(sentence) !== at)).toEqual([])
  })

  it('a team digest is at most nine blocks: it is read in half a minute', async () => {
    const { message } = await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel({ scorecards: scorecardReport() }))
    expect(toSlack(message).blocks.length).toBeLessThanOrEqual(9)
  })
})

describe('what a digest tells the schedule', () => {
  it('a week without calls or scorecards is empty', async () => {
    const built = await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel({ team: quietWeek, scorecards: noCards }))
    expect(built.isEmpty).toBe(true)
  })

  it('a week without calls but with a scorecard is not empty', async () => {
    const built = await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel({ team: quietWeek }))
    expect(built.isEmpty).toBe(false)
  })

  it('too few people to show is said, never skipped as empty', async () => {
    const built = await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel({ team: tooFew, scorecards: noCards }))
    expect(built.isEmpty).toBe(false)
    expect(built.message.summary).toContain('Withheld: fewer than 5 people')
  })

  it('figures never read are not an empty week', async () => {
    const unread = { ...quietWeek, counts: { ...quietWeek.counts, noCalls: 0, neverRead: 8 } }
    const built = await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel({ team: unread, scorecards: noCards }))
    expect(built.isEmpty).toBe(false)
  })

  it('a channel digest shows nobody, a personal one its reader', async () => {
    expect((await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel({ team: named }))).shows).toEqual([])
    expect((await buildDigest({ kind: 'personal', subjectId: '101', remarks: [] }, toAna())).shows).toEqual(['101'])
  })

  it('gives the figures as they are shown, for later corrections', async () => {
    const { figures } = await buildDigest({ kind: 'team', subjectId: '100', remarks: [] }, inChannel())
    expect(figures).toMatchObject({ 'calls hosted': 54, scorecards: 9, 'points of talk ratio': 51 })
  })

  it('carries buttons that ask as the presser, and the schedule to change', async () => {
    const { message } = await buildDigest({ kind: 'team', subjectId: '100', subscriptionId: 's1', remarks: [] }, inChannel())
    const controls = message.parts.flatMap((part) => (part.type === 'buttons' ? part.controls : []))
    expect(controls.map((control) => (control.type === 'button' ? `${control.actionId} ${control.value}` : ''))).toEqual([
      'ask:mine /gong-stats me 2026-11-16..2026-11-22',
      'ask:people /gong-stats gong:100 team 2026-11-16..2026-11-22 details',
      'ask:definitions /gong-stats definitions',
      'digest-edit s1',
    ])
  })
})
