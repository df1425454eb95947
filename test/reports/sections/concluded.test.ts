// Who is recorded as seen where a report counts people instead of naming them: everybody whose own figure its reader can conclude.
import { expect, it } from 'vitest'
import { known } from '../../../src/domain/measured.ts'
import { coachingEffect } from '../../../src/reports/sections/coaching-effect.ts'
import { conversation } from '../../../src/reports/sections/conversation.ts'
import { headline } from '../../../src/reports/sections/headline.ts'
import { teams } from '../../../src/reports/sections/teams.ts'
import {
  ana,
  average,
  ben,
  card,
  coachingOverview,
  coachingEffect as effectOf,
  kai,
  lena,
  maria,
  personFigures,
  personMeasure,
  scorecardReport,
  teamMeasure,
  teamReport,
  tess,
  toReader,
  viewer,
} from '../../kit/report-fixtures.ts'

/** A team whose talk ratio is of these. */
function resting(...people: readonly (typeof ana)[]) {
  const value = people.map(({ id }) => id)
  const measure = teamMeasure('talk-ratio', known(0.5), undefined, people.length, { of: { value, before: [], change: [] } })
  return teamReport({ measures: new Map([['talk-ratio', measure]]) })
}

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

it('knows a reader without a link by the address they carry in Gong', async () => {
  const { person: _person, ...unlinked } = viewer(ana)
  const audience = { type: 'person', viewer: { ...unlinked, isAdmin: true, ownIds: [ana.id] } } as const
  const since = { ...nobody, rose: [ben.id, kai.id], fell: [ana.id] }
  const effect = await coachingEffect.write(toReader({ coachingEffect: effectOf(since) }, { ...org, audience }))
  expect(effect?.shows).toEqual([ben.id, kai.id])
  expect((await conversation.write(toReader({ team: resting(ana, kai) }, { ...org, audience })))?.shows).toEqual([kai.id])
  const report = talking([ana, 6], [ben, -2], [kai, -5], [tess, -4])
  expect((await headline.write(toReader({ team: report }, { ...org, audience })))?.shows).toEqual([ben.id, kai.id, tess.id])
})

it('records a colleague who shares an address with the reader as somebody else, and whoever is given away if they are the same', async () => {
  const audience = { type: 'person', viewer: viewer(ana, { ownIds: [ben.id], unsureIds: [ben.id] }) } as const
  const effect = async (since: object) =>
    (await coachingEffect.write(toReader({ coachingEffect: effectOf({ ...nobody, ...since }) }, { ...org, audience })))?.shows
  expect(await effect({ rose: [ana.id, ben.id] })).toEqual([ben.id])
  expect(await effect({ rose: [ben.id], fell: [ana.id] })).toEqual([ben.id])
  expect(await effect({ rose: [kai.id, tess.id], fell: [ben.id] })).toEqual([kai.id, tess.id])
  const contributed = async (...people: readonly (typeof ana)[]) =>
    (await conversation.write(toReader({ team: resting(...people) }, { ...org, audience })))?.shows
  expect(await contributed(ana, ben)).toEqual([ben.id])
  expect(await contributed(ana, ben, kai)).toEqual([kai.id])
  const report = talking([ana, 6], [ben, -2])
  expect((await headline.write(toReader({ team: report }, { ...org, audience })))?.shows).toEqual([ben.id])
  const scorecards = scorecardReport({
    cards: [card({ average: { ...average(3.1, 3.9, 3), of: { value: [ben.id], before: [ben.id] } } })],
  })
  const scored = await headline.write(toReader({ scorecards, team: teamReport({ people: [] }) }, { ...org, audience }))
  expect(scored?.shows).toEqual([ben.id])
})

it('a figure of two people, of whom the reader is one, shows the other', async () => {
  const shownTo = async (reader: typeof ana) =>
    (await conversation.write(toReader({ team: resting(ana, kai) }, { ...org, audience: { type: 'person', viewer: viewer(reader) } })))
      ?.shows
  expect(await shownTo(ana)).toEqual([kai.id])
  expect(await shownTo(maria)).toEqual([])
})

/** People whose talk ratio rose, or fell, by so many points. */
const talking = (...points: readonly (readonly [typeof ana, number])[]) => {
  const people = points.map(([each, by]) =>
    personFigures(each, { measures: new Map([['talk-ratio', personMeasure('talk-ratio', known(0.5), known(0.5 - by / 100))]]) }),
  )
  const count = (way: number): number => points.filter(([, by]) => Math.sign(by) === way).length
  const measure = teamMeasure('talk-ratio', known(0.5), known(0.56), points.length, {
    moved: { up: count(1), down: count(-1), unchanged: count(0) },
    news: { direction: 'down', why: 'most-moved', size: 2 },
  })
  return teamReport({ people, measures: new Map([['talk-ratio', measure]]) })
}

it.each([headline, teams, conversation])('counts of who moved show whom they give away: $id', async (section) => {
  const shownTo = async (reader: typeof ana, report: ReturnType<typeof talking>) => {
    const managers = [maria, lena].map((manager) => ({
      manager,
      reports: 4,
      coachedIn2Weeks: 4,
      coachedIn4Weeks: 4,
      scorecardsFilled: known(0),
    }))
    const context = toReader(
      { team: report, coachingOverview: coachingOverview({ managers }) },
      { ...org, audience: { type: 'person', viewer: viewer(reader) } },
    )
    const shows = (await section.write(context))?.shows ?? []
    return [...new Set(shows)].filter((id) => id !== maria.id && id !== lena.id)
  }
  // All four fell; one rose; the one who rose is the reader.
  const all = talking([ana, -6], [ben, -2], [kai, -5], [tess, -4])
  expect(await shownTo(maria, all)).toEqual([ana.id, ben.id, kai.id, tess.id])
  const most = talking([ana, 6], [ben, -2], [kai, -5], [tess, -4])
  expect(await shownTo(maria, most)).toEqual([])
  expect(await shownTo(ana, most)).toEqual([ben.id, kai.id, tess.id])
})

it.each([
  ['one person', [ana.id], [ana.id]],
  ['two people', [ana.id, ben.id], []],
] as const)('a score that fell shows whose it is where all cards are of %s', async (_who, reviewed, shown) => {
  const scorecards = scorecardReport({
    cards: [card({ average: { ...average(3.1, 3.9, 3), of: { value: reviewed, before: reviewed } } })],
  })
  const output = await headline.write(toReader({ scorecards, team: teamReport({ people: [] }) }))
  expect(output?.parts.map((part) => (part.type === 'text' ? part.line.plain : '')).join(' ')).toContain('Discovery fell')
  expect(output?.shows).toEqual(shown)
})
