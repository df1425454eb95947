// What each of five people comes for, in the browser against one demo: a rep's own week, a manager's look-first list, a leader's teams, an
// admin's unmatched people, and a guest who gets a sentence and nothing else.
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { visitDemo } from '../kit/demo-visit.ts'

const visit = visitDemo()
const modal = 'dialog.modal[open]'
/** Of a laptop, less the bars of Slack and of the browser. */
const screen = 800
const flat = async (place: Locator): Promise<string> => ((await place.textContent()) ?? '').replaceAll(/\s+/g, ' ')
const newest = () => visit.page.locator('main .message').last()
const nameOf = (index: number): string => {
  const person = visit.demo.gong.company.people[index]
  return `${person?.firstName} ${person?.lastName}`
}

describe('five people', () => {
  it('a rep reads what changed for them, one thing to try, and who has seen it', async () => {
    const { page } = visit
    await visit.actAs('Rep')
    await visit.go('Messages')
    const digest = newest()
    expect(await flat(digest)).toMatch(
      /^.*Your week, \w+ · 16–22 Nov.*Your \w+.* (?:fell|rose) to .*; you usually have .*One thing to try: "/,
    )
    expect(await digest.locator('.chart').count()).toBe(1)
    expect(await digest.locator('a', { hasText: 'Open call' }).count()).toBeGreaterThan(0)
    await digest.locator('.button', { hasText: 'Who has seen my numbers' }).click()
    await page.locator('.message.private', { hasText: /Nobody but you|Who has seen your figures/ }).waitFor()
    // Of others they see the team's medians, never a name.
    const team = await visit.ask('/gong-stats team')
    await team.locator('.chart').waitFor()
    for (const { firstName, lastName } of visit.demo.gong.company.reportsOf.get(visit.demo.gong.personas.manager.index) ?? [])
      expect(await flat(team)).not.toContain(`${firstName} ${lastName}`)
    const refused = await visit.ask('/gong-stats all')
    expect(await refused.locator('.chart, .data-table').count()).toBe(0)
    expect(await refused.locator('.button').count()).toBeGreaterThan(0)
  })

  it('a manager sees what changed and whom to look at, prepares the 1:1 of one and turns reminders on', async () => {
    const { page, demo } = visit
    const digest = newest()
    const [first, second] = demo.gong.company.overlooked.map(nameOf)
    expect(await flat(digest)).toMatch(/talked less: median −\d points.*fell.*Look at first/)
    for (const name of [first, second]) expect(await flat(digest)).toContain(`${name}: no scorecard from you for`)
    await digest.locator('.button', { hasText: 'Prepare 1:1' }).first().click()
    const sheet = page.locator('.message', { hasText: `1:1 with ${first}` })
    await sheet.first().waitFor()
    expect((await Promise.all((await sheet.all()).map(flat))).join()).toContain('For coaching, not employment decisions.')
    const on = await visit.ask('/gong-coaching remind on')
    expect(await flat(on)).toContain('Reminders are on.')
  })

  it('a leader sees which teams to look at, on Monday and when asked, and opens one', async () => {
    const { page, demo } = visit
    await visit.actAs('Sales leader')
    await visit.go('Messages')
    expect(await flat(newest())).toMatch(/teams to look at: /)
    const org = await visit.ask('/gong-stats')
    await org.locator('.data-table').first().waitFor()
    const said = await flat(org)
    expect(said).toMatch(/\w+ teams to look at: /)
    const { manager } = demo.gong.personas
    // Teams differ: one talked less, another asked more, a third is not coached.
    expect(said).toMatch(new RegExp(`${nameOf(manager.index)}'s \\(\\d of \\d talked less`))
    expect(said).toMatch(/\d of \d asked more questions/)
    const before = await page.locator('main .message').count()
    const choice = org.locator('select').first()
    await choice.selectOption({ label: `${nameOf(manager.index)}'s team` })
    await expect
      .poll(async () => `${await page.locator('main .message').count()} ${await flat(newest())}`)
      .toMatch(new RegExp(`^(?:${before}|${before + 1}) .*${nameOf(manager.index)}'s team · 16–22 Nov`))
  })

  it('an admin finds two people without a match, links one, and reads how Gong is read', async () => {
    const { page, demo } = visit
    await visit.actAs('Admin')
    await visit.go('Home')
    const home = page.locator('.home')
    await home.locator('.block', { hasText: 'People without a match' }).waitFor()
    expect(await flat(home)).toContain('2 of 42 people get no figures and no digest until they are linked.')
    expect(await flat(home)).toMatch(/\d+ of \d+ periods ready\. Last read/)
    // The week is at the top, and what is before help is no more than a screen.
    const week = home.locator('.block').first()
    expect(await flat(week)).toBe('The company · 16–22 Nov')
    const help = await home.locator('.block', { hasText: 'What you can ask' }).first().boundingBox()
    expect((help?.y ?? Number.NaN) - ((await week.boundingBox())?.y ?? 0)).toBeLessThan(screen)
    const [unmatched = -1] = demo.gong.company.unmatched
    const name = nameOf(unmatched)
    await home.locator('.block.section', { hasText: name }).locator('.button', { hasText: 'Link' }).click()
    await page.waitForSelector(modal)
    const user = [...demo.slack.workspace.users.values()].find(({ realName }) => realName === name)
    const select = page.locator(`${modal} select`).first()
    await select.selectOption({ value: user?.id ?? '' })
    await page.click(`${modal} button[type="submit"]`)
    await page.waitForSelector('dialog.modal', { state: 'detached' })
    await visit.go('Messages')
    await visit.go('Home')
    await expect.poll(() => flat(home)).toContain('1 of 42 people get no figures and no digest until they are linked.')
  })

  it('a guest reads one sentence in Home and in answers, with nothing to press', async () => {
    const { page } = visit
    await visit.actAs('Guest')
    await visit.go('Home')
    const home = page.locator('.home')
    await home.locator('.block').first().waitFor()
    expect(await flat(home)).toContain('guest accounts see none')
    expect(await home.locator('.button, select').count()).toBe(0)
    const answer = await visit.ask('/gong-stats')
    expect(await flat(answer)).toContain('guest accounts see none')
    expect(await answer.locator('.button, select, .chart, .data-table').count()).toBe(0)
  })
})
