// 30 people over nine weeks, drawn from a seed: what the second computation is made on. Scores and counts are whole numbers and the
// rest are fractions of powers of two, so that sums and middles are exact however they are made.
import type { ActivityCounters, AnsweredScorecard, CoachingCounts, InteractionFigures } from '../../src/domain/gong-figures.ts'
import { addDays, periodKey, weeksThrough } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import { card, person, week } from './world.ts'

/** Oldest first; the last is the week asked about. */
export const weeks = weeksThrough(week, 9)

const counters = [
  'callsAsHost',
  'callsAttended',
  'callsGaveComments',
  'callsReceivedComments',
  'callsAccessedRecording',
  'callsScored',
  'ownCallsListenedTo',
  'othersCallsListenedTo',
] as const

export interface SecondCompany {
  readonly people: readonly Person[]
  readonly interaction: Readonly<Record<string, readonly InteractionFigures[]>>
  readonly activity: Readonly<Record<string, readonly ActivityCounters[]>>
  /** A manager's totals, as Gong gives them where it does not say for whom. */
  readonly coaching: Readonly<Record<string, readonly CoachingCounts[]>>
  readonly scorecards: readonly AnsweredScorecard[]
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function secondCompany(seed: number): SecondCompany {
  const random = randomFrom(seed)
  const upTo = (most: number): number => Math.floor(random() * (most + 1))
  const maybe = <T>(chance: number, value: T): T | undefined => (random() < chance ? value : undefined)
  const managers = ['m1', 'm2', 'm3']
  const reps = Array.from({ length: 26 }, (_, index) => `r${String(index).padStart(2, '0')}`)
  const people = [
    person('boss'),
    ...managers.map((id) => person(id, 'boss')),
    // Teams of 12, 10 and 4.
    ...reps.map((id, index) => person(id, index < 12 ? 'm1' : index < 22 ? 'm2' : 'm3')),
  ]
  // One week in eight is a week off: few calls or none.
  const interactionRow = (personId: string): InteractionFigures | undefined => {
    if (random() < 0.06) return undefined
    const callsCount = random() < 0.12 ? upTo(3) : 3 + upTo(9)
    const rest = {
      talkShare: maybe(0.97, upTo(64) / 64),
      longestMonologueSeconds: maybe(0.97, upTo(600)),
      interactivity: maybe(0.97, upTo(80) / 8),
      patience: maybe(0.97, upTo(40) / 16),
      questionRate: maybe(0.97, upTo(160) / 8),
    }
    return { personId, callsCount, ...present(rest) }
  }
  const activityRow = (personId: string): ActivityCounters | undefined =>
    random() < 0.08
      ? undefined
      : { personId, ...present(Object.fromEntries(counters.map((counter) => [counter, maybe(0.97, random() < 0.2 ? 0 : upTo(12))]))) }
  const byWeek = <T>(rowOf: (id: string) => T | undefined): Record<string, readonly T[]> =>
    Object.fromEntries(weeks.map((each) => [periodKey(each), people.flatMap(({ id }) => rowOf(id) ?? [])]))
  const interaction = byWeek(interactionRow)
  const activity = byWeek(activityRow)
  const scorecards = weeks.flatMap((each) =>
    Array.from({ length: 60 }, () => {
      const reviewed = people[1 + upTo(28)]
      const reviewer = random() < 0.25 ? undefined : random() < 0.8 ? reviewed?.managerId : 'boss'
      const kind = upTo(1)
      // The closing card was given another scale at some time.
      const overallRange = { min: 1, max: kind === 1 && random() < 0.4 ? 10 : 5 }
      return card(reviewed?.id ?? 'r00', reviewer, `${addDays(each.from, upTo(6))}T${String(6 + upTo(11)).padStart(2, '0')}:00:00Z`, {
        scorecardId: kind === 0 ? 'discovery' : 'closing',
        scorecardName: kind === 0 ? 'Discovery' : 'Closing',
        overallRange,
        visibility: random() < 0.1 ? 'private' : 'public',
        ...present({ overallScore: maybe(0.9, 1 + upTo(4)) }),
        questions: ['q1', 'q2', 'q3'].map((questionId) => {
          const notApplicable = random() < 0.2
          return {
            questionId,
            notApplicable,
            range: overallRange,
            ...present({ score: notApplicable ? undefined : maybe(0.9, 1 + upTo(4)) }),
          }
        }),
      })
    }),
  )
  const coaching = Object.fromEntries(
    weeks.map((each) => [
      periodKey(each),
      ['boss', ...managers].flatMap((managerId): CoachingCounts[] =>
        random() < 0.1
          ? []
          : [
              {
                managerId,
                ...present({
                  callsListenedTo: maybe(0.9, upTo(30)),
                  commentsGiven: maybe(0.9, upTo(30)),
                  scorecardsFilled: maybe(0.9, upTo(9)),
                }),
              },
            ],
      ),
    ]),
  )
  return { people, interaction, activity, coaching, scorecards }
}

/** Without what is undefined. */
const present = <T extends object>(of: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as { [Key in keyof T]?: Exclude<T[Key], undefined> }
