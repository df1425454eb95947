// What a form carries unseen is a claim like any other: what is no state of a form sets up nothing, and what is one is read as it was written.
import { describe, expect, it } from 'vitest'
import { digestForm } from '../../../src/bot/editor/editor.ts'
import { type EditorState, newState, writeState } from '../../../src/bot/editor/editor-state.ts'
import { readProgrammeState, readState } from '../../../src/bot/editor/form-state.ts'
import { programmeForm } from '../../../src/bot/editor/programme-editor.ts'
import { newProgramme, type ProgrammeState } from '../../../src/bot/editor/programme-state.ts'
import { admin, chart, kitWith, manager, press } from './editor-fakes.ts'

const quiet = async () => undefined
const zone = 'Europe/Berlin'
const today = '2026-11-23'
const digest: EditorState = {
  ...newState(manager, chart, zone, today),
  subscriptionId: '11111111-1111-4111-8111-111111111111',
  where: 'channel',
  channelId: 'C1',
  readerId: 'U2',
  name: 'Monday',
  skipDates: 'a day',
  duplicateShown: 'a key',
  listedFor: 'C1',
}
const programme: ProgrammeState = { ...newProgramme(admin, chart, zone, today), programmeId: 'p1', stage: 'pilot', pilotTeams: ['100'] }

const wrong = {
  'a weekday there is not': { weekdays: [99] },
  'weekdays that are no list': { weekdays: '1' },
  'a zone there is not': { zone: 'Mars/Phobos' },
  'a time that is no text': { time: ['09:00'] },
  'another word for nothing happened': { whenEmpty: 'maybe' },
} as const

describe('the state of a digest form', () => {
  it('is read as it was written', () => expect(readState(writeState(digest))).toEqual(digest))

  it.each(
    Object.entries({
      ...wrong,
      'a kind there is not': { kind: '__proto__' },
      'a place there is not': { where: 'everywhere' },
      'a channel that is no text': { channelId: { id: 'C1' } },
      'a name that is no text': { name: ['Monday'] },
      'days to skip that are no text': { skipDates: 7 },
      'a digest that is no text': { subscriptionId: { a: 1 } },
    }),
  )('with %s is none, and sets up a new form', async (_what, change) => {
    const { services, calls } = kitWith({})
    const metadata = JSON.stringify({ ...digest, ...change })
    expect(readState(metadata)).toBeUndefined()
    const outcome = await digestForm.handle(press('digest-form', manager, { from: 'modal', privateMetadata: metadata }), services, quiet)
    expect(outcome).toMatchObject({ type: 'redraw', modal: { title: 'New digest' } })
    expect(calls.filter(([name]) => name !== 'check')).toEqual([])
  })

  it('names each weekday once', () => expect(readState(writeState({ ...digest, weekdays: [3, 1, 1, 3] }))?.weekdays).toEqual([1, 3]))
})

describe('a digest form about somebody who is not theirs to see', () => {
  it.each(['team', 'personal', 'org'] as const)('as a %s digest names nobody', async (kind) => {
    const { services } = kitWith({})
    const drawn = async (by: typeof manager, subjectId: string) => {
      const privateMetadata = writeState({ ...digest, kind, where: 'me', subjectId })
      return JSON.stringify(await digestForm.handle(press('digest-form', by, { privateMetadata }), services, quiet))
    }
    expect(await drawn(manager, '100')).toContain('Priya Nair')
    expect(await drawn(manager, '200')).not.toContain('Omar Haddad')
  })
})

describe('the state of a programme form', () => {
  it('is read as it was written', () => expect(readProgrammeState(JSON.stringify(programme))).toEqual(programme))

  it.each(
    Object.entries({
      ...wrong,
      'a kind there is not': { kinds: ['bogus'] },
      'kinds that are no list': { kinds: 'team' },
      'a stage there is not': { stage: 'all' },
      'an organization that is no text': { org: { id: '100' } },
      'teams that are no list': { pilotTeams: 'all' },
    }),
  )('with %s is none, and keeps nothing of it', async (_what, change) => {
    const { services, calls } = kitWith({})
    const metadata = JSON.stringify({ ...programme, programmeId: undefined, ...change })
    expect(readProgrammeState(metadata)).toBeUndefined()
    await programmeForm.handle(press('programme-form', admin, { from: 'submission', privateMetadata: metadata }), services, quiet)
    const [given] = Object.values(change)
    for (const [, draft] of calls.filter(([name]) => name === 'createProgramme'))
      expect(JSON.stringify(draft)).not.toContain(JSON.stringify(given))
  })
})
