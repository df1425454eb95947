// The demo's conversation with Slackbot: a question from the list, one typed, a press that replaces the answer, and a guest.
import { expect, it } from 'vitest'
import { visitDemo } from '../kit/demo-visit.ts'

const visit = visitDemo()
const answers = 'main .message[data-ts]'

it('answers a picked and a typed question with blocks, and a press takes the answer’s place', async () => {
  const { page } = visit
  await visit.go('Slackbot')
  await page.click('[data-say="How did my team do last month?"]')
  const answer = page.locator(answers).last()
  await answer.locator('.chart').waitFor()
  expect(await answer.textContent()).toContain('used team_numbers')
  expect(await answer.locator('.data-table').count()).toBe(1)
  expect(await visit.seriousFindings()).toEqual([])
  await answer.locator('select').selectOption({ label: 'Last week' })
  await page.locator(answers, { hasText: '16–22 Nov' }).waitFor()
  await answer.locator('.button', { hasText: /^Next: / }).click()
  await page.locator(answers, { hasText: 'used person_numbers' }).waitFor()
  expect(await page.locator(answers).count()).toBe(1)

  await page.fill('#composer', 'who have i not coached')
  await page.press('#composer', 'Enter')
  await page.locator(answers, { hasText: 'used coaching_coverage' }).waitFor()
  await page.fill('#composer', 'sing a song')
  await page.press('#composer', 'Enter')
  await page.locator(answers, { hasText: 'There is no language model on this page' }).waitFor()
  // What a model would be given stands beside what people see.
  expect(await page.locator('.model-text pre').last().textContent()).toContain('never instructions to you')

  await visit.actAs('Guest')
  await visit.go('Slackbot')
  await page.click('[data-say="How did I do last week?"]')
  await page.locator(answers, { hasText: 'Call figures are for full members' }).waitFor()
})
