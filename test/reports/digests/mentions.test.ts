// A kept message is found by everybody it names, or forgetting them leaves their name in it: each kind of digest notes the ids of those whose
// name stands in it in any words, by the first name alone too.
import { describe, expect, it } from 'vitest'
import { known } from '../../../src/domain/measured.ts'
import type { DigestKind } from '../../../src/domain/subscription.ts'
import { bodyOf, readBody, restBelow, writeBody } from '../../../src/reports/delivery-body.ts'
import type { DigestRequest } from '../../../src/reports/digest.ts'
import { buildDigest } from '../../../src/reports/digests/index.ts'
import { rowsPosted } from '../../../src/reports/digests/reminder-rows.ts'
import type { ReportContext } from '../../../src/reports/section.ts'
import { namedIn, unnoted } from '../../kit/named-in.ts'
import {
  type Answers,
  ana,
  answered,
  ben,
  coachingOverview,
  coachingReport,
  coverage,
  inChannel,
  lena,
  maria,
  person,
  personFigures,
  scorecardReport,
  team,
  teamReport,
  toAna,
  toReader,
} from '../../kit/report-fixtures.ts'

const zora = person('155', 'Zora Haddadi', { managerId: '100' })
const everybody = [maria, zora, ...team, ...coachingOverview().managers.map(({ manager }) => manager)]

/** Zora is new, Lena away, some have few calls; each has a card. */
const answers: Answers = {
  team: teamReport({
    members: [...team, zora],
    people: [...team, zora].map((each, at) => personFigures(each, { isNew: each.id === zora.id, enoughCalls: at % 3 > 0 })),
  }),
  scorecards: scorecardReport({ single: team.map((each, at) => answered({ id: `a${at}`, reviewedId: each.id })) }),
  coaching: coachingReport({ reports: [coverage(ana), coverage(ben), coverage(lena, { callsInPeriod: known(0) })] }),
}
const reminder: DigestRequest['reminder'] = {
  coacheeIds: [ana.id, ben.id, lena.id],
  goal: { goal: { everyWeeks: 2, setBySlackId: 'UHANA', setAt: new Date('2026-11-02T10:00:00Z') }, setBy: 'Hana Ruiz' },
  items: [],
}

const build = (kind: DigestKind, context: ReportContext, more: Partial<DigestRequest> = {}) =>
  buildDigest({ kind, subjectId: '100', subscriptionId: 's', deliveryId: 'd', remarks: [], ...more }, context)
const org = { subject: { type: 'org', managerId: '100' } } as const
const company = { subject: { type: 'company' } } as const

const digests: readonly (readonly [string, () => ReturnType<typeof build>, readonly string[]])[] = [
  ['team, in a channel', () => build('team', inChannel(answers)), [maria.id]],
  [
    'team, in a channel with names',
    () => build('team', inChannel(answers, { audience: { type: 'group', byName: true }, detail: 'by-name' })),
    [maria.id, ana.id],
  ],
  ['personal, to the person', () => build('personal', toAna(answers), { subjectId: ana.id }), [ana.id]],
  [
    'personal, to somebody above',
    () => build('personal', toReader(answers, { subject: { type: 'person', personId: ana.id } }), { subjectId: ana.id }),
    [ana.id],
  ],
  ['manager', () => build('manager', toReader(answers), { unanswered: [ben] }), [maria.id, ana.id, ben.id, zora.id]],
  ['manager, with a reminder', () => build('manager', toReader(answers), { reminder }), [maria.id, ana.id, ben.id, lena.id]],
  ['org', () => build('org', toReader(answers, org)), [maria.id, zora.id]],
  ['org, with a reminder', () => build('org', toReader(answers, org), { reminder }), [ana.id, ben.id, lena.id]],
  ['company', () => build('company', toReader(answers, company), { subjectId: undefined }), [maria.id, zora.id]],
  ['reminder', () => build('reminder', toReader(answers), { reminder }), [maria.id, ana.id, ben.id, lena.id, 'UHANA']],
]

describe.each(digests)('the digest %s', (_kind, digest, expected) => {
  it('notes everybody it names', async () => {
    const { message, mentions } = await digest()
    // Names are there, or nothing is shown.
    expect(namedIn(JSON.stringify(message), everybody)).not.toEqual([])
    expect(unnoted(message, everybody, mentions)).toEqual([])
    expect(mentions).toEqual(expect.arrayContaining([...expected]))
  })
})

it('whoever its remarks and its introduction name is noted with it', async () => {
  const request = {
    remarks: ['sent by Hana'],
    mentions: ['UHANA'],
    introduction: { switchedOnBy: 'Hana Ruiz', org: "Maria Lind's organization" },
  }
  expect((await build('personal', toAna(answers), request)).mentions).toContain('UHANA')
  expect((await build('reminder', toReader(answers), { ...request, reminder })).mentions).toContain('UHANA')
})

it('a digest that is built again around rows that were posted notes whom those name', async () => {
  const { message } = await build('org', toReader(answers, org), { reminder })
  const postedRows = rowsPosted(message, new Set([ana.id, ben.id]))
  const again = await build('org', toReader(answers, org), { postedRows })
  expect(JSON.stringify(again.message)).toContain('Lena is away')
  expect(unnoted(again.message, everybody, again.mentions)).toEqual([])
})

it('a kept body has the notes, and so has what stands below it in the thread', async () => {
  const built = await build('manager', toReader(answers))
  const body = readBody(writeBody(bodyOf(built)))
  expect(body.mentions).toContain(zora.id)
  expect(body.mentions).toEqual(built.mentions)
  expect(restBelow(body, { summary: '', parts: [] }, '1.1').mentions).toEqual(built.mentions)
})
