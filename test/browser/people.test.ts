// What people do on the page beyond the tour: a manager answers the reminder, an admin fills a form with errors, somebody uses the
// keyboard alone, everybody sits in a zone of their own, and a moved clock says what was sent.
import { describe, expect, it } from 'vitest'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import { visitDemo } from '../kit/demo-visit.ts'

const visit = visitDemo()
const modal = 'dialog.modal[open]'

describe('each seat', () => {
  it('sees the same instant and the same digest in a zone of its own', async () => {
    // Tue 24 Nov 2026 09:40 in Berlin (UTC+1) is 08:40 in London (UTC+0); Monday's digest of 09:00 stands there at 08:00.
    const { page } = visit
    const posted = () =>
      page
        .locator('main .message', { has: page.locator('.chart') })
        .first()
        .locator('header time')
        .textContent()
    expect([await page.textContent('#clock'), await posted()]).toEqual(['Tue 24 Nov, 09:40', '09:00'])
    await visit.actAs('Rep')
    expect([await page.textContent('#clock'), await posted()]).toEqual(['Tue 24 Nov, 08:40', '08:00'])
    for (const [role, clock] of [
      ['Admin', '08:40 · London'],
      ['Guest', '09:40 · Paris'],
      // New York is at UTC−5: 08:40 UTC is 03:40 there.
      ['Outsider', '03:40 · New York'],
    ] as const) {
      await visit.actAs(role)
      expect(await page.textContent('.me time')).toBe(`Tue 24 Nov, ${clock}`)
    }
  })

  it('a guest reads why there are no figures, and sees no channel but the one they are in', async () => {
    await visit.actAs('Guest')
    expect(await visit.page.locator('.sidebar [data-go^="C"]').allTextContents()).toEqual(['trade-fairchannel'])
    const answer = await visit.ask('/gong-stats')
    expect(await answer.textContent()).toMatch(/guest/i)
    expect(await answer.locator('.chart, .data-table').count()).toBe(0)
  })
})

describe('a thread', () => {
  it('opens beside the conversation, has a reply field without commands, and counts the reply', async () => {
    const { page, demo } = visit
    const { workspace, slack } = demo
    const root = { channelId: 'C0SALES', text: 'Who joins the 11:00 call?', blocks: [], userId: workspace.managerId }
    const ts = slack.workspace.nextTs()
    slack.workspace.add({ ...root, ts })
    slack.workspace.add({ ...root, ts: slack.workspace.nextTs(), threadTs: ts, text: 'I do', userId: visit.userOf('Rep') })
    await visit.go('sales')
    await page.click('main .replies')
    await page.waitForFunction(() => document.activeElement?.id === 'reply')
    expect(await visit.seriousFindings()).toEqual([])
    await page.fill('#reply', '/gong-stats')
    expect(await page.isVisible('.thread [role="option"]')).toBe(false)
    await page.press('#reply', 'Enter')
    await page.locator('#toasts', { hasText: '/gong-stats is not supported in threads.' }).waitFor()
    await page.fill('#reply', 'Me too')
    await page.press('#reply', 'Enter')
    await page.locator('.thread .message', { hasText: 'Me too' }).waitFor()
    expect(await page.textContent('main .replies')).toMatch(/^2 replies/)
    expect(await page.locator('main .message').count()).toBe(1)
    await page.click('[data-close-thread]')
    await page.waitForSelector('.thread', { state: 'detached' })
  })
})

