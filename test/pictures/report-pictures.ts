// `node test/pictures/report-pictures.ts`: one picture of every report and of Home for each kind of reader, from the demo page, for review.
// Drawn at the page's own size: these are read, not shown off.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { systemClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { startDemo } from '../../src/sandbox/start-demo.ts'
import { openBrowser } from '../kit/browser.ts'
import { palettePng } from './palette-png.ts'

const folder = path.resolve(import.meta.dirname, '../fixtures/pictures')
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
const { managerId, managerChannelId, personas } = demo.workspace
const browser = await openBrowser()

const userOf = (role: string): string => personas.find((persona) => persona.role === role)?.userId ?? ''

async function actAs(page: Page, userId: string): Promise<void> {
  await page.selectOption('#act-as', { value: userId })
  await page.waitForFunction((id) => (document.querySelector('#act-as') as HTMLSelectElement).value === id, userId)
  await page.waitForTimeout(300)
}

/** The last message, alone and whole. */
async function shot(page: Page, name: string, selector: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.moving, .pressed'))
  writeFileSync(path.join(folder, `${name}.png`), palettePng(await page.locator(selector).last().screenshot()))
  console.log(`test/fixtures/pictures/${name}.png`)
}

/** Types in one's own conversation with the app and takes the answer. */
async function ask(page: Page, text: string, name: string, selector = '.message'): Promise<void> {
  await page.locator('.sidebar [data-go] >> text="Messages"').click()
  const before = await page.locator('.message').count()
  await page.fill('#composer', text)
  await page.press('#composer', 'Enter')
  await page.waitForFunction((count) => document.querySelectorAll('.message').length > count, before)
  await demo.app.idle()
  await page.waitForTimeout(300)
  await shot(page, name, selector)
}

/** Orders a digest of that kind to oneself and takes its preview. */
async function digest(page: Page, userId: string, kind: string, name: string): Promise<void> {
  const conversation = demo.slack.workspace.directMessageWith(userId).id
  await demo.slack.type(userId, conversation, '/gong-digest new')
  await demo.app.idle()
  const answer = demo.slack.messages(conversation, userId).at(-1)
  if (!answer) throw new Error('/gong-digest new was not answered')
  await demo.slack.press(userId, answer, 'New digest')
  await demo.app.idle()
  if (kind !== '') {
    await demo.slack.fill(userId, { 'digest-form:kind': kind })
    await demo.app.idle()
  }
  await demo.slack.submit(userId)
  await demo.app.idle()
  await demo.slack.closeModal(userId).catch(() => undefined)
  const saved = demo.slack.messages(conversation, userId).at(-1)
  if (!saved) throw new Error('the saved digest was not answered')
  await demo.slack.press(userId, saved, 'Preview')
  await demo.app.idle()
  await page.locator('.sidebar [data-go] >> text="Messages"').click()
  await page.waitForTimeout(400)
  await shot(page, name, '.message')
}

try {
  const page = await browser.browser.newPage({ viewport: { width: 1180, height: 1600 } })
  await page.goto(demo.url)
  await page.waitForSelector('html[data-ready]')
  await page.locator('.message .chart').first().waitFor()
  await page.click('[data-close-tour]')
  await page.locator(`.sidebar [data-go="${managerChannelId}"]`).click()
  await shot(page, 'team-digest', '.message')
  await ask(page, '/gong-stats team', 'stats-team')
  await ask(page, '/gong-scorecards team', 'scorecards')
  await ask(page, '/gong-coaching team', 'coaching')
  const { people } = demo.gong.company
  const report = people.find(({ managerIndex, active }) => active && managerIndex === demo.gong.personas.manager.index)
  await ask(page, `/gong-coaching gong:${report?.id ?? ''}`, 'one-on-one', '.message:has(.chart)')
  await ask(page, '/gong-stats definitions', 'definitions')
  await digest(page, managerId, 'manager', 'manager-digest')
  for (const [role, name] of [
    ['Manager', 'home-manager'],
    ['Rep', 'home-rep'],
    ['Admin', 'home-admin'],
    ['Guest', 'home-stranger'],
  ] as const) {
    await page.setViewportSize({ width: 1180, height: 1600 })
    await actAs(page, userOf(role))
    await page.locator('.sidebar [data-go="home"]').click()
    await page.locator('.home .block').first().waitFor()
    await demo.app.idle()
    await page.waitForTimeout(400)
    const bottom = await page
      .locator('.home .block')
      .last()
      .evaluate((block) => block.getBoundingClientRect().bottom)
    await page.setViewportSize({ width: 1180, height: Math.ceil(bottom) + 24 })
    await shot(page, name, '.home')
  }
  await page.setViewportSize({ width: 1180, height: 1600 })
  await actAs(page, userOf('Rep'))
  await ask(page, '/gong-stats', 'stats-me')
  await ask(page, '/gong-coaching', 'coaching-received')
  await ask(page, '/gong-stats all', 'refusal')
  await digest(page, userOf('Rep'), '', 'personal-digest')
  await actAs(page, userOf('Admin'))
  await digest(page, userOf('Admin'), 'company', 'company-digest')
} finally {
  await browser.close()
  await demo.stop()
}
