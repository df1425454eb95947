// What admins must know of the data every answer rests on: people, directory or figures that are no longer refreshed, a list of people that
// is not believed or may not be read, people set aside, kinds of figures Gong does not give. Read from the store, so that every replica
// says the same. Knows no message.

import { brokenPeopleFile, brokenPeopleFileWords } from '../domain/broken-people-file.ts'
import { type ClosedWorkspaces, closedWorkspaces } from '../domain/closed-workspaces.ts'
import { cutWords } from '../domain/cut-list.ts'
import type { FigureGap, FigureKind } from '../domain/figure-gap.ts'
import { refusedLogin, refusedLoginWords } from '../domain/login-refused.ts'
import type { PersonId } from '../domain/person.ts'
import type { OrgChart } from '../domain/team.ts'
import type { ListProblems, RefusedList } from '../store/people/list-watch.ts'
import type { Store } from '../store/store.ts'
import { directoryFailures } from './directory-failures.ts'
import { shownKinds } from './fetch-failures.ts'

export interface DataProblem {
  /** The same problem has the same key; `key` and `since` together are one episode, of which admins hear once. */
  readonly key: string
  readonly since: Date
  /** One or two sentences for admins. May name people; untrusted text. */
  readonly words: string
  /**
   * Data found old after the process was paused or stopped is fetched within minutes: admins hear only if the next check finds it old too.
   */
  readonly maySoonBeOver?: true | undefined
  /** People the words name: they are for admins alone. */
  readonly mentions?: readonly PersonId[] | undefined
  /** Nothing goes on beside it: neither people nor any figures are fetched. */
  readonly stopsFetching?: true | undefined
  /** Set when an admin has to choose between Gong's shrunk list and the one that is kept. */
  readonly asks?: 'shrunk-list' | undefined
}

const dayMs = 24 * 3_600_000

/** People named in one sentence. */
const namedAtMost = 5

/** Longest open first. Empty when all is well, and before the first fetch. */
export async function dataProblems(
  store: Pick<Store, 'people' | 'directory' | 'windows' | 'gaps' | 'listWatch' | 'tenant'>,
  now: Date,
): Promise<readonly DataProblem[]> {
  const [peopleAt, directoryAt, windows, gaps, list, questionsSince, workspaces, file, login] = await Promise.all([
    store.people.readAt(),
    store.directory.readAt(),
    store.windows.states(),
    store.gaps.all(),
    store.listWatch.problems(),
    store.tenant.get('questions-refused-since'),
    closedWorkspaces(store.tenant),
    brokenPeopleFile(store.tenant),
    refusedLogin(store.tenant),
  ])
  const problems = [
    ...stale('people', peopleAt, now, "Gong's list of people", 'Who may see whom, and who gets which digest, rests on it.'),
    ...(directoryAt ? [] : unreadDirectory((await directoryFailures(store.tenant))?.firstAt)),
    ...stale('directory', directoryAt, now, "Slack's directory", 'Who is a guest, an admin or away rests on it.'),
    ...stale('figures', newestOf(windows), now, "Gong's figures", 'Answers and digests say how old theirs are.'),
    ...(questionsSince ? [questionsProblem(new Date(questionsSince))] : []),
    ...(workspaces ? [workspacesProblem(workspaces)] : []),
    ...(file ? [{ key: 'people-file-broken', since: file.since, words: brokenPeopleFileWords(file) }] : []),
    ...(login ? [{ key: 'login-refused', since: login.since, words: refusedLoginWords(login), stopsFetching: true } as const] : []),
    // With a login that ended every kind of figures is refused: that is one problem.
    ...gapProblems(
      gaps.filter(({ why }) => !login || why !== 'refused'),
      now,
    ),
    ...listProblems(list, await store.people.chart()),
  ]
  return problems.toSorted((a, b) => a.since.getTime() - b.since.getTime())
}

/** When the newest of these answers was fetched; undefined when there is none. */
export const newestOf = (states: readonly { readonly readAt: Date }[]): Date | undefined =>
  states.reduce<Date | undefined>((newest, { readAt }) => (!newest || readAt > newest ? readAt : newest), undefined)

/** Before the first fetch nobody is notified in Slack, which may know no admin yet; Home, doctor and readiness say it. */
const unreadDirectory = (since: Date | undefined): readonly DataProblem[] =>
  since === undefined
    ? []
    : [
        {
          key: 'directory-unread',
          since,
          words:
            "Slack's directory could not be read yet; it is tried again every few minutes. Admins, matches and programmes wait for it.",
        },
      ]

