import { describe, expect, it } from 'vitest'
import { defaultSubject } from '../../../src/bot/words/default-subject.ts'
import { parseAsk } from '../../../src/bot/words/parse-ask.ts'
import { resolveWho } from '../../../src/bot/words/who.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { AskError } from '../../../src/errors.ts'

const person = (id: string, name: string, managerId?: string, emails: string[] = []): Person => ({
  id,
  name,
  emails,
  active: true,
  ...(managerId && { managerId }),
})
const chart = orgChart([
  person('1', 'Priya Nair'),
  person('2', 'María López', '1', ['maria@x.com', 'ml@x.com']),
  person('3', 'Ana Diaz', '2', ['ana@x.com', 'shared@x.com']),
  person('4', 'Anatol Weiß', '2', ['shared@x.com']),
  person('9', 'Solo'),
])
const slack: Readonly<Record<string, string>> = { U2: '2', U3: '3', UGONE: '77' }

const viewer = (id: string | undefined, more: Partial<Viewer> = {}): Viewer => {
  const self = id === undefined ? undefined : chart.people.get(id)
  return { slackUserId: 'UX', standing: 'member', isAdmin: false, grants: [], ...(self && { person: self }), ...more }
}

async function subject(text: string, as: Viewer = viewer('3')) {
  const { who, besidesWho } = parseAsk(text, { command: '/gong-stats', today: '2026-11-19', weekStart: 1 })
  if (!who) throw new Error('nobody was named')
  const sources = {
    chart,
    personOfSlackUser: async (id: string) => slack[id],
    membersOfUserGroup: async () => ({ type: 'unknown' }) as const,
  }
  try {
    return await resolveWho(who, as, sources, { command: '/gong-stats', besidesWho }, '2026-11-19')
  } catch (error) {
    if (!(error instanceof AskError)) throw error
    return { says: error.message, buttons: error.suggestions.map((each) => `${each.label}: ${each.text}`) }
  }
}

describe('who is meant', () => {
  it('oneself, a mention, an address and Gong’s id', async () => {
    expect(await subject('me')).toEqual({ type: 'person', personId: '3' })
    expect(await subject('<@U2|maria>')).toEqual({ type: 'person', personId: '2' })
    expect(await subject('<mailto:Maria@x.com|Maria@x.com>')).toEqual({ type: 'person', personId: '2' })
    expect(await subject('gong:4')).toEqual({ type: 'person', personId: '4' })
  })
  it('team is a manager’s own and a rep’s manager’s', async () => {
    expect(await subject('team', viewer('2'))).toEqual({ type: 'team', managerId: '2' })
    expect(await subject('team')).toEqual({ type: 'team', managerId: '2' })
    expect(await subject('org', viewer('1'))).toEqual({ type: 'org', managerId: '1' })
    expect(await subject("<@U2>'s team")).toEqual({ type: 'team', managerId: '2' })
    expect(await subject('org of <@U2>')).toEqual({ type: 'org', managerId: '2' })
    expect(await subject('company')).toEqual({ type: 'company' })
  })
  it('an unmatched member, a guest and an outsider get nobody', async () => {
    expect(await subject('me', viewer(undefined))).toBeUndefined()
    expect(await subject('ana', viewer('3', { standing: 'guest' }))).toBeUndefined()
    expect(await subject('ana', viewer('3', { standing: 'outside' }))).toBeUndefined()
    expect(await subject('gong:4', viewer(undefined, { isAdmin: true }))).toEqual({ type: 'person', personId: '4' })
  })
  it('somebody who is not in Gong and views an org names people, teams and orgs, until the role ends', async () => {
    const hr = (until?: string) => viewer(undefined, { grants: [{ type: 'viewer', orgOf: '2', ...(until && { until }) }] })
    expect(await subject('gong:3', hr())).toEqual({ type: 'person', personId: '3' })
    expect(await subject('<@U3|ana>', hr())).toEqual({ type: 'person', personId: '3' })
    expect(await subject('gong:2 team', hr())).toEqual({ type: 'team', managerId: '2' })
    expect(await subject("<@U2>'s org", hr())).toEqual({ type: 'org', managerId: '2' })
    expect([await subject('team', hr()), await subject('org', hr())]).toEqual([
      { type: 'team', managerId: '2' },
      { type: 'org', managerId: '2' },
    ])
    expect(await subject('me', hr())).toBeUndefined()
    expect(await subject('gong:3', hr('2026-11-20'))).toEqual({ type: 'person', personId: '3' })
    expect(await subject('gong:3', hr('2026-11-19'))).toBeUndefined()
  })
})

