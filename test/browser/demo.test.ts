// The demo as a visitor meets it, in a real browser: the tour, a digest ordered in the modal, the outsider, the phone, and what axe finds.
import { describe, expect, it } from 'vitest'
import { visitDemo } from '../kit/demo-visit.ts'

const visit = visitDemo()
const digests = () => visit.posts(visit.demo.workspace.managerChannelId)

describe('the demo', () => {
  it("opens as the manager on a Tuesday, Monday's message in view, and says in two lines what this is", async () => {
    const { demo, page } = visit
    expect(await page.textContent('#clock')).toContain('Tue 24 Nov')
    expect(digests()).toHaveLength(1)
    await page.waitForSelector('.message .chart svg[role="img"]')
    expect(await page.textContent('.me b')).toBe(demo.slack.workspace.users.get(demo.workspace.managerId)?.realName)
    expect(await page.textContent('.tour .what')).toMatch(/what changed, whom to look at.*invented.*Connect a real Slack and a real Gong/)
    // Two lines of text of 13 px at 1.35.
    expect((await page.locator('.tour .what').boundingBox())?.height).toBeLessThan(13 * 1.35 * 2.5)
    expect(await page.locator('[data-card].done').count()).toBe(0)
    expect(await visit.seriousFindings()).toEqual([])
  })

  it('has a headline worth reading, a question that fell and two people to look at, each with a way to prepare', async () => {
    const digest = visit.last
    const said = ((await digest.textContent()) ?? '').replaceAll(/\s+/g, ' ')
    expect(said).toMatch(/[56] of [67] talked less: median −\d points, to \d\d %/)
    expect(said).toMatch(/"Agreed a next step with a date" fell from \d\.\d to \d\.\d on Discovery|Discovery fell/)
    expect(await digest.locator('.button', { hasText: 'Prepare 1:1' }).count()).toBeGreaterThanOrEqual(2)
    expect(digests().at(-1)?.text).toMatch(/Most of us talked less/)
  })

  it('writes the newest figure of a chart where no line runs, wide and narrow', async () => {
    const { page } = visit
    for (const [width, size] of [
      [1300, 'wide'],
      [390, 'narrow'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      const chart = page.locator(`.chart .${size}`).last()
      await chart.waitFor()
      // Right of the newest point: no line goes on from there.
      const label = await chart.locator('.value').boundingBox()
      const ends = await Promise.all((await chart.locator('polyline').all()).map((line) => line.boundingBox()))
      const lastEnd = Math.max(...ends.map((box) => (box ? box.x + box.width : Number.NaN)))
      expect([size, (label?.x ?? 0) >= lastEnd]).toEqual([size, true])
      const frame = await chart.boundingBox()
      expect((label?.x ?? 0) + (label?.width ?? 0)).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0) + 1)
      // What is drawn small on a phone is drawn for a phone: at least 10 px high.
      expect((await chart.locator('.tick').first().boundingBox())?.height).toBeGreaterThan(10)
    }
  })

  it('is as readable dark as light, by the machine or by the switch, also in a modal', async () => {
    const { page } = visit
    const paper = () => page.evaluate(() => getComputedStyle(document.querySelector('main') ?? document.body).backgroundColor)
    const light = await paper()
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await paper()).not.toBe(light)
    expect(await visit.seriousFindings()).toEqual([])
    await visit.type('/gong-digest new')
    await page.locator('.message .button', { hasText: 'New digest' }).last().click()
    await page.waitForSelector('dialog.modal[open] select')
    expect(await visit.seriousFindings()).toEqual([])
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog.modal', { state: 'detached' })
    await page.click('[data-theme-switch]')
    expect(await paper()).toBe(light)
    await page.reload()
    await page.waitForSelector('html[data-ready]')
    expect(await paper()).toBe(light)
  })

  it('leads to a real Slack and a real Gong', async () => {
    const { page } = visit
    await page.click('.tour a')
    expect(await page.textContent('h1')).toBe('Connect a real Slack and a real Gong')
    expect(await page.locator('li').count()).toBe(4)
    expect(await visit.seriousFindings()).toEqual([])
    await page.click('text=Back to the demo')
    await page.waitForSelector('html[data-ready]')
  })

  it('leads through the tour: type, details, Monday, and exactly one digest more', async () => {
    const { page } = visit
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
    expect(await visit.seriousFindings()).toEqual([])
  })

  it('changes the period of a private answer in place', async () => {
    const { page } = visit
    await visit.type('/gong-stats')
    await page.waitForSelector('.message.private select')
    const answer = page.locator('.message.private').last()
    const before = await answer.textContent()
    // A leader's answer offers its teams before it offers periods.
    const periods = answer.locator('select').last()
    const options = await periods.locator('option').allTextContents()
    await periods.selectOption({ label: options.at(-1) ?? '' })
    await page.waitForFunction((text) => [...document.querySelectorAll('.message.private')].at(-1)?.textContent !== text, before)
  })

  it('orders a digest in the modal, which arrives after the clock moved', async () => {
    const { demo, page } = visit
    await visit.go('Messages')
    await visit.type('/gong-digest new')
    await page.locator('.message .button', { hasText: 'New digest' }).last().click()
    await page.waitForSelector('dialog.modal[open] select')
    expect(await visit.seriousFindings()).toEqual([])
    await page.locator('dialog.modal label', { hasText: 'To me, as a direct message' }).locator('input').check()
    // There is one about the same people at nine, and of two in one hour that one alone would come.
    await page.fill('dialog.modal input[type="time"]', '11:00')
    await page.locator('dialog.modal', { hasText: 'Mon 30 Nov 11:00' }).waitFor()
    await page.click('dialog.modal button[type="submit"]')
    await page.waitForSelector('dialog.modal', { state: 'detached' })
    await page.locator('.message', { hasText: 'Set up.' }).last().waitFor()
    const posts = () => demo.slack.directMessages(demo.workspace.managerId).filter(({ metadata, threadTs }) => metadata && !threadTs)
    const before = posts().length
    const moment = await page.textContent('#clock')
    await page.click('[data-jump-id="week"]')
    await page.waitForFunction(
      (was) => document.querySelector('#clock')?.textContent !== was && document.querySelector('.jumps') !== null,
      moment,
    )
    // That Monday's at nine had come before: this one at eleven in Berlin, then the one at nine a week later, where the jump ends.
    const hours = posts().map(({ ts }) => new Date(Number(ts) * 1000).toISOString().slice(0, 13))
    expect(hours.slice(before)).toEqual(['2026-11-30T10', '2026-12-07T08'])
  })

  it('shows the outsider the shared channel only, and refuses them figures', async () => {
    const { page } = visit
    await visit.actAs('Outsider')
    await page.waitForSelector('.sidebar [aria-current] >> text=partner-lighthouse')
    expect(await page.locator('.sidebar [data-go^="C"]').count()).toBe(1)
    await visit.type('/gong-stats')
    await page.waitForSelector('.message.private')
    const said = await page.locator('.message.private').last().textContent()
    expect(said).not.toMatch(/\d+\s%/)
    expect(await page.locator('.message.private .chart, .message.private .data-table').count()).toBe(0)
  })

  it('seats each of six people in their own zone, with a list of their own', async () => {
    const { demo, page } = visit
    const zones = new Set<string>()
    for (const { userId, role } of demo.workspace.personas) {
      await visit.actAs(role)
      const user = demo.slack.workspace.users.get(userId)
      await page.waitForFunction((name) => document.querySelector('.me b')?.textContent === name, user?.realName)
      expect(await page.locator('.sidebar [data-go]').count()).toBeGreaterThan(0)
      zones.add(user?.zone ?? '')
    }
    expect(demo.workspace.personas.map(({ role }) => role)).toEqual(['Manager', 'Rep', 'Sales leader', 'Admin', 'Guest', 'Outsider'])
    expect(zones.size).toBeGreaterThan(1)
  })

  it('folds definitions away; they open by the keyboard and stay open while the page goes on', async () => {
    const { page } = visit
    const answer = await visit.ask('/gong-stats team details')
    const fold = answer.locator('details')
    await fold.waitFor()
    const words = fold.locator('text=Share of the time the person spoke')
    expect(await fold.locator('summary').textContent()).toBe('Definitions and small print')
    expect(await words.isVisible()).toBe(false)
    await fold.locator('summary').focus()
    await page.keyboard.press('Enter')
    await words.waitFor()
    expect(await visit.seriousFindings()).toEqual([])
    const id = await answer.getAttribute('id')
    await visit.ask('/gong-stats help')
    expect(await page.locator(`[id="${id}"] details`).getAttribute('open')).not.toBe(null)
  })

  it('answers in words while Gong is down, and with figures once it is back', async () => {
    await visit.fault('gong-down', true)
    const answer = await visit.ask('/gong-stats me 2026-08-03..2026-08-05')
    const said = async () => ((await answer.textContent()) ?? '').replaceAll(/\s+/g, ' ')
    await expect.poll(said).toMatch(/Gong (did not|does not|could not|cannot|is not|answer|is down|has not)/i)
    expect(await said()).not.toMatch(/calls? hosted/)
    await visit.fault('gong-down', false)
    await answer.locator('.button', { hasText: 'Try again' }).click()
    await expect.poll(said).toMatch(/\d+ calls? hosted/)
  })

  it('fits a phone: nothing wider than the window, the list slides in', async () => {
    const { page } = visit
    await page.setViewportSize({ width: 390, height: 780 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(await page.isVisible('.sidebar')).toBe(false)
    await page.click('[data-toggle="sidebar"]')
    await page.click('.sidebar [data-go="home"]')
    await page.locator('.home .block').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(await visit.seriousFindings()).toEqual([])
  })

  it('shows both logs backstage, and what goes wrong there in red', async () => {
    const { page } = visit
    await page.click('.backstage-toggle')
    await page.waitForSelector('.requests li >> text=app → Gong')
    await page.waitForSelector('.requests li >> text=app → Slack')
    expect(await visit.seriousFindings()).toEqual([])
    await visit.fault('slack-blocks', true)
    await visit.type('/gong-stats')
    await page.waitForSelector('.requests .wrong >> text=invalid_blocks')
    await visit.fault('slack-blocks', false)
  })
})
