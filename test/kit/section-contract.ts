// What every section of every report keeps to: silent without data, within limits, never pinging, personal figures to persons only.
// A section that joins a report's list gets these tests by itself; the recipes test holds a new one against them.
import { describe, expect, it } from 'vitest'
import { known, noData } from '../../src/domain/measured.ts'
import { toSlack } from '../../src/render/blocks/blocks.ts'
import { partLines } from '../../src/render/blocks/part-blocks.ts'
import type { Part } from '../../src/render/message.ts'

import type { ReportContext, Section } from '../../src/reports/section.ts'
import { liveInMessage } from '../../src/sandbox/slack/block-kit-live.ts'
import { validateBlocks } from '../../src/sandbox/slack/block-kit-rules.ts'
import { companyOf, hostile } from './any-company.ts'
import { unnoted } from './named-in.ts'
import {
  type Answers,
  ana,
  answered,
  coachingEffect,
  coachingOverview,
  coachingReceived,
  coachingReport,
  fakeStats,
  inChannel,
  maria,
  person,
  personFigures,
  personReport,
  scorecardReport,
  team,
  teamReport,
  toAna,
  toReader,
  viewer,
} from './report-fixtures.ts'

const nothing: Answers = {
  team: teamReport({
    members: [],
    people: [],
    measures: new Map(),
    trend: new Map(),
    daily: [],
    counts: { members: 0, enoughCalls: 0, tooFewCalls: 0, noCalls: 0, neverRead: 0 },
  }),
  person: personReport({
    figures: personFigures(ana, { callCount: { calls: noData('not-given'), basis: 'exact' }, enoughCalls: false, measures: new Map() }),
    team: new Map(),
    trend: new Map(),
    daily: [],
  }),
  scorecards: scorecardReport({ answered: 0, answeredBefore: 0, cards: [], peopleReviewed: 0 }),
  coaching: coachingReport({ reports: [], coachedIn2Weeks: 0, coachedIn4Weeks: 0 }),
  coachingOverview: coachingOverview({ managers: [] }),
  coachingEffect: coachingEffect({ rose: [], unchanged: [], fell: [], notScoredSince: [] }),
  coachingReceived: (() => {
    const { lastCard: _none, ...report } = coachingReceived({ cards: [], commentsReceived: known(0) })
    return report
  })(),
}

/** Whoever stands in the reports here. */
const everybody = [maria, ...team, ...coachingOverview().managers.map(({ manager }) => manager)]

const seed = { count: 12, seed: 7, missing: 0.1, texts: hostile, contract: 'documented' as const }

/** Everybody a report may be for. */
const readers: readonly { readonly name: string; readonly context: (answers: Answers) => ReportContext }[] = [
  { name: 'a channel', context: (answers) => inChannel(answers) },
  {
    name: 'a channel with names',
    context: (answers) => inChannel(answers, { audience: { type: 'group', byName: true }, detail: 'by-name' }),
  },
  { name: 'a manager', context: (answers) => toReader(answers) },
  {
    name: 'a member of the team',
    context: (answers) => toReader(answers, { audience: { type: 'person', viewer: viewer(ana) }, detail: 'medians' }),
  },
  { name: 'the person', context: (answers) => toAna(answers) },
  { name: 'an admin about the company', context: (answers) => toReader(answers, { subject: { type: 'company' } }) },
]

/** Each line, cell row and control of a part as text: what is read together. */
const readTogether = (part: Part): readonly string[] =>
  part.type === 'table' ? part.rows.map((row) => JSON.stringify(row)) : [...partLines(part)].map(({ plain }) => plain)

const sent = (parts: readonly Part[]) => toSlack({ summary: 'x', parts })

export function sectionContract(section: Section): void {
  describe(`the section ${section.id}`, () => {
    it.each(readers)('says nothing without data, or says that there is none, to $name', async ({ context }) => {
      const output = await section.write(context(nothing))
      if (!section.speaksAlways) expect(output).toBeUndefined()
      else expect(JSON.stringify(output ?? '')).not.toMatch(/NaN|undefined|null|Infinity/)
    })

    it.each(readers)('is taken by Slack whatever names hold, to $name', async ({ context }) => {
      const output = await section.write(context(companyOf(seed).answers))
      for (const parts of [output?.parts ?? [], output?.thread ?? []]) {
        const message = sent(parts)
        expect(validateBlocks(message.blocks, 'message')).toEqual([])
        expect(liveInMessage(message).filter(({ kind }) => kind !== 'link')).toEqual([])
      }
      expect(JSON.stringify(output ?? '')).not.toMatch(/NaN|undefined|Infinity/)
    })

    it('shows nobody by name to a channel', async () => {
      const named = teamReport({ people: [personFigures(ana)] })
      const output = await section.write(inChannel({ team: named }))
      expect(JSON.stringify(output ?? '')).not.toContain('Ana')
      expect(output?.shows ?? []).toEqual([])
    })

    it('shows nobody by name to a member of the team', async () => {
      const named = teamReport({ people: [personFigures(ana)] })
      const output = await section.write(
        toReader({ team: named }, { audience: { type: 'person', viewer: viewer(person('109', 'Zoe')) }, detail: 'medians' }),
      )
      expect(JSON.stringify(output ?? '')).not.toMatch(/Ana|Ben|Kai/)
      expect(output?.shows ?? []).toEqual([])
    })

    it.each(readers.filter(({ name }) => name === 'a manager' || name === 'a channel with names'))(
      'records whoever it names beside a figure, to $name',
      async ({ context }) => {
        const output = await section.write(context({ team: teamReport({ people: team.map((each) => personFigures(each)) }) }))
        const read = [...(output?.parts ?? []), ...(output?.thread ?? [])].flatMap(readTogether)
        const named = team.filter(({ name }) => {
          const [first = ''] = name.split(' ')
          return read.some((text) => text.includes(first) && /\d/.test(text.replaceAll(name, '')))
        })
        expect(named.flatMap(({ id, name }) => (output?.shows?.includes(id) ? [] : [name]))).toEqual([])
      },
    )

    it.each(readers)('notes whoever it names in any words, to $name', async ({ context }) => {
      const people = team.map((each, at) => personFigures(each, { isNew: at % 3 === 0, enoughCalls: at % 2 === 0 }))
      const single = team.map((each, at) => answered({ id: `a${at}`, reviewedId: each.id }))
      for (const answers of [{}, { team: teamReport({ people }), scorecards: scorecardReport({ single }) }]) {
        const mentions = new Set<string>()
        const output = await section.write({ ...context(answers), mentions })
        expect(unnoted(output ?? '', everybody, [...mentions])).toEqual([])
      }
    })

    it("shows no person's own figures to a group, even by name", async () => {
      const stats = fakeStats()
      const output = await section.write(
        inChannel(
          {},
          { subject: { type: 'person', personId: ana.id }, audience: { type: 'group', byName: true }, detail: 'by-name', stats },
        ),
      )
      expect(output).toBeUndefined()
      expect(stats.asked).toEqual([])
    })
  })
}
