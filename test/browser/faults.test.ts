// Every switch backstage, by what a person then reads, and that the figures are right again after it is switched off.
import { describe, expect, it } from 'vitest'
import { visitDemo } from '../kit/demo-visit.ts'

const visit = visitDemo()

/** Three days of a month nobody has read yet, so that Gong must be asked. */
const daysOf = (month: number): string => `2026-0${month}-10..2026-0${month}-12`
const channel = () => visit.demo.workspace.managerChannelId
const flat = async (answer: { textContent(): Promise<string | null> }): Promise<string> =>
  ((await answer.textContent()) ?? '').replaceAll(/\s+/g, ' ')

describe('Gong', () => {
  it('slow: the figures come all the same', async () => {
    await visit.fault('gong-slow', true)
    const answer = await visit.ask(`/gong-stats me ${daysOf(3)}`)
    await visit.fault('gong-slow', false)
    await expect.poll(() => flat(answer)).toMatch(/\d+ calls? hosted/)
  })

  it('429: says that Gong takes no more requests, and Try again brings the figures once it does', async () => {
    await visit.fault('gong-429', true)
    const answer = await visit.ask(`/gong-stats me ${daysOf(4)}`)
    await expect.poll(() => flat(answer)).toContain('Gong takes no more requests right now.')
    await visit.fault('gong-429', false)
    await answer.locator('.button', { hasText: 'Try again' }).click()
    await expect.poll(() => flat(answer)).toMatch(/\d+ calls? hosted/)
  })

  it('bad answers: impossible figures are set aside and said, none is shown', async () => {
    await visit.fault('gong-bad', true)
    const answer = await visit.ask(`/gong-stats me ${daysOf(5)}`)
    await expect.poll(() => flat(answer)).toContain('set aside: impossible value')
    expect(await flat(answer)).not.toMatch(/1[0-9]{2} %|Talk ratio \d/)
    await visit.fault('gong-bad', false)
  })
})

describe('Slack', () => {
  it('charts and tables refused: the same figures as words and a line of bars', async () => {
    await visit.fault('slack-blocks', true)
    const answer = await visit.ask('/gong-stats me')
    await expect.poll(() => flat(answer)).toMatch(/[▁▂▃▄▅▆▇█]{3}.*\d+ calls? hosted/)
    expect(await answer.locator('.chart, .data-table').count()).toBe(0)
    await visit.fault('slack-blocks', false)
    // Taken again: the next answer has its chart, at the same hour of the same day.
    const next = await visit.ask('/gong-stats me')
    await next.locator('.chart svg').first().waitFor({ state: 'attached' })
  })

  it('answer lost: the digest stands in the channel once', async () => {
    await daily()
    const before = visit.posts(channel()).length
    await visit.fault('slack-lost-answer', true)
    await visit.jump('day')
    await visit.fault('slack-lost-answer', false)
    expect(visit.posts(channel())).toHaveLength(before + 1)
  })

  it('429: the digest waits, and comes once it may', async () => {
    const before = visit.posts(channel()).length
    await visit.fault('slack-429', true)
    await visit.jump('day')
    expect(visit.posts(channel())).toHaveLength(before)
    await visit.fault('slack-429', false)
    await visit.demo.stage.moveTo(new Date(visit.demo.clock.now().getTime() + 30 * 60_000))
    expect(visit.posts(channel())).toHaveLength(before + 1)
  })

  it('channel archived: nothing is posted, and the owner reads why and what to press', async () => {
    const before = visit.posts(channel()).length
    await visit.fault('slack-archived', true)
    await visit.jump('day')
    expect(visit.posts(channel())).toHaveLength(before)
    await visit.go('Messages')
    expect(await flat(visit.last)).toContain('archived')
    expect(await visit.last.locator('.button').allTextContents()).toEqual(['Move it', 'Delete it'])
    await visit.fault('slack-archived', false)
  })
})

/** The digest of Mondays becomes one of every weekday, so that a move of a day is enough. */
async function daily(): Promise<void> {
  const { slack, workspace, app } = visit.demo
  const digest = visit.posts(channel()).at(-1)
  if (!digest) throw new Error('there is no digest to change')
  await slack.press(workspace.managerId, digest, 'Change schedule')
  await app.idle()
  await slack.submit(workspace.managerId, { 'digest-form:weekdays': ['1', '2', '3', '4', '5'] })
  await app.idle()
}
