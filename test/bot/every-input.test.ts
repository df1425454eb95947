// Every input of every form and command with the largest value that is allowed and the first that is not: the one is taken, the other
// answered with words. The lists of inputs are compared with the forms as they are drawn, so that a new one cannot be forgotten.

import { describe, expect, it } from 'vitest'
import { actions } from '../../src/bot/actions/index.ts'
import type { BotServices } from '../../src/bot/command.ts'
import { commands } from '../../src/bot/commands/index.ts'
import { movableClock } from '../../src/clock.ts'
import { AskError } from '../../src/errors.ts'
import type { Message } from '../../src/render/message.ts'
import type { Modal } from '../../src/render/modal.ts'
import { digestActions } from '../../src/reports/digest-actions.ts'
import { reminderActions } from '../../src/reports/reminder-facts.ts'
import { createErrorBoundary } from '../../src/slack/receive/error-boundary.ts'
import type { ReceiveDeps } from '../../src/slack/receive/receive-deps.ts'
import { receiveSubmission } from '../../src/slack/receive/submission.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { admin, ask, kitWith, manager, press, subscription } from './editor/editor-fakes.ts'

const now = new Date('2026-11-25T10:00:00Z')
const member = { viewerOf: async () => ({ slackUserId: 'U1', standing: 'member', isAdmin: false, grants: [] }) }
const saved: unknown[] = []
const keep = async (...given: unknown[]): Promise<void> => void saved.push(given)

/** Figures are not what is tested here. */
const understood = async (): Promise<never> => {
  throw new AskError('The question was understood.')
}

function services(): BotServices {
  const goal = { goal: { everyWeeks: 2 } }
  return {
    ...kitWith({ verdict: { ok: true, readers: 1, outsiders: [], isPrivate: true } }).services,
    outbox: member,
    slackUserOfPerson: async () => undefined,
    stats: { team: understood, scorecards: understood },
    admin: {
      move: keep,
      link: async () => ({ ended: [], again: [] }),
      links: async () => new Map([['101', 'U1']]),
      grant: keep,
      revoke: keep,
      roles: async () => [{ id: 'r1', slackUserId: 'U1', grant: { type: 'coach', personId: '101' } }],
      cardNamesFor: async () => ['Card 1'],
      countCards: keep,
      cards: async () => ({ known: Array.from({ length: 100 }, (_, index) => ({ id: `c${index}`, name: `Card ${index}` })), counted: [] }),
      reading: async () => ({ problems: [] }),
    },
    coaching: { goal: async () => goal, companyGoal: async () => goal, coachees: async () => ['101'], setGoal: async () => goal },
  } as unknown as BotServices
}

type Inputs = Readonly<Record<string, string | readonly string[] | undefined>>

/** Submits a form; what Slack is answered, and the words that follow it. */
async function submit(callbackId: string, inputs: Inputs, privateMetadata?: string) {
  const { log } = keptLog()
  const said: string[] = []
  const say = (message: Message): void => void said.push(message.summary)
  const deps = {
    actions,
    services: services(),
    viewers: { readerOf: async () => ({ viewer: admin, locale: 'en-GB', zone: 'Europe/Berlin' }) },
    views: {
      loading: {},
      showing: (message: Message) => message,
      update: async (_id: string, message: Message) => say(message),
      publishHome: keep,
    },
    clock: movableClock(now),
    log,
    client: { apiCall: async () => ({ ok: true }) },
    render: (message: Message) => {
      say(message)
      return { payload: { text: message.summary, blocks: [] } }
    },
    fetch: globalThis.fetch,
    home: [],
    commands,
  } as unknown as ReceiveDeps
  const facts = {
    slackUserId: 'U200',
    actionId: callbackId,
    inputs,
    privateMetadata,
    from: 'submission',
    triggerId: 't',
    viewId: 'V1',
    isLink: false,
  } as const
  const ack = await receiveSubmission(facts, (work) => work(), { ...deps, guard: createErrorBoundary(deps) })
  if (ack.type !== 'errors') await ack.later()
  return ack.type === 'errors'
    ? { type: 'refused', at: Object.keys(ack.errors), words: Object.values(ack.errors).join(' ') }
    : { type: ack.type, words: said.join(' ') }
}

const opened = async (actionId: string, value?: string): Promise<Modal> => {
  const handler = actions.find(({ id }) => id === actionId)
  const outcome = await handler?.handle(press(actionId, admin, { value, from: 'message' }), services(), async () => undefined)
  if (outcome?.type !== 'modal') throw new Error(`${actionId} opened no modal`)
  return outcome.modal
}
const inputIds = ({ parts }: Modal): string[] => parts.flatMap((part) => (part.type === 'input' ? [part.id] : []))

const goalWeeks = `${reminderActions.goalForm}:weeks`
const goalScope = `${reminderActions.goalForm}:scope`
const long = 'x'.repeat(3000)
const days = (first: string, last: string) => `${first}..${last}`
const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index))

