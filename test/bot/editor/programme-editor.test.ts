// The programme editor: one modal sets up every kind, from a preview to everyone.
import { describe, expect, it } from 'vitest'
import { digest } from '../../../src/bot/commands/digest.ts'
import { openProgramme, programmeForm } from '../../../src/bot/editor/programme-editor.ts'
import { programmeModal } from '../../../src/bot/editor/programme-modal.ts'
import { newProgramme, type ProgrammeState, programmeInputs } from '../../../src/bot/editor/programme-state.ts'
import { AskError } from '../../../src/errors.ts'
import { admin, ask, chart, kitWith, manager, press, rep } from './editor-fakes.ts'

const quiet = async () => undefined

async function submit(given: Record<string, string | readonly string[]>, by = admin) {
  const { services, calls } = kitWith({})
  const opened = await openProgramme.handle(press('digest-programme', by), services, quiet)
  if (opened.type !== 'modal') throw new Error('no modal')
  const outcome = await programmeForm.handle(
    press('programme-form', by, {
      from: 'submission',
      inputs: given,
      ...(opened.modal.privateMetadata && { privateMetadata: opened.modal.privateMetadata }),
    }),
    services,
    quiet,
  )
  return { outcome, calls, modal: opened.modal }
}

describe('a programme', () => {
  it('sets up managers, their leaders and reps unless asked for more: nobody gets two digests about one team', async () => {
    const { calls, outcome, modal } = await submit({ [programmeInputs.stage]: 'everyone' })
    const created = calls.filter(([name]) => name === 'createProgramme').map(([, draft]) => draft)
    expect(created).toMatchObject([{ kind: 'manager' }, { kind: 'org' }, { kind: 'personal' }])
    expect(JSON.stringify(modal.parts)).not.toContain('Nobody gets both in one hour')
    expect(outcome.type === 'reply' && outcome.message.summary).toContain('3 people')
  })

  it('sets up teams, managers and reps in one submission, and says what becomes of two digests about one team', async () => {
    const kinds = ['team', 'manager', 'personal']
    const { calls, modal } = await submit({ [programmeInputs.kinds]: kinds, [programmeInputs.stage]: 'everyone' })
    const created = calls.filter(([name]) => name === 'createProgramme').map(([, draft]) => draft)
    expect(created).toMatchObject([{ kind: 'team' }, { kind: 'manager' }, { kind: 'personal' }])
    const state = { ...(JSON.parse(modal.privateMetadata ?? '') as ProgrammeState), kinds: ['team', 'manager'] as const }
    expect(JSON.stringify(programmeModal(state, chart, []).parts)).toContain('Nobody gets both in one hour')
    expect(created[0]).toEqual({
      kind: 'team',
      recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
      whenEmpty: 'say',
      stage: 'everyone',
      pilotTeams: [],
    })
  })

  it('begins as a preview that reaches nobody else and shows how one reads', async () => {
    const { calls, outcome } = await submit({ [programmeInputs.kinds]: ['personal'] })
    expect(calls.map(([name]) => name)).toEqual(['createProgramme', 'preview'])
    // Five people, two of them managers: the first rep by name is Ana.
    expect(calls[1]?.[1]).toMatchObject({ kind: 'personal', subjectId: '101', destination: { type: 'dm', slackUserId: 'U200' } })
    expect(outcome.type === 'reply' && outcome.message.summary).toContain('nobody yet; 3 at Everyone')
  })

  it('of reminders is saved without an example, but for a coach: nobody else is shown one', async () => {
    const kinds = { [programmeInputs.kinds]: ['reminder'] }
    const { calls, outcome } = await submit(kinds, { ...admin, person: undefined })
    expect(calls.map(([name]) => name)).toEqual(['createProgramme'])
    expect(outcome.type === 'reply' && outcome.message.summary).toContain('Saved')
    const { calls: own } = await submit(kinds, manager)
    expect(own.find(([name]) => name === 'preview')?.[1]).toMatchObject({ kind: 'reminder', subjectId: '100' })
  })

  it('refuses a pilot without teams beside the input', async () => {
    const { outcome, calls } = await submit({ [programmeInputs.stage]: 'pilot' })
    expect(outcome).toEqual({ type: 'errors', errors: { [programmeInputs.pilot]: 'Choose the teams of the pilot.' } })
    expect(calls).toEqual([])
  })

  it('is for the whole company only where an admin opens it', async () => {
    const company = await submit({ [programmeInputs.stage]: 'everyone' })
    expect(company.calls[0]?.[1]).not.toHaveProperty('orgOf')
    const own = await submit({ [programmeInputs.stage]: 'everyone' }, manager)
    expect(own.calls[0]?.[1]).toMatchObject({ orgOf: '100' })
  })
})

describe('somebody who leads nobody', () => {
  it('is offered no programme and opens no form, which would count people and name an organization', async () => {
    const { services } = kitWith({})
    const offered = async (by: typeof rep) => JSON.stringify((await digest.answer(ask('programmes', by), services, quiet)).parts)
    expect(await offered(manager)).toContain('New programme')
    expect(await offered(rep)).not.toContain('New programme')
    await expect(openProgramme.handle(press('digest-programme', rep), services, quiet)).rejects.toThrow(AskError)
  })
})

describe('a form with ids of others', () => {
  const state: ProgrammeState = { ...newProgramme(manager, chart, 'Europe/Berlin', '2026-11-23'), stage: 'pilot' }
  const drawn = async (change: Partial<ProgrammeState>) => {
    const privateMetadata = JSON.stringify({ ...state, ...change })
    return programmeForm.handle(press('programme-form', manager, { privateMetadata }), kitWith({}).services, quiet)
  }

  it('names no team and counts no organization but those its sender leads', async () => {
    expect(state.org).toBe('100')
    const own = JSON.stringify(await drawn({ pilotTeams: ['100', '200'] }))
    expect(own).toContain("Priya Nair's team")
    expect(own).not.toContain('Omar Haddad')
    for (const org of ['200', 'company']) await expect(drawn({ org })).rejects.toThrow(AskError)
  })

  it('begins for a viewer of an org with that org', () => {
    const viewer = { ...rep, grants: [{ type: 'viewer', orgOf: '200' }] } as const
    expect(newProgramme(viewer, chart, 'Europe/Berlin', '2026-11-23').org).toBe('200')
  })

  it('begins for a viewer with an org they may see still, not with one whose role has ended', () => {
    const viewer = {
      ...rep,
      grants: [
        { type: 'viewer', orgOf: '100', until: '2026-11-23' },
        { type: 'viewer', orgOf: '200' },
      ],
    } as const
    expect(newProgramme(viewer, chart, 'Europe/Berlin', '2026-11-23').org).toBe('200')
  })
})
