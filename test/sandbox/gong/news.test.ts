// The demo's story: whatever the day it is started on, the weeks before are usual ones, last week is news by the product's own rule, and
// there is somebody to look at. Worked out from the true calls.
import { describe, expect, it } from 'vitest'
import { known, type Measured } from '../../../src/domain/measured.ts'
import { addDays, type LocalDate, startOfLocalDate } from '../../../src/domain/period.ts'
import { type CallBook, createCallBook } from '../../../src/sandbox/gong/calls.ts'
import { type Company, createCompany } from '../../../src/sandbox/gong/company.ts'
import { cardsOf, interactionOf } from '../../../src/sandbox/gong/figures.ts'
import { median } from '../../../src/stats/figures/median.ts'
import { teamNews } from '../../../src/stats/figures/news.ts'
import { medianChange, movedOf, ownChanges } from '../../../src/stats/figures/own-changes.ts'
import { usualRange } from '../../../src/stats/figures/usual-range.ts'

const zone = 'Europe/Berlin'
const enoughCalls = 3
/** Sundays over two years, seven weeks and a day or so apart: every season, both changes of the clocks, a leap day. */
const sundays = Array.from({ length: 15 }, (_, index) => addDays('2026-11-22', index * 49))

interface Demo {
  readonly company: Company
  readonly book: CallBook
}

const companyOn = (today: LocalDate, people = 42, seed = 3): Demo => {
  const company = createCompany({ people, seed, today, news: true })
  return { company, book: createCallBook(company, zone, 0.1) }
}

const range = (from: LocalDate, days = 7) => ({
  fromMs: startOfLocalDate(from, zone).getTime(),
  toMs: startOfLocalDate(addDays(from, days), zone).getTime(),
  nowMs: startOfLocalDate(addDays(from, days), zone).getTime(),
})

/** Talk ratios of a manager's reports in the week `weeks` after that of the news. */
function week({ company, book }: Demo, lead: number, weeks: number): ReadonlyMap<string, Measured> {
  const sums = interactionOf(book, range(addDays(company.dates.news ?? '', 7 * weeks)), false)
  const rows = (company.reportsOf.get(lead) ?? []).flatMap(({ index, id, story }): [string, Measured][] => {
    const sum = sums.get(index)
    return sum && sum.calls >= enoughCalls && story !== 'new-hire' ? [[id, known(sum.talkShare / sum.calls)]] : []
  })
  return new Map(rows)
}

const middle = (rows: ReadonlyMap<string, Measured>): Measured =>
  known(median([...rows.values()].flatMap((row) => (row.known ? [row.value] : []))) ?? Number.NaN)

/** News by the rule of digests, commands and Home. */
function newsOf(demo: Demo, lead: number, weeks: number) {
  const [now, before] = [week(demo, lead, weeks), week(demo, lead, weeks - 1)]
  const changes = ownChanges(now, before, 'share', () => false)
  const past = [...Array(8).keys()].map((ago) => week(demo, lead, weeks - 1 - ago)).filter(({ size }) => size > 0)
  const usual = usualRange(past.map(middle), 'share')
  const moved = movedOf(changes.values())
  return { news: teamNews(middle(now), medianChange(changes.values()), () => usual, moved, 'share'), moved, usual }
}

describe.each(sundays)('a demo started in the week after Sunday, %s', (sunday) => {
  const demo = companyOn(sunday)
  const { manager, badQuarterManager } = demo.company.personas

  it('has a manager whose team talked less last week, one person more, outside what is usual', () => {
    const { news, moved, usual } = newsOf(demo, manager.index, 0)
    expect(usual).toBeDefined()
    expect(news).toMatchObject({ direction: 'down', why: 'outside-usual' })
    expect(moved.down).toBeGreaterThanOrEqual(4)
    expect(moved.up).toBe(1)
  })

  it('has another team that talked more', () => {
    expect(newsOf(demo, badQuarterManager.index, 0).news).toMatchObject({ direction: 'up' })
  })

  it('has a Discovery question that fell by a point, answered often enough', () => {
    const scores = (weeks: number) =>
      cardsOf(demo.book, range(addDays(sunday, -6 + 7 * weeks)), [], false)
        .filter(({ kind, reviewedId }) => kind.name === 'Discovery' && demo.company.byId.get(reviewedId)?.managerIndex === manager.index)
        .flatMap(({ answers }) => answers[4]?.score ?? [])
    const mean = (list: readonly number[]) => list.reduce((sum, score) => sum + score, 0) / list.length
    expect(scores(0).length).toBeGreaterThanOrEqual(3)
    expect(mean(scores(0)) - mean(scores(-1))).toBeLessThan(-0.5)
  })

  it('has two people whom the manager has not scored for two weeks, and the others scored lately', () => {
    const lately = cardsOf(demo.book, range(addDays(sunday, -13), 14), [], false).filter(({ reviewerId }) => reviewerId === manager.id)
    const scored = new Set(lately.map(({ reviewedId }) => demo.company.byId.get(reviewedId)?.index))
    const reports = (demo.company.reportsOf.get(manager.index) ?? []).filter(({ story }) => story !== 'new-hire' && story !== 'on-leave')
    const without = reports.filter(({ index }) => !scored.has(index)).map(({ index }) => index)
    expect(without).toEqual(expect.arrayContaining([...demo.company.overlooked]))
    expect(without.length).toBeLessThanOrEqual(3)
  })
})

it('has usual weeks before: by talk ratio at most one in ten is news', () => {
  // Weeks of the manager's team, one to three before the news, over all starts.
  const weeks = sundays.flatMap((sunday) => [-1, -2, -3].map((ago) => ({ demo: companyOn(sunday), ago })))
  const news = weeks.filter(({ demo, ago }) => newsOf(demo, demo.company.personas.manager.index, ago).news !== undefined)
  expect(news.length).toBeLessThanOrEqual(weeks.length / 10)
})

it('has no news unless it is asked for: then every week is made as ever', () => {
  const plain = createCompany({ people: 42, seed: 3, today: '2026-11-22' })
  expect([plain.dates.news, plain.overlooked, plain.unmatched]).toEqual([undefined, [], []])
})
