// The schedule editor: what it draws, what it refuses beside which input, and what it saves.
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/bot/action.ts'
import { digestForm, editDigest, newDigest, zoneChoices } from '../../../src/bot/editor/editor.ts'
import { inputs, skipDatesIn, writeState } from '../../../src/bot/editor/editor-state.ts'
import { readState } from '../../../src/bot/editor/form-state.ts'
import { isKnownZone } from '../../../src/domain/known-zone.ts'
import type { Modal } from '../../../src/render/modal.ts'
import { entry, kitWith, manager, press, rep, subscription } from './editor-fakes.ts'

const quiet = async () => undefined
const modalOf = (outcome: Outcome): Modal => {
  if (outcome.type !== 'modal' && outcome.type !== 'redraw') throw new Error(`no modal but ${outcome.type}`)
  return outcome.modal
}
const textOf = (modal: Modal): string =>
  modal.parts.flatMap((part) => ('line' in part ? [part.line.plain] : part.type === 'input' ? [part.label] : [])).join('\n')
const inputOf = (modal: Modal, id: string) => modal.parts.find((part) => part.type === 'input' && part.id === id)

const filled = {
  [inputs.kind]: 'team',
  [inputs.about]: '100',
  [inputs.where]: 'channel',
  [inputs.channel]: 'C1',
  [inputs.weekdays]: ['1', '4'],
  [inputs.time]: '08:30',
  [inputs.zone]: 'America/New_York',
  [inputs.whenEmpty]: 'skip',
  [inputs.skipDates]: '2026-12-24, 2026-12-28..2026-12-30',
}

async function submit(verdict: Parameters<typeof kitWith>[0]['verdict'], given: Record<string, string | readonly string[]> = {}) {
  const { services, calls } = kitWith(verdict ? { verdict } : {})
  const opened = modalOf(await newDigest.handle(press('digest-new', manager), services, quiet))
  const outcome = await digestForm.handle(
    press('digest-form', manager, {
      from: 'submission',
      inputs: { ...filled, ...given },
      ...(opened.privateMetadata && { privateMetadata: opened.privateMetadata }),
    }),
    services,
    quiet,
  )
  return { outcome, calls, services }
}

describe('a new digest', () => {
  it('offers a manager their own team on Monday 09:00 in their own zone', async () => {
    const { services } = kitWith({})
    const state = readState(modalOf(await newDigest.handle(press('digest-new', manager), services, quiet)).privateMetadata)
    expect(state).toMatchObject({ kind: 'team', subjectId: '100', where: 'me', weekdays: [1], time: '09:00', zone: 'Europe/Berlin' })
  })

  it('offers a rep only their own', async () => {
    const { services } = kitWith({})
    const modal = modalOf(await newDigest.handle(press('digest-new', rep), services, quiet))
    expect(readState(modal.privateMetadata)).toMatchObject({ kind: 'personal', subjectId: '101' })
    expect(inputOf(modal, inputs.kind)).toMatchObject({ element: { choices: [{ value: 'personal' }] } })
  })

  it('shows the next five runs, and what the clock change does to them', async () => {
    const { services } = kitWith({})
    const state = {
      ...readStateOrFail(modalOf(await newDigest.handle(press('digest-new', manager), services, quiet))),
      weekdays: [7],
      time: '02:30',
    }
    const given = { [inputs.weekdays]: ['7'], [inputs.time]: '02:30', [inputs.zone]: 'America/New_York' }
    const redrawn = await digestForm.handle(
      press(inputs.time, manager, { inputs: given, privateMetadata: writeState(state as never) }),
      services,
      quiet,
    )
    expect(textOf(modalOf(redrawn))).toMatch(/The next five: Sun,? 29 Nov 02:30 .*· Sun,? 6 Dec 02:30/)
  })

  it('names the clock change of the zone', async () => {
    const { services } = kitWith({
      acts: {
        upcoming: () => [
          {
            at: new Date('2027-03-28T01:30:00Z'),
            date: '2027-03-28',
            time: '02:30',
            zone: 'Europe/Berlin',
            wallTime: 'skipped',
            newOffsetMinutes: 120,
            isSkipped: false,
          },
        ],
      },
    })
    expect(textOf(modalOf(await newDigest.handle(press('digest-new', manager), services, quiet)))).toContain(
      'Sun 28 Mar 02:30 (the clocks skip 02:30: at 03:30; from here on Central European Summer Time, UTC+2)',
    )
  })
})