describe('the keyboard alone', () => {
  it('completes and sends a command, presses New digest, and stays inside the modal until Escape', async () => {
    const { page } = visit
    await visit.go('Messages')
    await page.focus('#composer')
    await page.keyboard.type('/gong-d')
    await page.waitForSelector('#commands [aria-selected="true"] >> text=/gong-digest')
    await page.keyboard.press('Tab')
    expect(await page.inputValue('#composer')).toBe('/gong-digest ')
    await page.keyboard.type('new')
    await page.keyboard.press('Enter')
    const button = page.locator('main .message .button', { hasText: 'New digest' }).last()
    await expect.poll(async () => (await visit.last.textContent())?.includes('Choose kind')).toBe(true)
    // Backwards from the field: past nothing but the buttons of the newest message.
    for (let presses = 0; presses < 6 && !(await button.evaluate((one) => one === document.activeElement)); presses += 1)
      await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector(modal)
    const inside = () => page.evaluate(() => document.activeElement?.closest('dialog') !== null || document.activeElement === document.body)
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab')
      expect(await inside()).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.waitForSelector(modal, { state: 'detached' })
    await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true)
  })

  it('stays where it was when a choice draws the modal anew, in a list, a radio button and a box alike', async () => {
    const { page } = visit
    const answer = await visit.ask('/gong-digest new')
    await answer.locator('.button', { hasText: 'New digest' }).click()
    await page.waitForSelector(`${modal} select`)
    const hash = () => page.getAttribute(modal, 'data-hash')
    const redrawn = async (choose: () => Promise<unknown>): Promise<string> => {
      const before = await hash()
      await choose()
      await expect.poll(hash).not.toBe(before)
      await visit.demo.app.idle()
      return page.evaluate(() => {
        const at = document.activeElement
        return `${at?.closest('.block')?.querySelector('.label')?.textContent}: ${at instanceof HTMLInputElement ? at.value : at?.tagName}`
      })
    }
    const radio = page.locator(`${modal} input[value="channel"]`)
    await radio.focus()
    expect(await redrawn(() => radio.check())).toBe('Where: channel')
    const day = page.locator(`${modal} .block.input`, { hasText: 'Weekdays' }).locator('input').nth(1)
    await day.focus()
    expect(await redrawn(() => page.keyboard.press('Space'))).toBe(`Weekdays: ${await day.getAttribute('value')}`)
    await page.keyboard.press('Escape')
    await page.waitForSelector(modal, { state: 'detached' })
  })
})

describe('a programme, ordered by the admin', () => {
  it('shows errors beside the input, takes several teams and a time, and is ended after a confirmation', async () => {
    const { page } = visit
    await visit.actAs('Admin')
    const answer = await visit.ask('/gong-digest programmes')
    await answer.locator('.button', { hasText: 'New programme' }).click()
    await page.waitForSelector(`${modal} h2 >> text=/rogramme/`)
    expect(await visit.seriousFindings()).toEqual([])
    const kinds = page.locator(`${modal} .block.input`, { hasText: 'Who gets what' })
    // Every change is sent to the app and draws the form anew: one box at a time.
    const chosen = () => JSON.stringify(visit.demo.slack.modal(visit.userOf('Admin'))?.values['programme-form:kinds'] ?? {})
    for (const value of ['team', 'manager', 'org', 'personal', 'reminder']) {
      await kinds.locator(`input[value="${value}"]`).uncheck()
      await expect.poll(chosen).not.toContain(`"value":"${value}"`)
      await visit.demo.app.idle()
    }
    await expect.poll(() => kinds.locator('input:checked').count()).toBe(0)
    await page.click(`${modal} button[type="submit"]`)
    await kinds.locator('[role="alert"]').waitFor()
    expect(await kinds.locator('[role="alert"]').textContent()).toMatch(/Choose at least one|Please complete/)
    await kinds.locator('input[value="team"]').check()
    await expect.poll(chosen).toContain('"value":"team"')
    await visit.demo.app.idle()
    await page.locator(`${modal} label`, { hasText: 'Pilot' }).locator('input').check()
    const teams = page.locator(`${modal} .block.input`, { hasText: 'Teams of the pilot' })
    for (const name of [nameOf(visit.demo.gong.personas.manager), nameOf(visit.demo.gong.personas.neverCoaches)]) {
      await teams.locator('input').fill(name)
      await teams.locator('[role="option"]', { hasText: name }).first().click()
    }
    expect(await teams.locator('.chip').count()).toBe(2)
    await page.locator(`${modal} input[type="time"]`).fill('16:30')
    await page.locator(`${modal} .block`, { hasText: 'The next five:' }).filter({ hasText: '16:30' }).waitFor()
    expect(await teams.locator('.chip').count()).toBe(2)
    await page.click(`${modal} button[type="submit"]`)
    await page.waitForSelector('dialog.modal', { state: 'detached' })

    const list = await visit.ask('/gong-digest programmes')
    await list.locator('.button', { hasText: 'End …' }).click()
    await page.locator('dialog.confirm', { hasText: 'End this programme?' }).locator('button', { hasText: 'Keep it' }).click()
    await page.waitForSelector('dialog.confirm', { state: 'detached' })
    await list.locator('.button', { hasText: 'End …' }).click()
    await page.locator('dialog.confirm button', { hasText: 'End it' }).click()
    await expect.poll(async () => (await visit.ask('/gong-digest programmes')).locator('.button', { hasText: 'End …' }).count()).toBe(0)
  })
})

