// Holds one person's and one team's figures of last week against what Gong's own Team page shows: somebody reads them off and types them.
// By how much they differ is said in the terminal alone; the report says of each whether it is equal.
import type { Period } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { inUnit } from '../../reports/wording/measure.ts'
import type { MeasureDefinition } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import type { StatsService } from '../../stats/results.ts'
import type { FindingOfArea } from '../doctor/finding.ts'
import { personCalled } from '../preview/preview.ts'
import type { Prompts } from '../prompts.ts'
import { differenceShown, typedFigure } from './typed-figure.ts'

export interface Comparison {
  readonly prompts: Prompts
  readonly stats: StatsService
  readonly chart: OrgChart
  readonly period: Period
  /** Has the figures of these people fetched. */
  fetch(people: readonly Person[]): Promise<void>
}

/** What Gong has published of how it counts; of the rest it says nothing. */
const gongSays: Partial<Readonly<Record<MeasureId, string>>> = {
  'talk-ratio': "the mean of the ratios of the person's calls",
  interactivity: "over all of the company's participants of a call",
}
const ofTeamSays = 'Gong does not publish how its page sums up a team; a mean differs from a median.'

const locale = 'en-GB'

/** Asks until a line is left empty. Returns what the report may say: no names, no figures. */
export async function compareWithGong(comparison: Comparison): Promise<readonly FindingOfArea[]> {
  const { prompts, stats, chart, period } = comparison
  const definitions = (await stats.measures()).filter(({ shownIn, group }) => group === 'conversation' || shownIn === 'message')
  const when = periodTitle(period, locale)
  const person = await choose(comparison, `Whose figures of ${when} do you see on Gong's Team page? Name or e-mail; empty to skip`)
  const found: FindingOfArea[] = []
  if (person) {
    await prompts.working('Fetching their figures', () => comparison.fetch([person]))
    const { figures } = await stats.person(person.id, period)
    const ours = new Map([...figures.measures].map(([id, { value }]) => [id, value.known ? value.value : undefined]))
    found.push(...(await compareAll(prompts, 'person', `${person.name}, ${when}`, definitions, ours)))
  }
  const manager = await choose(comparison, `Whose team of ${when}? Name or e-mail of its manager; empty to skip`)
  if (manager) {
    await prompts.working('Fetching the figures of the team', () => comparison.fetch(chart.team(manager.id)))
    const team = await stats.team({ type: 'team', managerId: manager.id }, period, 'by-name')
    const ours = new Map([...team.measures].map(([id, { value }]) => [id, value.known ? value.value : undefined]))
    found.push(...(await compareAll(prompts, 'team', `the team of ${manager.name}, ${when}`, definitions, ours)))
  }
  return found.length > 0 ? found : [{ state: 'worth knowing', says: "Nothing was compared with Gong's Team page." }]
}

async function choose({ prompts, chart }: Comparison, message: string): Promise<Person | undefined> {
  for (;;) {
    const name = (await prompts.text({ message })).trim()
    if (name === '') return undefined
    try {
      return personCalled(name, chart)
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      prompts.warn(error.message)
    }
  }
}

async function compareAll(
  prompts: Prompts,
  of: 'person' | 'team',
  whose: string,
  definitions: readonly MeasureDefinition[],
  ours: ReadonlyMap<MeasureId, number | undefined>,
): Promise<readonly FindingOfArea[]> {
  const found: FindingOfArea[] = []
  for (const definition of definitions) {
    const mine = ours.get(definition.id)
    if (mine === undefined) continue
    prompts.say(definitionWords(definition, of, mine), `${definition.label}, ${whose}`)
    const theirs = await askFigure(prompts, definition)
    if (theirs === undefined) continue
    const difference = differenceShown(definition, mine, theirs)
    prompts.say(
      difference === 0 ? 'Equal.' : `Gong shows ${difference > 0 ? 'more' : 'less'}: ${Math.abs(difference)}${pointsOf(definition)}.`,
    )
    found.push(verdict(definition, of, difference === 0))
  }
  return found
}

async function askFigure(prompts: Prompts, definition: MeasureDefinition): Promise<number | undefined> {
  for (;;) {
    const typed = (await prompts.text({ message: `${definition.label} on Gong's page (empty where it shows none)` })).trim()
    if (typed === '') return undefined
    const value = typedFigure(typed, definition.unit)
    if (value !== undefined) return value
    prompts.warn('That is no figure. Type it as the page shows it: 48 %, 1:23 or 3.4.')
  }
}

const pointsOf = ({ unit }: MeasureDefinition): string => (unit === 'share' ? ' points' : unit === 'seconds' ? ' s' : '')

function definitionWords({ id, definition, ofTeam, ...rest }: MeasureDefinition, of: 'person' | 'team', value: number): string {
  const team = of === 'team' ? ` Of a team: the ${ofTeam === 'median' ? 'median of its people with enough calls' : 'sum'}.` : ''
  return [
    `Here: ${inUnit(rest, value, locale)}. ${definition}${team}`,
    `Gong: ${gongSays[id] ?? 'publishes nothing beyond the name'}.${of === 'team' ? ` ${ofTeamSays}` : ''}`,
  ].join('\n')
}

/** A team's figures are defined differently, so that a difference is no mistake; a person's are Gong's own. */
function verdict({ label }: MeasureDefinition, of: 'person' | 'team', isEqual: boolean): FindingOfArea {
  const what = `${label} of a ${of}`
  if (isEqual) return { state: 'good', says: `${what}: equal to Gong's Team page.` }
  if (of === 'team') return { state: 'worth knowing', says: `${what}: differs from Gong's Team page. ${ofTeamSays}` }
  return {
    state: 'to fix',
    says: `${what}: differs from Gong's Team page.`,
    remedy: 'Check that the page shows the same week, in the zone of the company, and all calls. Then attach this report to an issue.',
  }
}