describe('saving', () => {
  it('creates what was filled in', async () => {
    const { outcome, calls } = await submit(undefined)
    expect(outcome.type).toBe('reply')
    expect(calls.find(([name]) => name === 'create')?.[1]).toEqual({
      kind: 'team',
      subjectId: '100',
      destination: { type: 'channel', channelId: 'C1' },
      recurrence: { weekdays: [1, 4], time: '08:30', zone: 'America/New_York' },
      whenEmpty: 'skip',
      skipDates: ['2026-12-24', '2026-12-28', '2026-12-29', '2026-12-30'],
      showNames: false,
    })
  })

  it('says beside the channel what is wrong with it', async () => {
    const { outcome, calls } = await submit({ ok: false, field: 'where', why: 'That channel is shared with another company.' })
    expect(outcome).toEqual({ type: 'errors', errors: { [inputs.channel]: 'That channel is shared with another company.' } })
    expect(calls.some(([name]) => name === 'create')).toBe(false)
  })

  it('turns Save into Retry when the bot has to be invited first', async () => {
    const { outcome } = await submit({
      ok: false,
      field: 'where',
      why: 'Type /invite @Gong Digest in that channel, then press Retry.',
      invite: true,
    })
    const modal = modalOf(outcome)
    expect(modal.submit).toBe('Retry')
    expect(textOf(modal)).toContain('Type /invite @Gong Digest in that channel, then press Retry.')
  })

  it('refuses days it cannot read, and a rule without weekdays', async () => {
    const { outcome } = await submit(undefined, { [inputs.skipDates]: 'Christmas', [inputs.weekdays]: [] })
    expect(outcome).toMatchObject({
      type: 'errors',
      errors: { [inputs.skipDates]: expect.any(String), [inputs.weekdays]: expect.any(String) },
    })
  })

  it('changes the digest it was opened for', async () => {
    const { services, calls } = kitWith({})
    const opened = modalOf(await editDigest.handle(press('digest-edit', manager, { value: subscription.id }), services, quiet))
    await digestForm.handle(
      press('digest-form', manager, {
        from: 'submission',
        inputs: filled,
        ...(opened.privateMetadata && { privateMetadata: opened.privateMetadata }),
      }),
      services,
      quiet,
    )
    expect(calls.find(([name]) => name === 'change')?.[1]).toBe(subscription.id)
  })
})

describe('names in a channel', () => {
  const listed = writeState({
    kind: 'team',
    subjectId: '100',
    where: 'channel',
    channelId: 'C1',
    weekdays: [1],
    time: '09:00',
    zone: 'Europe/Berlin',
    whenEmpty: 'say',
    skipDates: '',
    showNames: false,
    listedFor: 'C1',
  })

  it('cannot be switched on before the modal has listed who reads the channel', async () => {
    const { outcome, calls } = await submit(undefined, { [inputs.names]: ['show'] })
    expect(textOf(modalOf(outcome))).toContain('14 people read this channel')
    expect(calls.some(([name]) => name === 'create')).toBe(false)
  })

  it('can be switched on once it has', async () => {
    const { services, calls } = kitWith({})
    await digestForm.handle(
      press('digest-form', manager, { from: 'submission', inputs: { ...filled, [inputs.names]: ['show'] }, privateMetadata: listed }),
      services,
      quiet,
    )
    expect(calls.find(([name]) => name === 'create')?.[1]).toMatchObject({ showNames: true })
  })

  it('are not offered where people from outside the team read along', async () => {
    const readerIds = ['U100', 'UOUT']
    const { services } = kitWith({
      verdict: { ok: true, channelName: 'emea', readers: 14, readerIds, outsiders: ['UOUT'], isPrivate: true },
    })
    const redrawn = modalOf(
      await digestForm.handle(press(inputs.channel, manager, { inputs: filled, privateMetadata: listed }), services, quiet),
    )
    expect(textOf(redrawn)).toContain('14 people read this channel, 1 of them from outside the team (Olga Outside)')
    expect(inputOf(redrawn, inputs.names)).toBeUndefined()
  })

  it('are not offered to somebody who is not in the channel, and nobody who reads it is named', async () => {
    const { services } = kitWith({ verdict: { ok: true, channelName: 'emea', readers: 14, outsiders: ['UOUT'], isPrivate: true } })
    const redrawn = modalOf(
      await digestForm.handle(press(inputs.channel, manager, { inputs: filled, privateMetadata: listed }), services, quiet),
    )
    expect(textOf(redrawn)).toContain('14 people read this channel. Who they are is for those who are in it')
    expect(JSON.stringify(redrawn)).not.toContain('Olga Outside')
    expect(inputOf(redrawn, inputs.names)).toBeUndefined()
    expect(readState(redrawn.privateMetadata)?.listedFor).toBeUndefined()
  })
})

