// Conversation and activity as a group without names is shown them: what was shown of a period stays until enough people's changed.
import type { Onlookers } from '../../domain/onlookers.ts'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { HeldBack, HeldRow, Reads, WindowAnswer } from '../../domain/reads.ts'
import { comparableOf, hasEnoughCalls, type PeriodFigures } from '../figures/period-figures.ts'
import type { Group } from '../groups/group.ts'
import type { Contribution } from '../groups/release.ts'
import { releasedTeams } from '../groups/released-teams.ts'
import { shownUntil } from '../groups/shown-until.ts'
import { measures } from '../measures/index.ts'

interface ShownDeps {
  readonly reads: Pick<Reads, 'showing' | 'heldBack' | 'release' | 'replacedBefore'>
  readonly minimumCalls: number
  readonly onlookers: () => Promise<Onlookers>
}

/** To be called before the figures of these periods are read. */
export async function showing({ reads }: ShownDeps, group: Group, periods: readonly Period[]): Promise<void> {
  const shown = periods.filter((period) => group.mayShow(period, 'median'))
  await reads.showing(
    'figures',
    shown.map((period) => ({ period, personIds: group.membersIn(period).map(({ id }) => id) })),
  )
}

/** The figures just read of a period, as they may be shown; `heldBack` where newer ones of somebody who stands are not among them. */
export async function asShown(deps: ShownDeps, group: Group, now: PeriodFigures): Promise<PeriodFigures> {
  const { period } = now
  if (!group.mayShow(period, 'median')) return now
  const held = await deps.reads.heldBack('figures', period, group.chart.version)
  const holds = (id: PersonId): boolean => holdsIn(held, id)
  if (held.interaction.size + held.activity.size === 0 || !group.membersIn(period).some(({ id }) => holds(id))) return now
  const shown = withHeld(now, held, holds)
  const replaced = await deps.reads.replacedBefore('figures', period)
  const versions = replaced
    .map((_, at) => shownUntil(replaced.slice(at), held))
    .map((then) => withHeld(now, then, (id) => holdsIn(then, id)))
  const released = await releasedTeams(deps, group, period, holds, (id) => {
    const was = contributionOf(shown, id, deps.minimumCalls)
    const earlier = versions.map((then) => contributionOf(then, id, deps.minimumCalls))
    return { shown: was, now: holds(id) ? contributionOf(now, id, deps.minimumCalls) : was, earlier }
  })
  if (released.size > 0 && !(await mayRelease(deps, released, held, now, replaced.length))) released.clear()
  const stillHolds = (id: PersonId): boolean => holds(id) && !released.has(id)
  const kept = withHeld(now, held, stillHolds)
  return [...group.standing(period)].some(stillHolds) ? { ...kept, heldBack: group.minimumPeople } : kept
}

const holdsIn = ({ interaction, activity }: HeldBack, id: PersonId): boolean => interaction.has(id) || activity.has(id)

/** Whether the store lets exactly these newer figures be shown from now on. */
function mayRelease(
  { reads }: ShownDeps,
  released: ReadonlySet<PersonId>,
  held: HeldBack,
  now: PeriodFigures,
  releasesBefore: number,
): Promise<boolean> {
  const heldOf = <T>(rows: ReadonlyMap<PersonId, HeldRow<T>>) => new Map([...rows].filter(([id]) => released.has(id)))
  const [interaction, activity] = [heldOf(held.interaction), heldOf(held.activity)]
  const none = { scorecards: new Map() }
  return reads.release('figures', now.period, {
    releasesBefore,
    shown: { ...none, interaction, activity },
    now: { ...none, interaction: rowsNow(now.interaction, [...interaction.keys()]), activity: rowsNow(now.activity, [...activity.keys()]) },
  })
}

/** As they are kept when they are held back; nobody's who was never read. */
const rowsNow = <T>({ rows, quarantinedPeople, neverRead }: WindowAnswer<T>, ids: readonly PersonId[]): ReadonlyMap<PersonId, HeldRow<T>> =>
  new Map(
    ids
      .filter((id) => !neverRead.has(id))
      .map((id) => {
        const row = rows.get(id)
        return [id, { ...(row !== undefined && { row }), ...(quarantinedPeople.has(id) && { quarantined: true as const }) }]
      }),
  )

function withHeld(now: PeriodFigures, { interaction, activity }: HeldBack, holds: (id: PersonId) => boolean): PeriodFigures {
  return { ...now, interaction: withRows(now.interaction, interaction, holds), activity: withRows(now.activity, activity, holds) }
}

function withRows<T>(answer: WindowAnswer<T>, held: ReadonlyMap<PersonId, HeldRow<T>>, holds: (id: PersonId) => boolean): WindowAnswer<T> {
  const rows = new Map(answer.rows)
  const quarantinedPeople = new Set(answer.quarantinedPeople)
  for (const [id, { row, quarantined }] of held) {
    if (!holds(id)) continue
    if (row === undefined) rows.delete(id)
    else rows.set(id, row)
    if (quarantined) quarantinedPeople.add(id)
    else quarantinedPeople.delete(id)
  }
  return { ...answer, rows, quarantinedPeople }
}

/** What a person puts into a group's figures: what enters medians, what adds to sums, and that they have enough calls. */
function contributionOf(figures: PeriodFigures, id: PersonId, minimumCalls: number): Contribution {
  const contribution = new Map<string, string>()
  for (const measure of measures) {
    const figure = comparableOf(measure, figures, id, minimumCalls)
    if (figure.known && !(measure.ofTeam === 'sum' && figure.value === 0)) contribution.set(measure.id, String(figure.value))
  }
  if (hasEnoughCalls(figures, id, minimumCalls)) contribution.set('enough calls', 'yes')
  return contribution
}
