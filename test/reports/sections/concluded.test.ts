// Who is recorded as seen where a report counts people instead of naming them: everybody whose own figure its reader can conclude.
import { expect, it } from 'vitest'
import { coachingEffect } from '../../../src/reports/sections/coaching-effect.ts'
import { composeReport } from '../../../src/reports/write-sections.ts'
import { ana, coachingEffect as effectOf, kai, maria, personFigures, teamReport, toReader, viewer } from '../../kit/report-fixtures.ts'

const org = { subject: { type: 'org', managerId: maria.id } } as const
const nobody = { rose: [], unchanged: [], fell: [], notScoredSince: [] }

it.each([
  ['one person', { rose: ['101'] }, ['101']],
  ['everybody who rose', { rose: ['101', '105', '106'] }, ['101', '105', '106']],
  ['everybody who fell, not whoever was not scored since', { fell: ['101', '105'], notScoredSince: ['102'] }, ['101', '105']],
  ['nobody where it went two ways', { rose: ['101', '105'], unchanged: ['106'] }, []],
  ['nobody of those who were not scored since', { notScoredSince: ['101'] }, []],
] as const)('"Is coaching working?" shows %s', async (_who, since, shown) => {
  const output = await coachingEffect.write(toReader({ coachingEffect: effectOf({ ...nobody, ...since }) }, org))
  expect(output?.shows ?? []).toEqual(shown)
})

it('shows a reader who is one of them the others, when they are the only one who went another way', async () => {
  const shownTo = async (readerId: string, since: Partial<typeof nobody> | object) => {
    const audience = { type: 'person', viewer: viewer({ ...ana, id: readerId }) } as const
    return (await coachingEffect.write(toReader({ coachingEffect: effectOf({ ...nobody, ...since }) }, { ...org, audience })))?.shows
  }
  expect(await shownTo('101', { rose: ['105', '106'], fell: ['101'] })).toEqual(['105', '106'])
  expect(await shownTo('101', { rose: ['101', '105'] })).toEqual(['105'])
  expect(await shownTo('107', { rose: ['105', '106'], fell: ['101'] })).toEqual([])
})

it('a figure of two people, of whom the reader is one, shows the other', async () => {
  const team = teamReport({ people: [personFigures(ana), personFigures(kai)] })
  const shownTo = async (reader: typeof ana) =>
    (await composeReport(toReader({ team }, { ...org, audience: { type: 'person', viewer: viewer(reader) } }), [])).shows
  expect(await shownTo(ana)).toEqual([kai.id])
  expect(await shownTo(maria)).toEqual([])
})
