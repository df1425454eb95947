// The preview prints every message as read and as blocks, and names what exists when asked for something else.
import { describe, expect, it } from 'vitest'
import { type PreviewSources, preview, previews } from '../../src/cli/preview/preview.ts'
import { orgChart } from '../../src/domain/team.ts'
import { AskError } from '../../src/errors.ts'
import { ana, fakeStats, maria, now, team } from '../kit/report-fixtures.ts'

const sources: PreviewSources = {
  stats: fakeStats(),
  chart: orgChart([maria, ...team]),
  today: '2026-11-23',
  now,
  zone: 'Europe/Berlin',
  weekStart: 1,
  gongAppUrl: 'https://app.gong.io',
}

describe('preview', () => {
  it.each(previews)('prints %s as a person reads it and as Block Kit', async (report) => {
    const { text: printed } = await preview({ report }, sources)
    // A reminder is of today, and a screen before a 1:1 of the weeks before it.
    if (report !== 'reminder') expect(printed).toContain('16–22 Nov')
    expect(printed).toContain('--- Block Kit ---')
    expect(printed).toContain(report === 'reminder' ? 'Ben' : '"type": "section"')
    expect(printed.slice(0, printed.indexOf('--- Block Kit')).match(/preview/gi)?.length ?? 0).toBeLessThanOrEqual(1)
  })

  it('shows a team digest as its channel reads it: without names', async () => {
    const stats = fakeStats()
    await preview({ report: 'team' }, { ...sources, stats })
    expect(stats.asked.filter((asked) => asked.includes('by-name'))).toEqual([])
  })

  it('finds a person by e-mail, id or part of the name', async () => {
    const stats = fakeStats()
    for (const about of [ana.id, 'ana d']) await preview({ report: 'personal', about }, { ...sources, stats })
    expect(stats.asked.filter((asked) => asked.startsWith('person'))).toEqual(
      Array.from({ length: stats.asked.filter((asked) => asked.startsWith('person')).length }, () =>
        expect.stringContaining(`person ${ana.id}`),
      ),
    )
  })

  it('names the reports that exist, and people who do not', async () => {
    await expect(preview({ report: 'yearly' }, sources)).rejects.toThrow(/There are: team, personal/)
    await expect(preview({ report: 'personal', about: 'nobody@x' }, sources)).rejects.toThrow(AskError)
    await expect(preview({ report: 'team', about: ana.id }, sources)).rejects.toThrow('Nobody reports to Ana Diaz in Gong.')
  })
})
