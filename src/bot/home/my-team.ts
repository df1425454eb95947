// Home: the last full week of those somebody leads, in its first lines: the team of a manager, the org of a manager of managers, the company
// of an admin who leads nobody. The figures and the table are one press away.

import { weekBefore } from '../../domain/period.ts'
import { maySee, type Subject, type Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Control, Part } from '../../render/message.ts'
import { footnote } from '../../reports/sections/footnote.ts'
import { headline } from '../../reports/sections/headline.ts'
import { teams } from '../../reports/sections/teams.ts'
import { composeReport } from '../../reports/write-sections.ts'
import type { HomeSection } from '../action.ts'
import { defaultSubject } from '../words/default-subject.ts'

const coaching = askButton('Coaching', '/gong-coaching', 'coaching')

const groups: Readonly<Record<Exclude<Subject['type'], 'person'>, { readonly title: string; readonly controls: readonly Control[] }>> = {
  team: { title: 'My team', controls: [askButton('My team', '/gong-stats team', 'team'), coaching] },
  org: {
    title: 'My org',
    controls: [askButton('My org', '/gong-stats org', 'org'), askButton('My team', '/gong-stats team', 'team'), coaching],
  },
  company: { title: 'The company', controls: [askButton('The company', '/gong-stats all', 'all')] },
}

/** What a bare command would answer with, if that is a group of people. An admin who leads somebody looks at those first. */
export function ledBy(viewer: Viewer, chart: OrgChart, today: string): Exclude<Subject, { readonly type: 'person' }> | undefined {
  const { person } = viewer
  if (viewer.standing !== 'member' || (person ? !person.active : !viewer.isAdmin)) return undefined
  const leads = person !== undefined && chart.team(person.id).length > 0
  const subject = defaultSubject(leads ? { ...viewer, isAdmin: false } : viewer, chart, 'figures', today)
  return subject === undefined || subject.type === 'person' ? undefined : subject
}

/** The table of teams and the list that opens one: they are in the answer that *My org* gives. */
const isOfTheTable = (part: Part): boolean =>
  part.type === 'table' || (part.type === 'buttons' && part.controls.some(({ type }) => type === 'select'))

export const myTeam: HomeSection = {
  id: 'my-team',
  async write(viewer, services, at) {
    const [chart, today] = [await services.chart(), await services.today()]
    const subject = ledBy(viewer, chart, today)
    if (subject === undefined) return undefined
    const verdict = maySee(viewer, subject, chart, today)
    if (!verdict.allowed) return undefined
    const { message, shows } = await composeReport(
      {
        subject,
        period: weekBefore(today, services.settings.weekStart),
        audience: { type: 'person', viewer },
        detail: verdict.detail,
        stats: services.stats,
        today,
        gongAppUrl: services.settings.gongAppUrl,
        ...at,
      },
      // Of a leader's teams their first line: which to look at.
      [headline, teams, footnote],
      groups[subject.type],
    )
    // Without names, the figures of a team of one are still that person's own.
    if (shows.length > 0) await services.recordViews(viewer, shows, 'Home')
    return message.parts.filter((part) => !isOfTheTable(part))
  },
}
