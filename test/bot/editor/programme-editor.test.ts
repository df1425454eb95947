// The programme editor: one modal sets up every kind, from a preview to everyone.
import { describe, expect, it } from 'vitest'
import { openProgramme, programmeForm } from '../../../src/bot/editor/programme-editor.ts'
import { programmeModal } from '../../../src/bot/editor/programme-modal.ts'
import { type ProgrammeState, programmeInputs } from '../../../src/bot/editor/programme-state.ts'
import { admin, chart, kitWith, manager, press } from './editor-fakes.ts'

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
