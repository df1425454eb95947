// The demo as a visitor meets it, in a real browser: the tour, a digest ordered in the modal, the outsider, the phone, and what axe finds.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../src/log.ts'
import { type RunningDemo, startDemo } from '../../src/sandbox/start-demo.ts'
import { openBrowser, type TestBrowser } from '../kit/browser.ts'

let demo: RunningDemo
let browser: TestBrowser
let page: Page
const complaints: string[] = []
const away: string[] = []

beforeAll(async () => {
  demo = await startDemo({
    host: '127.0.0.1',
    port: 0,
    people: 42,
    seed: 1,
    contract: 'documented',
    dataDir: 'memory://',
    today: new Date('2026-11-24T09:00:00Z'),
    log: createLog('fatal'),
  })
  browser = await openBrowser()
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

beforeEach(async () => {
  complaints.length = 0
  away.length = 0
  page = await browser.browser.newPage({ viewport: { width: 1300, height: 900 } })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(demo.url) && !request.url().startsWith('data:')) away.push(request.url())
  })
  await page.goto(demo.url)
  await page.waitForSelector('html[data-ready]')
})
afterEach(async () => {
  expect(complaints).toEqual([])
  expect(away).toEqual([])
  await page.close()
})

const type = async (text: string): Promise<void> => {
  await page.fill('#composer', text)
  await page.press('#composer', 'Enter')
}
const actAs = (role: string): Promise<unknown> =>
  page.selectOption('#act-as', { value: demo.workspace.personas.find((persona) => persona.role === role)?.userId ?? '' })
const go = (name: string): Promise<void> => page.click(`.sidebar [data-go] >> text="${name}"`)

/** Posts of the app in the manager's channel that everybody sees, threads left out. */
const digests = () =>
  demo.slack
    .messages(demo.workspace.managerChannelId, demo.workspace.managerId)
    .filter(({ ephemeralTo, threadTs, userId }) => !ephemeralTo && !threadTs && userId === demo.slack.botUserId)

/** What axe finds serious or worse. */
async function seriousFindings(): Promise<string[]> {
  // Evaluated, not added as a tag: the page's policy lets no foreign script in.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const found = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary.slice(0, 200)}`)
}

