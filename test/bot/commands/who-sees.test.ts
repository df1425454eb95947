// Whoever the policy lets see figures by name is named by every message that says who can, and nobody else is.
import { describe, expect, it } from 'vitest'
import { refuse } from '../../../src/bot/commands/refuse.ts'
import { whoSawMe } from '../../../src/bot/commands/who-saw-me.ts'
import { maySee, type Subject } from '../../../src/domain/policy.ts'
import type { DigestKind } from '../../../src/domain/subscription.ts'
import { asRead } from '../../../src/render/text/as-read.ts'
import { buildDigest } from '../../../src/reports/digests/index.ts'
import { ana, toReader, viewer } from '../../kit/report-fixtures.ts'
import { asks, chart, testKit, viewers } from './company.ts'

const today = '2026-11-23'
/** Who may see more than themself, and how messages call them. */
const others = [
  ['a manager above', viewers.manager, /managers above|lead the team/i],
  ['a coach', viewers.coach, /people they gave a role/],
  ['a viewer of the org', viewers.orgViewer, /people they gave a role/],
  ['an admin', viewers.admin, /the bot's admins/],
] as const

const ben: Subject = { type: 'person', personId: '4' }
const mariasTeam: Subject = { type: 'team', managerId: '2' }
const mariasOrg: Subject = { type: 'org', managerId: '2' }

const firstDigest = async (kind: DigestKind, subjectId: string, context: Parameters<typeof buildDigest>[1]) =>
  asRead(
    (await buildDigest({ kind, subjectId, subscriptionId: 's', remarks: [], introduction: { switchedOnBy: 'x', org: 'y' } }, context))
      .message,
  )
const refusal = (subject: Subject, by = viewers.rep) => {
  try {
    return asRead(refuse('not-yours', subject, { viewer: by }, chart, today))
  } catch (error) {
    return String(error)
  }
}
const ofAna = { subject: { type: 'person', personId: ana.id }, audience: { type: 'person', viewer: viewer(ana) } } as const

const messages: readonly (readonly [string, Subject, () => string | Promise<string>])[] = [
  ['a personal digest', ben, () => firstDigest('personal', ana.id, toReader({}, ofAna))],
  ['who saw me', ben, async () => asRead(await whoSawMe(asks(viewers.rep, 'who saw me'), testKit().services))],
  ['a refusal of a person', ben, () => refusal(ben)],
  ['a refusal of a team', mariasTeam, () => refusal(mariasTeam)],
  ['a refusal of an org', mariasOrg, () => refusal(mariasOrg)],
  ['a first manager digest', mariasTeam, () => firstDigest('manager', '100', toReader())],
  ['a first team digest', mariasTeam, () => firstDigest('team', '100', toReader())],
  ['a first org digest', mariasOrg, () => firstDigest('org', '100', toReader({}, { subject: { type: 'org', managerId: '100' } }))],
  ['a first company digest', { type: 'company' }, () => firstDigest('company', '100', toReader({}, { subject: { type: 'company' } }))],
  ['a refusal of the company', { type: 'company' }, () => refusal({ type: 'company' })],
]

describe('who can see figures', () => {
  it.each(messages)('is said by %s as the policy has it', async (_name, subject, written) => {
    const text = await written()
    const said = others.filter(([, , words]) => words.test(text)).map(([, , words]) => words)
    const may = others.filter(([, by]) => {
      const verdict = maySee(by, subject, chart, today)
      return verdict.allowed && verdict.detail === 'by-name'
    })
    expect(new Set(said)).toEqual(
      new Set(others.flatMap(([, , words]) => (may.some(([, , own]) => `${own}` === `${words}`) ? [words] : []))),
    )
  })

  it.each([
    [[], 'a role can see your figures; nobody else.'],
    [['#emea'], 'and so can everybody who reads #emea, where digests name your team; nobody else.'],
    [['#emea', undefined], 'and so can everybody who reads #emea and a private channel, where digests name your team; nobody else.'],
  ])('is said with the readers of channels where digests name the person: %j', async (channels, said) => {
    const kit = testKit()
    const digests = { ...kit.services.digests, namedInChannels: async () => channels }
    expect(asRead(await whoSawMe(asks(viewers.rep, 'who saw me'), { ...kit.services, digests }))).toContain(said)
  })

  it('is said with what was posted by name in a channel', async () => {
    const kit = testKit()
    const { total, sightings } = await kit.services.seenBy('3', { limit: 5 })
    const posted = sightings.map((each) => ({ ...each, what: 'delivery' as const, channel: { name: 'emea', readers: ['Ben'] } }))
    const services = { ...kit.services, seenBy: async () => ({ total, sightings: posted }) }
    expect(asRead(await whoSawMe(asks(viewers.rep, 'who saw me'), services))).toContain(
      'can see your figures, and whoever reads a channel sees what was posted there; nobody else.',
    )
  })

  it('is said to whoever was refused with what their roles give, while they run', () => {
    expect(refusal(mariasOrg, viewers.coach)).toContain(
      "You can see your own, the team's medians and those for whom an admin gave you a role.",
    )
    expect(refusal({ type: 'person', personId: '1' }, viewers.orgViewer)).toContain(
      "your team's and those for whom an admin gave you a role.",
    )
    expect(refusal(mariasOrg, viewers.formerCoach)).toContain("You can see your own and the team's medians.")
  })
})
