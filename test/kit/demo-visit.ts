// A visit to the demo page for a file of browser tests: one started demo and one browser, a fresh page each test, and after each the
// check that nothing complained and nothing was asked for off this machine.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { startPreparedDemo } from './prepared-demo.ts'

export interface DemoVisit {
  readonly demo: RunningDemo
  readonly page: Page
  /** The private or public message drawn last. */
  readonly last: Locator
  type(text: string): Promise<void>
  /** Types in the conversation with the app and gives the answer, once one more message is drawn than before. */
  ask(text: string): Promise<Locator>
  userOf(role: string): string
  actAs(role: string): Promise<void>
  /** Opens what the list of conversations calls so. */
  go(name: string): Promise<void>
  /** Presses a button of the clock and waits until it has arrived. */
  jump(id: 'monday' | 'day' | 'week'): Promise<void>
  fault(id: string, on: boolean): Promise<void>
  /** Posts of the app in a channel that everybody sees, threads left out. */
  posts(channelId: string): SimulatedMessage[]
  /** What axe finds serious or worse. */
  seriousFindings(): Promise<string[]>
}

/** The company and the story `npm run demo` opens with. Registers the hooks; what it gives is good inside tests only. */
export function visitDemo(): DemoVisit {
  let demo: RunningDemo
  let browser: TestBrowser
  let page: Page
  const complaints: string[] = []
  const away: string[] = []

  beforeAll(async () => {
    demo = await startPreparedDemo({ people: 42, seed: 3, news: true })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
  })
  beforeEach(async () => {
    complaints.length = 0
    away.length = 0
    page = await browser.browser.newPage({ viewport: { width: 1300, height: 900 } })
    // Only what hangs is to end by it, on a machine as busy as it may be.
    page.setDefaultTimeout(240_000)
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

  const userOf = (role: string): string => demo.workspace.personas.find((persona) => persona.role === role)?.userId ?? ''
  const visit: DemoVisit = {
    get demo() {
      return demo
    },
    get page() {
      return page
    },
    get last() {
      return page.locator('main .message').last()
    },
    async type(text) {
      await page.fill('#composer', text)
      await page.press('#composer', 'Enter')
    },
    async ask(text) {
      await visit.go('Messages')
      const messages = page.locator('main .message')
      const before = await messages.count()
      await visit.type(text)
      await messages.nth(before).waitFor()
      return messages.nth(before)
    },
    userOf,
    async actAs(role) {
      await page.selectOption('#act-as', { value: userOf(role) })
      const name = demo.slack.workspace.users.get(userOf(role))?.realName
      await page.waitForFunction((wanted) => document.querySelector('.me b')?.textContent === wanted, name)
    },
    async go(name) {
      await page.click(`.sidebar [data-go] >> text="${name}"`)
      await page.waitForSelector(`.sidebar [aria-current] >> text="${name}"`)
    },
    async jump(id) {
      const to = await page.getAttribute(`[data-jump-id="${id}"]`, 'data-jump')
      await page.click(`[data-jump-id="${id}"]`)
      await page.waitForFunction(
        (instant) =>
          (document.querySelector('#clock')?.getAttribute('datetime') ?? '') >= (instant ?? '') &&
          document.querySelector('.jumps') !== null,
        to,
      )
    },
    async fault(id, on) {
      if (!(await page.isVisible('.backstage'))) await page.click('.backstage-toggle')
      await page.setChecked(`[data-fault="${id}"]`, on)
      await expect.poll(() => demo.stage.faults().find((one) => one.id === id)?.on).toBe(on)
    },
    posts(channelId) {
      return (demo.slack.workspace.messages.get(channelId) ?? []).filter(
        ({ ephemeralTo, threadTs, userId }) => !ephemeralTo && !threadTs && userId === demo.slack.botUserId,
      )
    },
    async seriousFindings() {
      // Evaluated, not added as a tag: the page's policy lets no foreign script in.
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
      const found = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
        violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
      }
      return found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary.slice(0, 200)}`)
    },
  }
  return visit
}