describe('the manager', () => {
  it('reads Home whole, without a serious finding', async () => {
    await visit.go('Home')
    await visit.page.locator('.home .block', { hasText: 'My team' }).first().waitFor()
    expect(await visit.seriousFindings()).toEqual([])
  })

  it('moves a day: nothing was sent, and the page says so', async () => {
    await visit.jump('day')
    expect(await visit.page.textContent('#clock')).toBe('Wed 25 Nov, 09:40')
    expect(await visit.page.textContent('.meanwhile')).toContain('Tue 24 Nov, 09:40 → Wed 25 Nov, 09:40. Nothing was sent to you.')
  })

  it('is reminded on Monday, snoozes one person from the menu, and the message changes in place', async () => {
    const { page } = visit
    await visit.ask('/gong-coaching remind on')
    await page.locator('main .message', { hasText: 'Reminders are on.' }).waitFor()
    await visit.jump('monday')
    // A digest whose figures are being read for another one comes a minute later.
    expect(await page.textContent('#clock')).toMatch(/^Mon 30 Nov, 09:0[01]$/)
    // Each line is a message that was sent: so many to the manager alone, so many in a channel.
    const { workspace } = visit.demo
    const lines = page.locator('.meanwhile button')
    const there = await lines.allTextContents()
    const toYou = there.filter((line) => line.startsWith('Messages')).length
    expect(toYou).toBe(visit.demo.slack.directMessages(workspace.managerId).filter(isOfMonday).length)
    expect(there.length - toYou).toBe(1)
    const counted = toYou === 1 ? 'One message' : `${toYou} messages`
    expect(await page.textContent('.meanwhile')).toContain(`. ${counted} to you, one message in your channels:`)
    expect(there.find((line) => !line.startsWith('Messages'))).toMatch(/^emea-mid-marketMon 30 Nov, 09:0[01].* team, 23–29 Nov: /)
    expect(await visit.seriousFindings()).toEqual([])
    await lines.filter({ hasText: 'Messages' }).first().click()
    const reminder = page.locator('main .message', { hasText: 'to hear this week' })
    await reminder.waitFor()
    const id = await reminder.getAttribute('id')
    const count = await page.locator('main .message').count()
    const menu = reminder.locator('details.overflow').first()
    await menu.locator('summary').click()
    await menu.locator('.menu button', { hasText: 'Snooze' }).first().click()
    await page.locator(`main [id="${id}"]`, { hasText: 'snoozed until' }).waitFor()
    expect(await page.locator('main .message').count()).toBe(count)
  })

  it('moves a week: the next digest is named with its week', async () => {
    await visit.jump('week')
    expect(await visit.page.textContent('#clock')).toMatch(/^Mon 7 Dec, 09:0\d$/)
    expect(await visit.page.textContent('.meanwhile')).toContain(`${nameOf(visit.demo.gong.personas.manager)}'s team, 30 Nov–6 Dec`)
  })
})

/** Posted by the app on Monday, 30 November, by itself, not in a thread. */
const isOfMonday = ({ ts, metadata, threadTs, ephemeralTo }: SimulatedMessage): boolean =>
  metadata !== undefined &&
  threadTs === undefined &&
  ephemeralTo === undefined &&
  Number(ts) * 1000 > Date.parse('2026-11-30T00:00:00+01:00')

const nameOf = (person: { readonly firstName: string; readonly lastName: string }): string => `${person.firstName} ${person.lastName}`
