// The recipes for a section, a statistic and a command, followed: one of each joins its list, and the contract suites run over the whole
// lists. What they hold the new ones to was written before these existed.
import { afterAll, describe, expect, it } from 'vitest'
import type { Command } from '../../src/bot/command.ts'
import { commands } from '../../src/bot/commands/index.ts'
import { known, noData } from '../../src/domain/measured.ts'
import { oneSentenceMessage } from '../../src/render/one-sentence-message.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { plural } from '../../src/render/text/numbers.ts'
import { line } from '../../src/render/text/text.ts'
import { defineSection, type Section } from '../../src/reports/section.ts'
import { everySection, statsSections } from '../../src/reports/sections/index.ts'
import { figuresOf } from '../../src/reports/wording/viewpoint.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import { type MeasureId, measures } from '../../src/stats/measures/index.ts'
import { activityMeasure, type Measure } from '../../src/stats/measures/measure.ts'
import { commandContract } from '../kit/command-contract.ts'
import { measureContract } from '../kit/measure-contract.ts'
import { definitions, personFigures, personMeasure, personReport, toAna } from '../kit/report-fixtures.ts'
import { sectionContract } from '../kit/section-contract.ts'
import { now, stats, teamOf, week } from '../stats/world.ts'

/** For this file alone: the tests after it in the same process find the list as it was. */
function addTo<Item>(list: readonly Item[], item: Item): void {
  const items = list as Item[]
  items.push(item)
  afterAll(() => void items.splice(items.indexOf(item), 1))
}

const callsPerWeekday = defineSection({
  id: 'calls-per-weekday',
  title: 'Calls per weekday',
  async gather(context) {
    const figures = await figuresOf(context)
    const calls = figures?.type === 'person' ? figures.report.figures.callCount.calls : noData('not-given')
    return figures?.type === 'person' && calls.known ? { calls: calls.value, personId: figures.report.figures.person.id } : undefined
  },
  render: ({ calls, personId }, { locale }) => ({
    parts: [{ type: 'text', line: line(`About ${plural(Math.round(calls / 5), 'call', locale)} a weekday.`) }],
    shows: [personId],
  }),
})

/** Of the calls a person attended, the share they hosted. */
const hostedShare = activityMeasure({
  id: 'hosted-share',
  ofTeam: 'median',
  shownIn: 'message',
  column: 'figure',
  words: {
    documented: { label: 'Hosted share', unit: 'share', definition: 'Of the calls the person attended, the share they hosted.' },
    live: { label: 'Hosted share', unit: 'share', definition: 'Of the calls the person attended, the share they hosted.' },
  },
  read: ({ callsAsHost, callsAttended }) => (callsAsHost === undefined || !callsAttended ? undefined : callsAsHost / callsAttended),
})

const hello: Command = {
  name: '/gong-hello',
  description: 'Says hello to whoever asks.',
  usageHint: '[help]',
  examples: [{ text: '', does: 'says hello' }],
  answer: async () => oneSentenceMessage('Hello. Type /gong-stats for your numbers.'),
}

addTo<Section>(statsSections, callsPerWeekday)
addTo<Measure>(measures, hostedShare)
addTo<Command>(commands, hello)

for (const section of everySection()) sectionContract(section)
for (const definition of definitions()) measureContract(definition)
for (const command of commands) commandContract(command)

describe('a recipe followed', () => {
  const id = 'hosted-share' as MeasureId

  it('brings the new ones into the lists that everything runs on', () => {
    expect(everySection().map((section) => section.id)).toContain('calls-per-weekday')
    expect(definitions().map((definition) => definition.id)).toContain(id)
  })

  it('shows a share among the activity figures as percent, never as a count of nothing', async () => {
    const figures = personFigures(undefined, { measures: new Map([[id, personMeasure(id, known(0.4), known(0.3))]]) })
    const text = asRead((await composeReport(toAna({ person: personReport({ figures }) }), statsSections)).message)
    expect(text).toContain('Hosted share 40 % (30 % the week before)')
    expect(text).not.toMatch(/0 hosted share|a call\)/i)
    expect(text).toContain('About 2 calls a weekday.')
  })

  it('makes the share a median of the team', async () => {
    const ids = ['ana', 'ben', 'kai']
    const row = (personId: string, callsAsHost: number) => ({ personId, callsAsHost, callsAttended: 10 })
    const service = stats({
      people: teamOf(...ids),
      interaction: { [now]: ids.map((personId) => ({ personId, callsCount: 10 })) },
      activity: { [now]: [row('ana', 2), row('ben', 4), row('kai', 9)] },
    })
    // Shares 0.2, 0.4 and 0.9: the middle one.
    const { measures: figures } = await service.team({ type: 'team', managerId: 'maria' }, week, 'by-name')
    expect(figures.get(id)?.value).toEqual(known(0.4))
  })
})