interface Case {
  readonly largest: string | readonly string[]
  readonly illegal: string | readonly string[]
  /** What becomes of the illegal one: an error beside the input, words instead of the form, or the value before is kept. */
  readonly ends?: 'refused' | 'words' | 'kept'
}

interface Form {
  readonly opens: string
  readonly value?: string
  readonly filled: Inputs
  /** Drawn only after another input was set. */
  readonly hidden?: readonly string[]
  readonly inputs: Readonly<Record<string, Case>>
}

/** An id that nobody has, or a list's value that is not in it. */
const choice = (largest: string): Case => ({ largest, illegal: 'nothing-of-ours', ends: 'kept' })

const forms: readonly Form[] = [
  {
    opens: digestActions.create,
    filled: { 'digest-form:kind': 'team', 'digest-form:about': '100' },
    hidden: ['digest-form:channel', 'digest-form:person', 'digest-form:names'],
    inputs: {
      'digest-form:kind': choice('team'),
      'digest-form:about': { largest: '100', illegal: 'x'.repeat(3001) },
      'digest-form:where': choice('me'),
      'digest-form:channel': { largest: 'C1', illegal: 'x'.repeat(3001) },
      'digest-form:person': { largest: 'U1', illegal: 'x'.repeat(3001) },
      'digest-form:weekdays': { largest: ['1', '2', '3', '4', '5', '6', '7'], illegal: ['8'] },
      'digest-form:time': { largest: '23:59', illegal: '24:00' },
      'digest-form:zone': choice('Pacific/Kiritimati'),
      'digest-form:skip-dates': { largest: days('2028-11-27', '2029-12-31'), illegal: days('2028-11-26', '2029-12-31') },
      'digest-form:when-empty': choice('skip'),
      'digest-form:name': { largest: 'n'.repeat(60), illegal: 'n'.repeat(61) },
      'digest-form:names': { largest: ['show'], illegal: many(101, () => 'show') },
    },
  },
  {
    opens: digestActions.programme,
    filled: {},
    hidden: ['programme-form:pilot'],
    inputs: {
      'programme-form:kinds': { largest: ['team', 'manager', 'personal', 'reminder'], illegal: ['everything'] },
      'programme-form:org': { largest: 'company', illegal: 'x'.repeat(3001) },
      'programme-form:stage': choice('everyone'),
      'programme-form:pilot': { largest: many(100, (index) => String(index)), illegal: many(101, (index) => String(index)) },
      'programme-form:weekdays': { largest: ['1', '2', '3', '4', '5', '6', '7'], illegal: [] },
      'programme-form:time': { largest: '23:59', illegal: '23:60' },
      'programme-form:zone': choice('UTC'),
      'programme-form:when-empty': choice('skip'),
    },
  },
  {
    opens: 'move',
    filled: { 'pick-person': '101' },
    inputs: { 'pick-person': { largest: '101', illegal: '999' }, 'pick-person:manager': { largest: '200', illegal: '999' } },
  },
  {
    opens: 'grant',
    filled: { 'grant-user': 'U1', 'grant-role': 'coach', 'pick-person': '101' },
    inputs: {
      'grant-user': { largest: 'U1', illegal: 'x'.repeat(3001) },
      'grant-role': { largest: 'viewer', illegal: 'owner' },
      'pick-person': { largest: '200', illegal: '999' },
      'grant-until': { largest: '2029-12-31', illegal: '2030-01-01' },
    },
  },
  {
    opens: 'link',
    filled: { 'link-user': 'U1', 'pick-person': '101' },
    inputs: { 'link-user': { largest: 'U1', illegal: 'x'.repeat(3001) }, 'pick-person': { largest: '200', illegal: '999' } },
  },
  { opens: 'end-role', filled: {}, inputs: { 'pick-role': { largest: 'r1', illegal: 'r2' } } },
  { opens: 'unlink', filled: {}, inputs: { 'pick-linked': { largest: '101', illegal: '200' } } },
  {
    opens: 'count-cards',
    filled: {},
    inputs: { 'count-cards-chosen': { largest: many(100, (index) => `c${index}`), illegal: many(101, (index) => `c${index}`) } },
  },
  {
    opens: reminderActions.goal,
    filled: { [goalWeeks]: '2' },
    inputs: {
      [goalWeeks]: { largest: '8', illegal: '9' },
      [goalScope]: choice('company'),
    },
  },
]

it('names every form: whatever opens one is here', () => {
  const opening = actions.flatMap(({ id, opensModal }) => (opensModal ? [id] : []))
  // The button that changes a digest opens the form of a new one, filled.
  expect(opening.filter((id) => id !== digestActions.edit).toSorted()).toEqual(forms.map(({ opens }) => opens).toSorted())
})