function stale(key: string, readAt: Date | undefined, now: Date, what: string, why: string): readonly DataProblem[] {
  if (!readAt || now.getTime() - readAt.getTime() <= dayMs) return []
  const hours = Math.floor((now.getTime() - readAt.getTime()) / 3_600_000)
  return [{ key: `${key}-stale`, since: readAt, maySoonBeOver: true, words: `${what} could not be refreshed for ${hours} h. ${why}` }]
}

const kindNames: Readonly<Record<FigureKind, string>> = {
  interaction: 'interaction statistics',
  activity: 'activity counts',
  scorecards: 'scorecards',
  'daily-activity': 'activity by day',
  coaching: 'coaching',
}

const questionsProblem = (since: Date): DataProblem => ({
  key: 'questions-refused',
  since,
  words:
    'Names of scorecard questions need the scope api:settings:scorecards:read: grant it to the key in Gong. Until then messages call questions by number and know no scales; everything else goes on.',
})

const workspacesProblem = ({ since, closed, of }: ClosedWorkspaces): DataProblem => ({
  key: 'workspaces-closed',
  since,
  words: `Gong does not give the coaching of ${closed} of ${of} workspaces: the counts are of the others. Let the key's owner into all of them in Gong, or name those that count in GONG_WORKSPACE_ID.`,
})

/** One kind that may not be read stops nothing; a key that may read none of those every answer shows is refused as a whole. */
function gapProblems(gaps: readonly FigureGap[], now: Date): readonly DataProblem[] {
  const isWhole = shownKinds.every((shown) => gaps.some(({ kind, why }) => kind === shown && (why === 'scope' || why === 'refused')))
  return gaps.flatMap((gap) => gapProblem(gap, now)).map((problem) => (isWhole ? { ...problem, stopsFetching: true } : problem))
}

/** A closed door is a problem at once; a failure on Gong's side when it has lasted a day. */
function gapProblem({ kind, why, since, scope }: FigureGap, now: Date): readonly DataProblem[] {
  const name = kindNames[kind]
  if (why === 'scope')
    return [{ key: `gap-${kind}`, since, words: `The key may not read ${name}: grant it ${scope} in Gong. Everything else goes on.` }]
  if (now.getTime() - since.getTime() <= dayMs) return []
  const what = why === 'refused' ? `Gong refuses ${name}.` : `Gong has not given ${name} for more than a day.`
  return [{ key: `gap-${kind}`, since, words: `${what} Everything else goes on; npm run doctor says more.` }]
}

/** For admins, who can open it. */
export const refusedListWords = ({ status, scope }: RefusedList): string =>
  `I may not read Gong's list of people (${status}): grant the key ${scope ?? 'api:users:read'}, or give me PEOPLE_FILE. A 404 means that GONG_BASE_URL is wrong.`

function listProblems({ shrunk, refused, setAside }: ListProblems, chart: OrgChart): readonly DataProblem[] {
  const problems: DataProblem[] = []
  if (refused) problems.push({ key: 'people-refused', since: refused.since, words: refusedListWords(refused), stopsFetching: true })
  if (shrunk)
    problems.push({
      key: 'people-shrunk',
      since: shrunk.since,
      words: `Gong's list shrank from ${shrunk.from} to ${shrunk.to} people. ${shrunkEnd(shrunk.decision)}`,
      asks: shrunk.decision === undefined ? 'shrunk-list' : undefined,
    })
  if (setAside) {
    const named = setAside.ids.map((id) => chart.people.get(id)?.name ?? `Gong user ${id}`)
    const who = [...cutWords(named, namedAtMost), ...(setAside.unknown > 0 ? [`${setAside.unknown} without a usable id`] : [])]
    problems.push({
      key: 'people-set-aside',
      since: setAside.since,
      mentions: setAside.ids,
      words: `Records of Gong's list of people cannot be used: ${who.join(', ')}. These people keep what was known of them.`,
    })
  }
  return problems
}

const shrunkEnd = (decision: 'use' | 'keep' | undefined): string =>
  decision === 'use'
    ? 'An admin chose the new list; the next refresh takes it.'
    : decision === 'keep'
      ? 'An admin chose to keep the old list.'
      : 'I keep the old list until an admin decides.'