describe('who cannot be told is answered with what to type', () => {
  it('a name is never guessed: the nearest people become buttons that keep the period', async () => {
    expect(await subject('ana last week')).toEqual({
      says: '"ana" could be more than one person: did you mean Ana Diaz; Anatol Weiß? Mention the person with @ and pick them from Slack\'s list.',
      buttons: ['Ana Diaz: gong:3 last week', 'Anatol Weiß: gong:4 last week'],
    })
    // Half a name is none.
    expect(await subject('@mar')).toMatchObject({ buttons: ['María López: gong:2'] })
  })
  it('a name only one person has is an answer, with or without accents', async () => {
    expect(await subject('@maria')).toEqual({ type: 'person', personId: '2' })
    expect(await subject('@maria team')).toEqual({ type: 'team', managerId: '2' })
    expect(await subject('Ana Diaz last week')).toEqual({ type: 'person', personId: '3' })
  })
  it('nobody of that name', async () => {
    expect(await subject('zorro')).toMatchObject({ buttons: ['My numbers: me', 'Help: help'] })
  })
  it('an address nobody or two people carry', async () => {
    expect(await subject('no@x.com')).toMatchObject({ says: expect.stringContaining('I could not find no@x.com in Gong.') })
    expect(await subject('shared@x.com')).toMatchObject({ says: expect.stringContaining('2 people in Gong carry shared@x.com') })
  })
  it('a Slack user without a match, also one whose person is gone', async () => {
    expect(await subject('<@U7|kim>')).toMatchObject({ says: expect.stringContaining('I could not find @kim in Gong') })
    expect(await subject('<@UGONE|kim>')).toMatchObject({ says: expect.stringContaining('I could not find @kim in Gong') })
  })
  it('the team of somebody without reports', async () => {
    expect(await subject('<@U3|ana> team yesterday')).toEqual({
      says: 'Nobody reports to Ana Diaz in Gong, so there is no team of theirs.',
      buttons: ['Their numbers: gong:3 yesterday', 'The team they are in: gong:2 team yesterday'],
    })
  })
  it('an org or team of one’s own that does not exist', async () => {
    expect(await subject('org')).toMatchObject({ buttons: ['My numbers: me', 'My team: team'] })
    expect(await subject('team', viewer('9'))).toMatchObject({ buttons: ['My numbers: me'] })
  })
})

const today = '2026-11-23'

describe('a bare command is about', () => {
  it('oneself for a rep, the team for a manager, the company for an admin', () => {
    expect(defaultSubject(viewer('3'), chart, 'figures', today)).toEqual({ type: 'person', personId: '3' })
    expect(defaultSubject(viewer('2'), chart, 'figures', today)).toEqual({ type: 'team', managerId: '2' })
    expect(defaultSubject(viewer('2', { isAdmin: true }), chart, 'figures', today)).toEqual({ type: 'company' })
    expect(defaultSubject(viewer(undefined), chart, 'figures', today)).toBeUndefined()
  })
  it('for coaching, the own coverage even for an admin who leads people', () => {
    expect(defaultSubject(viewer('2', { isAdmin: true }), chart, 'coaching', today)).toEqual({ type: 'team', managerId: '2' })
    expect(defaultSubject(viewer('3'), chart, 'coaching', today)).toEqual({ type: 'person', personId: '3' })
    expect(defaultSubject(viewer(undefined, { isAdmin: true }), chart, 'coaching', today)).toEqual({ type: 'company' })
  })
})

describe('a name as people type it', () => {
  const company = orgChart(
    ['Pedro Yılmaz', 'Søren Müller', "Anne-Marie O'Brien", 'José da Silva Pérez', 'Łukasz Groß', 'Ana Diaz', 'Ana Dorn', 'Bo Aa'].map(
      (name, at) => person(`${at}`, name),
    ),
  )
  const asked = async (text: string) => {
    const { who, besidesWho } = parseAsk(text, { command: '/gong-stats', today: '2026-11-19', weekStart: 1 })
    if (!who) throw new Error('nobody was named')
    const sources = {
      chart: company,
      personOfSlackUser: async () => undefined,
      membersOfUserGroup: async () => ({ type: 'unknown' }) as const,
    }
    const again = { command: '/gong-stats', besidesWho }
    const found = await resolveWho(who, viewer('3'), sources, again, '2026-11-19').catch((error: Error) => error.message)
    return typeof found === 'object' && found?.type === 'person' ? company.people.get(found.personId)?.name : found
  }
  it.each([
    ['pedro yilmaz', 'Pedro Yılmaz'],
    ['Yilmaz Pedro', 'Pedro Yılmaz'],
    ['Pedro Y.', 'Pedro Yılmaz'],
    ['soren muller', 'Søren Müller'],
    ['Søren Mueller', 'Søren Müller'],
    ['anne marie', "Anne-Marie O'Brien"],
    ['OBrien', "Anne-Marie O'Brien"],
    ['A. O’Brien', "Anne-Marie O'Brien"],
    ['jose da silva perez', 'José da Silva Pérez'],
    ['J. Perez', 'José da Silva Pérez'],
    ['lukasz gross', 'Łukasz Groß'],
    ['Ana Di', 'Ana Diaz'],
  ])('%s is %s', async (text, name) => {
    expect(await asked(text)).toBe(name)
  })
  it.each([
    ['ana d', /^"ana d" could be more than one person: did you mean Ana Diaz; Ana Dorn\?/],
    // A beginning alone is asked about, by the one it could be.
    ['ped', /^I know nobody called "ped": did you mean Pedro Yılmaz\?/],
    ['pedro diaz', /^I know nobody and no period called "pedro diaz"/],
  ])('%s is asked about', async (text, says) => {
    expect(await asked(text)).toMatch(says)
  })
})