describe.each(forms)('the form of $opens', (form) => {
  it('has the inputs named here and no other', async () => {
    const drawn = inputIds(await opened(form.opens, form.value))
    expect([...drawn, ...(form.hidden ?? [])].toSorted()).toEqual(Object.keys(form.inputs).toSorted())
  })

  it.each(Object.entries(form.inputs))(
    '%s: the largest is saved, the first beyond it is not',
    async (id, { largest, illegal, ends = 'refused' }) => {
      const { callbackId, privateMetadata } = await opened(form.opens, form.value)
      const pilot = id === 'programme-form:pilot' ? { 'programme-form:stage': 'pilot' } : {}
      expect(await submit(callbackId, { ...form.filled, ...pilot, [id]: largest }, privateMetadata)).toMatchObject({ type: 'close' })
      const refused = await submit(callbackId, { ...form.filled, ...pilot, [id]: illegal }, privateMetadata)
      if (ends === 'kept') expect(refused).toMatchObject({ type: 'close' })
      else {
        expect(refused).toMatchObject({ type: 'refused', at: [id] })
        expect(refused.words).toMatch(/^[A-Z].*\.$/)
      }
    },
  )

  it('is refused in words when it carries more than a form holds', async () => {
    const { callbackId } = await opened(form.opens, form.value)
    const tooMany = Object.fromEntries(many(101, (index) => `input-${index}`).map((id) => [id, 'x']))
    for (const [inputs, metadata] of [
      [form.filled, `${long}x`],
      [tooMany, undefined],
      [{ ['x'.repeat(256)]: 'x' }, undefined],
    ] as const)
      expect((await submit(callbackId, inputs, metadata)).words).toContain('more than a button or form of mine can hold')
  })
})

/** What a command says: its answer, or the refusal. Anything but an AskError fails the test. */
async function says(typed: string, by = manager): Promise<string> {
  const command = commands.find(({ name }) => typed === name || typed.startsWith(`${name} `))
  if (!command) throw new Error(`no command ${typed}`)
  try {
    return (await command.answer(ask(typed.slice(command.name.length).trim(), by), services(), async () => undefined)).summary
  } catch (error) {
    if (error instanceof AskError) return `refused: ${error.message}`
    throw error
  }
}

describe('what is typed after a command', () => {
  it.each(commands.map(({ name }) => name))('%s takes 2,000 characters, and says so of one more', async (name) => {
    expect(await says(`${name} ${'x'.repeat(2000)}`)).not.toContain('longer than I read')
    expect(await says(`${name} ${'x'.repeat(2001)}`)).toContain('longer than I read: at most 2,000 characters')
  })

  it.each(['/gong-stats', '/gong-scorecards', '/gong-coaching'])('%s takes 40 words, and says so of one more', async (name) => {
    expect(await says(`${name} ${'zzz '.repeat(40)}`)).not.toContain('longer than I read')
    expect(await says(`${name} ${'zzz '.repeat(41)}`)).toContain('longer than I read: at most 40 words')
  })

  const pause = `/gong-digest pause ${subscription.id}`
  it.each([
    // Asked on 25 November 2026: the end of next year + 2 is 31 December 2029; 161 weeks are 27 December 2029, 162 are 3 January 2030.
    [`${pause} until 2029-12-31`, 'Paused until', `${pause} until 2030-01-01`, 'until 2029-12-31 at the latest'],
    [`${pause} until 2026-11-26`, 'Paused until', `${pause} until 2026-11-25`, 'Until which day?'],
    [`${pause} until 2029-02-28`, 'Paused until', `${pause} until 2029-02-29`, 'Until which day?'],
    [`${pause} until 2029-12-31`, 'Paused until', `${pause} until 9999-12-31`, 'until 2029-12-31 at the latest'],
    [`${pause} for 161 weeks`, 'Paused until', `${pause} for 162 weeks`, 'until 2029-12-31 at the latest'],
    [`${pause} for 161 weeks`, 'Paused until', `${pause} for 999999999 weeks`, 'until 2029-12-31 at the latest'],
    [`${pause} for 1 week`, 'Paused until', `${pause} for 0 weeks`, 'Until which day?'],
    ['/gong-digest pause 1', 'Paused', '/gong-digest pause 2', 'None of your digests'],
    ['/gong-digest pause 1', 'Paused', '/gong-digest pause 99999999999999999999', 'None of your digests'],
  ])('%s is taken (%s), %s is not (%s)', async (largest, taken, illegal, words) => {
    expect(await says(largest)).toContain(taken)
    expect(await says(illegal)).toContain(words)
  })

  /** Who may not be known here; the words are only about time. */
  const period = async (typed: string): Promise<string> => says(`/gong-stats zzz ${typed}`)
  it.each([
    ['last 400 days', 'last 401 days', '401 days; I read at most 400'],
    ['2025-10-21..2026-11-24', '2025-10-20..2026-11-24', '401 days; I read at most 400'],
    ['2015-01-01', '2014-12-31', 'too far off'],
    ['2026-W47', '2026-W54', 'has no week 54'],
    ['2026-10', '2026-13', 'no month 13'],
    ['31 Oct', '32 Oct', 'has 31 days'],
    ['2015-W02', '2014-W52', 'too far off'],
    ['Q4 2029', 'Q4 2030', 'too far off'],
    ['999 quarters ago', '999 days', 'at most 400'],
  ])('%s is read as a time, %s is refused with words', async (_largest, illegal, words) => {
    expect(await period(illegal)).toContain(words)
  })
})