describe('searches', () => {
  it('finds a zone by any part of its name', () => {
    expect(zoneChoices('berlin').map(({ value }) => value)).toContain('Europe/Berlin')
    expect(zoneChoices('new york').map(({ value }) => value)).toEqual(['America/New_York'])
    expect(zoneChoices('').length).toBeLessThanOrEqual(100)
  })

  it('finds a zone by the name of today and by the older one', () => {
    const names = [
      ['kolkata', 'Asia/Kolkata', 'calcutta', 'Asia/Calcutta'],
      ['kyiv', 'Europe/Kyiv', 'kiev', 'Europe/Kiev'],
      ['kathmandu', 'Asia/Kathmandu', 'katmandu', 'Asia/Katmandu'],
      ['ho chi minh', 'Asia/Ho_Chi_Minh', 'saigon', 'Asia/Saigon'],
      ['yangon', 'Asia/Yangon', 'rangoon', 'Asia/Rangoon'],
      ['nuuk', 'America/Nuuk', 'godthab', 'America/Godthab'],
      ['faroe', 'Atlantic/Faroe', 'faeroe', 'Atlantic/Faeroe'],
      ['argentina buenos aires', 'America/Argentina/Buenos_Aires', 'indianapolis', 'America/Indiana/Indianapolis'],
    ]
    for (const [now, newer, before, older] of names) {
      expect(zoneChoices(now ?? '').map(({ value }) => value)).toContain(newer)
      expect(zoneChoices(before ?? '').map(({ value }) => value)).toContain(older)
    }
  })

  it.each([
    ['bombay', 'Asia/Kolkata'],
    ['New Delhi', 'Asia/Kolkata'],
    ['türkiye', 'Europe/Istanbul'],
    ['turkey', 'Europe/Istanbul'],
    ['sao paulo', 'America/Sao_Paulo'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['st johns', 'America/St_Johns'],
    ["St. John's", 'America/St_Johns'],
    ['tel aviv', 'Asia/Jerusalem'],
    ['india', 'Asia/Kolkata'],
    ['uk', 'Europe/London'],
    ['vietnam', 'Asia/Ho_Chi_Minh'],
    ['ukraine', 'Europe/Kyiv'],
    ['south korea', 'Asia/Seoul'],
    ['MÜNCHEN', 'Europe/Berlin'],
    ['san francisco', 'America/Los_Angeles'],
    ['eastern time', 'America/New_York'],
    ['gmt', 'UTC'],
  ])('finds %s, which no zone is named after, first', (typed, zone) => {
    expect(zoneChoices(typed)[0]?.value).toBe(zone)
  })

  it('offers each zone once, and only zones this machine knows', () => {
    for (const typed of ['united states', 'australia', 'a', 'china', 'russia']) {
      const found = zoneChoices(typed).map(({ value }) => value)
      expect(found).toEqual([...new Set(found)])
      expect(found.filter((zone) => !isKnownZone(zone))).toEqual([])
    }
    expect(zoneChoices('united states').map(({ value }) => value)).toEqual(
      expect.arrayContaining(['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Pacific/Honolulu']),
    )
    expect(zoneChoices('nowhere at all')).toEqual([])
  })

  it('offers only teams the viewer may see', async () => {
    const { services } = kitWith({})
    expect(await digestForm.options?.('', press(inputs.about, manager), services)).toEqual([{ label: "Priya Nair's team", value: '100' }])
  })

  it('offers whoever reads a digest its own kind, also where they could set up none of it, and after another was chosen', async () => {
    const toRep = entry({ destination: { type: 'dm', slackUserId: rep.slackUserId } })
    const { services, calls } = kitWith({ entries: [toRep] })
    const opened = modalOf(await editDigest.handle(press('digest:edit', rep, { value: toRep.subscription.id }), services, quiet))
    const kinds = { element: { choices: [{ value: 'team' }, { value: 'personal' }] } }
    expect(inputOf(opened, inputs.kind)).toMatchObject({ element: { ...kinds.element, initial: 'team' } })
    const { privateMetadata } = opened
    const redrawn = await digestForm.handle(
      press('digest-form', rep, { inputs: { [inputs.kind]: 'personal', [inputs.about]: '101' }, privateMetadata }),
      services,
      quiet,
    )
    expect(inputOf(modalOf(redrawn), inputs.kind)).toMatchObject({ element: { ...kinds.element, initial: 'personal' } })
    const given = { [inputs.kind]: 'team', [inputs.time]: '14:00' }
    await digestForm.handle(press('digest-form', rep, { from: 'submission', inputs: given, privateMetadata }), services, quiet)
    expect(calls.find(([name]) => name === 'change')).toMatchObject([
      'change',
      toRep.subscription.id,
      { kind: 'team', recurrence: { time: '14:00' } },
    ])
  })

  it('offers for a digest that names people only teams whose people the viewer may see by name', async () => {
    const { services } = kitWith({})
    const offered = (kind: string, by = rep) =>
      digestForm.options?.('', press(inputs.about, by, { inputs: { [inputs.kind]: kind } }), services)
    expect(await offered('team')).toHaveLength(1)
    expect(await offered('manager')).toEqual([])
    expect(await offered('manager', manager)).toHaveLength(1)
  })
})

describe('days to skip', () => {
  const today = '2026-11-23'

  it('are dates and spans of dates; anything else cannot be read', () => {
    expect(skipDatesIn('2026-12-24 2026-12-24;2026-12-23', today)).toEqual(['2026-12-23', '2026-12-24'])
    expect(skipDatesIn('', today)).toEqual([])
    const unreadable = { why: 'Write dates such as 2026-12-24, or 2026-12-24..2026-12-31.' }
    for (const typed of ['2026-02-31', '24.12.2026', '2026-12-24..2026-12-20', 'never', '2026-12-24..2026-12-25..2026-12-26'])
      expect(skipDatesIn(typed, today)).toEqual(unreadable)
  })

  it('lie between 2015 and the end of the year after next year and one more', () => {
    // Asked in 2026: next year is 2027, and two more make 2029.
    const tooFar = { why: 'Write dates from 2015-01-01 to 2029-12-31.' }
    expect(skipDatesIn('2015-01-01, 2029-12-31', today)).toEqual(['2015-01-01', '2029-12-31'])
    for (const typed of ['2014-12-31', '2030-01-01', '9999-12-31', '2026-12-24..9999-12-31', '0000-01-01..2026-01-01'])
      expect(skipDatesIn(typed, today)).toEqual(tooFar)
  })

  it('are 400 in all ranges together at most', () => {
    // 2027-01-01..2028-02-04 are 365 + 31 + 4 = 400 days.
    expect(skipDatesIn('2027-01-01..2028-02-04', today)).toHaveLength(400)
    expect(skipDatesIn('2027-01-01..2028-02-05', today)).toEqual({ why: 'These are 401 days in all; at most 400 can be skipped.' })
    const twice = '2027-01-01..2027-07-19'
    expect(skipDatesIn(`${twice}, ${twice}`, today)).toHaveLength(200)
    expect(skipDatesIn(`${twice}, ${twice}, 2026-12-24`, today)).toEqual({ why: 'These are 401 days in all; at most 400 can be skipped.' })
    expect(skipDatesIn(' '.repeat(1001), today)).toEqual({ why: 'Write at most 1000 characters.' })
  })
})

function readStateOrFail(modal: Modal) {
  const state = readState(modal.privateMetadata)
  if (!state) throw new Error('the modal carries no state')
  return state
}
