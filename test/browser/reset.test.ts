// *Reset* on the demo page: asks first, then everything is as at the beginning, in every window, and goes on to work.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { type RunningDemo, startDemo } from '../../src/sandbox/start-demo.ts'
import { openBrowser, type TestBrowser } from '../kit/browser.ts'
import { layEmptyStore } from '../kit/empty-store.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-reset-'))
let demo: RunningDemo
let browser: TestBrowser
beforeAll(async () => {
  writeFileSync(path.join(folder, 'notes.txt'), 'not of the demo')
  await layEmptyStore(folder)
  demo = await startDemo({
    host: '127.0.0.1',
    port: 0,
    people: 14,
    seed: 3,
    contract: 'documented',
    dataDir: folder,
    today: new Date('2026-11-24T08:00:00Z'),
    realClock: systemClock,
    log: createLog('fatal'),
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('begins again, with the digest of the beginning and nothing of the visit', async () => {
  const page = await browser.browser.newPage({ viewport: { width: 1300, height: 900 } })
  page.setDefaultTimeout(240_000)
  const other = await browser.browser.newPage()
  other.setDefaultTimeout(240_000)
  for (const one of [page, other]) {
    await one.goto(demo.url)
    await one.waitForSelector('html[data-ready]')
  }
  const first = demo.slack
  await page.fill('#composer', 'See you at the fair')
  await page.press('#composer', 'Enter')
  await other.locator('.message', { hasText: 'See you at the fair' }).waitFor()
  await page.click('[data-jump-id="day"]')
  await page.locator('#clock', { hasText: 'Wed 25 Nov' }).waitFor()

  await page.click('[data-reset]')
  await page.locator('dialog.confirm button', { hasText: 'Keep it' }).click()
  expect(demo.slack).toBe(first)
  await page.click('[data-reset]')
  await page.locator('dialog.confirm button', { hasText: 'Begin again' }).click()
  for (const one of [page, other]) {
    await one.locator('#clock', { hasText: 'Tue 24 Nov, 09:40' }).waitFor()
    await one.locator('.message', { hasText: 'See you at the fair' }).waitFor({ state: 'detached' })
  }
  expect(demo.slack).not.toBe(first)
  const { managerChannelId } = demo.workspace
  const posts = (demo.slack.workspace.messages.get(managerChannelId) ?? []).filter(
    ({ userId, threadTs }) => userId === demo.slack.botUserId && !threadTs,
  )
  expect(posts).toHaveLength(1)
  // It works on, and both windows hear of it.
  await page.waitForSelector('html[data-ready]')
  await page.fill('#composer', 'Hello again')
  await page.press('#composer', 'Enter')
  await other.locator('.message', { hasText: 'Hello again' }).waitFor()
  // Only what is the demo's own was removed from its folder.
  expect(readFileSync(path.join(folder, 'notes.txt'), 'utf8')).toBe('not of the demo')
})
