// `npm run pictures`: the README's pictures, taken from the demo page on a fixed day, so that they change only when a message does.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { systemClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { startDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { openBrowser } from '../kit/browser.ts'
import { palettePng } from './palette-png.ts'

const folder = path.resolve(import.meta.dirname, '../../.github/pictures')

const shot = async (page: Page, name: string, selector?: string): Promise<void> => {
  const file = path.join(folder, `${name}.png`)
  writeFileSync(file, palettePng(selector === undefined ? await page.screenshot() : await page.locator(selector).last().screenshot()))
  console.log(`.github/pictures/${name}.png`)
}

/** Everything drawn and nothing under way. */
const settled = (page: Page): Promise<unknown> => page.waitForFunction(() => !document.querySelector('.moving, .pressed'))

mkdirSync(folder, { recursive: true })
const demo = await startDemo({
  host: '127.0.0.1',
  port: 0,
  people: 42,
  seed: 3,
  contract: 'documented',
  dataDir: 'memory://',
  today: new Date('2026-11-24T09:00:00Z'),
  realClock: systemClock,
  log: createLog('fatal'),
})
const browser = await openBrowser()
try {
  const context = await browser.browser.newContext({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: 2 })
  const page = await context.newPage()
  await page.goto(demo.url)
  await page.waitForSelector('html[data-ready]')
  await page.locator('.message .chart').first().waitFor()
  await shot(page, 'demo')
  await page.click('[data-close-tour]')
  await settled(page)
  await shot(page, 'team-digest')
  await page.fill('#composer', '/gong-stats')
  await page.press('#composer', 'Enter')
  await page.click('.message.private .button >> text=Details')
  await page.waitForSelector('.message.private .data-table')
  await settled(page)
  await demo.app.idle()
  await page.evaluate(() => document.querySelector('.message.private .data-table')?.scrollIntoView({ block: 'center' }))
  await shot(page, 'people')
  await page.click('.sidebar [data-go="home"]')
  await page.locator('.home .block').first().waitFor()
  await shot(page, 'home')
  await page.click('.home .button >> text=New digest')
  await page.waitForSelector('dialog.modal[open] select')
  await shot(page, 'schedule', 'dialog.modal')
  // Somebody who never coaches is reminded of three people.
  const coach = slackIdOf(demo.gong.personas.neverCoaches)
  await page.goto(`${demo.url}?as=${coach}&in=${demo.slack.workspace.directMessageWith(coach).id}`)
  await page.waitForSelector('html[data-ready]')
  await page.fill('#composer', '/gong-coaching remind on')
  await page.press('#composer', 'Enter')
  await page.locator('.message', { hasText: 'Reminders are on.' }).waitFor()
  await page.click('[data-jump-id="monday"]')
  await page.locator('.message', { hasText: 'to hear this week' }).waitFor({ timeout: 120_000 })
  await settled(page)
  // No row is pointed at.
  await page.mouse.move(640, 0)
  await shot(page, 'reminder', 'main')
} finally {
  await browser.close()
  await demo.stop()
}