describe('the demo', () => {
  it("opens as the manager on a Tuesday, Monday's digest already in the channel, with chart and buttons", async () => {
    expect(await page.textContent('#clock')).toContain('Tue 24 Nov')
    expect(digests()).toHaveLength(1)
    await page.waitForSelector('.message .chart svg[role="img"]')
    expect(await page.textContent('.me b')).toBe(demo.slack.workspace.users.get(demo.workspace.managerId)?.realName)
    expect(await seriousFindings()).toEqual([])
  })

  it('leads through the tour: type, details, Monday, and exactly one digest more', async () => {
    await page.fill('#composer', '/gong-s')
    await page.waitForSelector('#commands [role="option"] >> text=/gong-scorecards')
    await page.fill('#composer', '')
    await page.click('[data-tour="type"]')
    await page.waitForSelector('.message.private .only-you')
    expect(await page.textContent('.message.private .only-you')).toContain('Only visible to you')
    await page.click('.message.private .button >> text=Details')
    await page.waitForSelector('.message.private .data-table')
    const before = digests().length
    await page.click('[data-tour="monday"]')
    await page.waitForFunction(
      () => document.querySelector('#clock')?.textContent?.includes('30 Nov') && document.querySelector('.jumps') !== null,
    )
    expect(digests()).toHaveLength(before + 1)
    expect(await page.locator('[data-card].done').count()).toBe(3)
    expect(await seriousFindings()).toEqual([])
  }, 60_000)

  it('changes the period of a private answer in place', async () => {
    await type('/gong-stats')
    await page.waitForSelector('.message.private select')
    const answer = page.locator('.message.private').last()
    const before = await answer.locator('.heading').first().textContent()
    const options = await answer.locator('select option').allTextContents()
    await answer.locator('select').selectOption({ label: options.at(-1) ?? '' })
    await page.waitForFunction(
      (heading) => [...document.querySelectorAll('.message.private .heading')].at(-1)?.textContent !== heading,
      before,
      { timeout: 15_000 },
    )
  }, 40_000)

  it('orders a digest in the modal, which arrives after the clock moved', async () => {
    await go('Messages')
    await type('/gong-digest new')
    await page.locator('.message .button', { hasText: 'New digest' }).last().click()
    await page.waitForSelector('dialog.modal[open] select')
    expect(await seriousFindings()).toEqual([])
    await page.locator('dialog.modal label', { hasText: 'To me, as a direct message' }).locator('input').check()
    await page.click('dialog.modal button[type="submit"]')
    await page.waitForSelector('dialog.modal', { state: 'detached' })
    await page.locator('.message', { hasText: 'Set up.' }).last().waitFor()
    const posts = () => demo.slack.directMessages(demo.workspace.managerId).filter(({ metadata, threadTs }) => metadata && !threadTs).length
    const before = posts()
    const moment = await page.textContent('#clock')
    await page.click('[data-jump-id="week"]')
    await page.waitForFunction(
      (was) => document.querySelector('#clock')?.textContent !== was && document.querySelector('.jumps') !== null,
      moment,
    )
    expect(posts()).toBe(before + 1)
  }, 60_000)

  it('shows the outsider the shared channel only, and refuses them figures', async () => {
    await actAs('Outsider')
    await page.waitForSelector('.sidebar [aria-current] >> text=partner-lighthouse')
    expect(await page.locator('.sidebar [data-go]').count()).toBe(1)
    await type('/gong-stats')
    await page.waitForSelector('.message.private')
    const said = await page.locator('.message.private').last().textContent()
    expect(said).not.toMatch(/\d+ %/)
    expect(await page.locator('.message.private .chart, .message.private .data-table').count()).toBe(0)
  })

  it('seats each of six people in their own zone, with a list of their own', async () => {
    const zones = new Set<string>()
    for (const { userId, role } of demo.workspace.personas) {
      await actAs(role)
      const user = demo.slack.workspace.users.get(userId)
      await page.waitForFunction((name) => document.querySelector('.me b')?.textContent === name, user?.realName)
      expect(await page.locator('.sidebar [data-go]').count()).toBeGreaterThan(0)
      zones.add(user?.zone ?? '')
    }
    expect(demo.workspace.personas.map(({ role }) => role)).toEqual(['Manager', 'Rep', 'Sales leader', 'Admin', 'Guest', 'Outsider'])
    expect(zones.size).toBeGreaterThan(1)
  }, 40_000)

  it('answers in words while Gong is down, and with figures once it is back', async () => {
    await go('Messages')
    await page.click('.backstage-toggle')
    await page.check('[data-fault="gong-down"]')
    await expect.poll(() => demo.gong.faults.active()).toHaveLength(1)
    await type('/gong-stats me 2026-08-03..2026-08-05')
    await expect
      .poll(async () => ((await page.locator('.message.private').last().textContent()) ?? '').replaceAll(/\s+/g, ' '), { timeout: 30_000 })
      .toMatch(/Gong (did not|does not|could not|cannot|is not|answer|is down|has not)/i)
    await page.uncheck('[data-fault="gong-down"]')
    await expect.poll(() => demo.gong.faults.active()).toHaveLength(0)
  }, 60_000)

  it('fits a phone: nothing wider than the window, the list slides in', async () => {
    await page.setViewportSize({ width: 390, height: 780 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(await page.isVisible('.sidebar')).toBe(false)
    await page.click('[data-toggle="sidebar"]')
    await page.click('.sidebar [data-go="home"]')
    await page.locator('.home .block').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(await seriousFindings()).toEqual([])
  })

  it('shows both logs backstage, and a fault switched on there reaches the app', async () => {
    await page.click('.backstage-toggle')
    await page.waitForSelector('.requests li >> text=app → Gong')
    await page.waitForSelector('.requests li >> text=app → Slack')
    expect(await seriousFindings()).toEqual([])
    await page.check('[data-fault="slack-blocks"]')
    await expect.poll(() => demo.slack.faults.active()).toHaveLength(1)
    await type('/gong-stats')
    const answer = page.locator('.message.private').last()
    await answer.waitFor()
    await page.waitForSelector('.requests .wrong >> text=invalid_blocks')
    // Until the new answer is drawn, the last private message is the one before it.
    await expect.poll(() => answer.locator('.chart').count(), { timeout: 10_000 }).toBe(0)
    await page.uncheck('[data-fault="slack-blocks"]')
    await expect.poll(() => demo.slack.faults.active()).toHaveLength(0)
  }, 40_000)
})
