// A digest service that records what it is asked and answers as it is given, and people around one manager, for the editor and the command.

import type { Press } from '../../../src/bot/action.ts'
import type { Ask, BotServices } from '../../../src/bot/command.ts'
import type { DigestEntry, DigestService, DraftVerdict, ProgrammeEntry } from '../../../src/digests/service.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { upcomingRuns } from '../../../src/domain/upcoming.ts'
import { teamDigest } from '../../kit/team-digest.ts'

const now = new Date('2026-11-25T10:00:00Z')

export const chart = orgChart([
  { id: '100', name: 'Priya Nair', emails: [], active: true },
  { id: '101', name: 'Ana Diaz', emails: [], managerId: '100', active: true },
  { id: '102', name: 'Ben Ode', emails: [], managerId: '100', active: true },
  { id: '200', name: 'Omar Haddad', emails: [], active: true },
  { id: '201', name: 'Kai Lund', emails: [], managerId: '200', active: true },
])

const viewer = (personId: string, isAdmin = false): Viewer => {
  const person = chart.people.get(personId)
  return { slackUserId: `U${personId}`, ...(person && { person }), standing: 'member', isAdmin, grants: [] }
}
export const manager = viewer('100')
export const rep = viewer('101')
export const admin = viewer('200', true)

export const subscription: Subscription = teamDigest({
  id: '11111111-1111-4111-8111-111111111111',
  ownerSlackId: 'U100',
  nextAt: new Date('2026-11-30T08:00:00Z'),
  createdAt: now,
})

export const entry = (change: Partial<Subscription> = {}): DigestEntry => ({
  subscription: { ...subscription, ...change },
  about: "Priya Nair's team",
  ownerName: 'Priya Nair',
  mayChange: true,
  mayName: true,
})

const nextMonday = {
  at: new Date('2026-11-30T08:00:00Z'),
  date: '2026-11-30',
  time: '09:00',
  zone: 'Europe/Berlin',
  wallTime: 'once',
  isSkipped: false,
} as const

const open: DraftVerdict = { ok: true, channelName: 'emea', readers: 14, readerIds: ['U100', 'U101'], outsiders: [], isPrivate: true }

/** Services whose digests are these. `calls` lists every act with its arguments, the viewer left out. */
export function kitWith(options: {
  readonly entries?: readonly DigestEntry[]
  readonly verdict?: DraftVerdict
  readonly acts?: Partial<DigestService>
}) {
  const calls: (readonly [string, ...unknown[]])[] = []
  const entries = options.entries ?? [entry()]
  const find = (id: string) => entries.find((one) => one.subscription.id === id) ?? entry({ id })
  const company = { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 } as const
  const act =
    <Result>(name: string, result: (...args: never[]) => Result) =>
    async (_viewer: Viewer, ...args: unknown[]): Promise<Result> => {
      calls.push([name, ...args])
      return result(...(args as never[]))
    }
  const programme = (draft: ProgrammeEntry['draft']): ProgrammeEntry => ({
    id: `p-${draft.kind}`,
    draft,
    ownerName: 'Omar Haddad',
    org: 'the whole company',
    reached: draft.stage === 'everyone' ? 3 : 0,
    wouldReach: 3,
    unmatched: 1,
    haveIt: 0,
    waitsForDirectory: false,
    stopped: false,
  })
  const digests: DigestService = {
    company: { zone: company.zone, namesInChannels: 'ask' },
    nameOf: async (id) => ({ UOUT: 'Olga Outside' })[id] ?? id,
    mine: async () => ({ receives: [], sends: entries }),
    namedInChannels: async () => [],
    entry: async (_viewer, id) => find(id),
    history: async () => [],
    upcoming: (recurrence, skipDates, count) => upcomingRuns(recurrence, skipDates, now, count, company),
    check: async (_viewer, draft) => {
      calls.push(['check', draft])
      return options.verdict ?? open
    },
    duplicateOf: async () => undefined,
    placeOf: async (_viewer, { destination }) => (destination.type === 'channel' ? '#emea' : undefined),
    preview: act('preview', () => ({ summary: 'EMEA: talk ratio 51 %', parts: [] })),
    create: act('create', (draft: Partial<Subscription>) => entry(draft)),
    change: act('change', (id: string, draft: Partial<Subscription>) => entry({ ...draft, id })),
    sendNow: act('sendNow', () => undefined),
    pause: act('pause', (id: string) => find(id)),
    resume: act('resume', (id: string) => find(id)),
    skipNext: act('skipNext', (id: string) => ({ entry: find(id), run: nextMonday })),
    remove: act('remove', () => undefined),
    stop: act('stop', () => undefined),
    arrived: act('arrived', () => undefined),
    postAgain: act('postAgain', () => undefined),
    takeOver: act('takeOver', () => ({ ...entry({}), namesOff: false })),
    programmes: async () => [],
    duplicateOfProgramme: async () => undefined,
    createProgramme: act('createProgramme', programme),
    changeProgramme: act('changeProgramme', (_id: string, draft: ProgrammeEntry['draft']) => programme(draft)),
    stopProgramme: act('stopProgramme', () => undefined),
    ...options.acts,
  }
  // Only what the editor and the command use; anything else would fail loudly.
  const services = {
    digests,
    chart: async () => chart,
    today: async () => '2026-11-25',
    ensureFetched: async () => undefined,
    outbox: { viewerOf: async (id: string) => [manager, rep, admin].find(({ slackUserId }) => slackUserId === id) },
    settings: { weekStart: 1 },
  } as unknown as BotServices
  return { services, calls }
}

export const press = (actionId: string, by: Viewer, change: Partial<Press> = {}): Press => ({
  actionId,
  inputs: {},
  from: 'modal',
  viewer: by,
  triggerId: 'trigger-1',
  now,
  locale: 'en-GB',
  zone: 'Europe/Berlin',
  ...change,
})

export const ask = (text: string, by: Viewer): Ask => ({
  text,
  viewer: by,
  channelId: 'C9',
  triggerId: 'trigger-1',
  now,
  locale: 'en-GB',
  zone: 'Europe/Berlin',
})
