// `npm run pictures`: the README's pictures, taken from the demo page on a fixed day, so that they change only when a message does. With a
// folder after it, also the five messages of a Monday, each alone at 1280 and 390 pixels, for whoever reads them for the first time.
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
const [mondayFolder] = process.argv.slice(2)

const shot = async (page: Page, name: string, selector?: string): Promise<void> => {
  const file = path.join(folder, `${name}.png`)
  writeFileSync(file, palettePng(selector === undefined ? await page.screenshot() : await page.locator(selector).last().screenshot(), 64))
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
  news: true,
  log: createLog('fatal'),
})
const { workspace } = demo
const userOf = (role: string): string => workspace.personas.find((persona) => persona.role === role)?.userId ?? ''
const messagesOf = (userId: string): string => `${demo.url}?as=${userId}&in=${demo.slack.workspace.directMessageWith(userId).id}`
const browser = await openBrowser()

async function opened(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForSelector('html[data-ready]')
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-close-tour]')?.click())
  await settled(page)
}

/** The newest message there, whole, at both widths. */
async function monday(name: string, address: string): Promise<void> {
  if (mondayFolder === undefined) return
  mkdirSync(mondayFolder, { recursive: true })
  for (const width of [1280, 390]) {
    const page = await browser.browser.newPage({ viewport: { width, height: 3200 } })
    await opened(page, address)
    const message = page.locator('main .message').last()
    await message.waitFor()
    writeFileSync(path.join(mondayFolder, `${name}-${width}.png`), await message.screenshot())
    await page.close()
  }
}

try {
  const context = await browser.browser.newContext({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1.5 })
  const page = await context.newPage()
  await page.goto(demo.url)
  await page.waitForSelector('html[data-ready]')
  await page.locator('.message .chart').first().waitFor()
  await opened(page, demo.url)
  await shot(page, 'manager-digest')
  await opened(page, `${demo.url}?as=${workspace.managerId}&in=${workspace.managerChannelId}`)
  await shot(page, 'team-digest')
  await opened(page, demo.url)
  await page.fill('#composer', '/gong-stats')
  await page.press('#composer', 'Enter')
  await page.click('.message.private .button >> text=Details')
  await page.waitForSelector('.message.private .data-table')
  await settled(page)
  await demo.app.idle()
  await page.evaluate(() => document.querySelector('.message.private .data-table')?.scrollIntoView({ block: 'center' }))
  await shot(page, 'people')

  await monday('team-channel', `${demo.url}?as=${workspace.managerId}&in=${workspace.managerChannelId}`)
  await monday('personal', messagesOf(userOf('Rep')))
  await monday('leader', messagesOf(userOf('Sales leader')))
  const manager = await context.newPage()
  await opened(manager, messagesOf(workspace.managerId))
  // Private answers of the pictures before are not of Monday.
  for (const message of demo.slack.messages(demo.slack.workspace.directMessageWith(workspace.managerId).id, workspace.managerId))
    if (message.ephemeralTo !== undefined) demo.slack.workspace.remove(message)
  await monday('manager', messagesOf(workspace.managerId))

  // Somebody who never coaches is reminded of three people.
  const coach = slackIdOf(demo.gong.personas.neverCoaches)
  await opened(page, messagesOf(coach))
  await page.fill('#composer', '/gong-coaching remind on')
  await page.press('#composer', 'Enter')
  await page.locator('.message', { hasText: 'Reminders are on.' }).waitFor()
  await page.click('[data-jump-id="monday"]')
  await page.locator('.message', { hasText: 'to hear this week' }).waitFor({ timeout: 120_000 })
  await settled(page)
  // No row is pointed at.
  await page.mouse.move(640, 0)
  await shot(page, 'reminder', 'main')
  await monday('reminder', messagesOf(coach))
} finally {
  await browser.close()
  await demo.stop()
}
