// Coaching as the live service answers it: one manager of one workspace at a time, lists of call ids per report.
import { coachingOf } from '../figures.ts'
import { instants, jsonNumber, type Operation, Refusal } from '../operation.ts'

/** The workspace of all the simulated company's calls. */
const workspaceId = '623457276584334'

export const workspaces: Operation = {
  method: 'GET',
  path: '/workspaces',
  scope: 'api:workspaces:read',
  answer: (_question, { furtherWorkspaces }) => ({
    listKey: 'workspaces',
    paged: false,
    rows: [workspaceId, ...furtherWorkspaces.map(({ id }) => id)].map((id, nth) => ({
      id: jsonNumber(id),
      name: ['Sales'][nth] ?? `Team ${nth}`,
      description: '',
    })),
  }),
}

export const coaching: Operation = {
  method: 'GET',
  path: '/coaching',
  scope: 'api:coaching:read',
  answer({ query, nowMs }, world) {
    const missing = ['workspace-id', 'manager-id', 'from', 'to'].filter((name) => !query.get(name))
    if (missing.length > 0) throw new Refusal(400, `${missing.join(', ')}: must not be null`)
    const further = world.furtherWorkspaces.find(({ id }) => id === query.get('workspace-id'))
    if (further?.isClosed) throw new Refusal(403, 'You have no access to this workspace')
    if (!further && query.get('workspace-id') !== workspaceId) throw new Refusal(400, 'workspace-id: no such workspace')
    const { company } = world.book
    const manager = company.byId.get(query.get('manager-id') ?? '')
    if (!manager) throw new Refusal(400, 'manager-id: nobody has this id')
    const range = { ...instants(query.get('from'), query.get('to'), ['from', 'to']), nowMs }
    const named = (index: number) => {
      const person = company.people[index]
      return {
        id: jsonNumber(person?.id ?? '0'),
        emailAddress: person?.email,
        firstName: person?.firstName,
        lastName: person?.lastName,
        title: person?.title,
      }
    }
    const metrics = [...coachingOf(world.book, range, manager, world.added)].map(([index, row]) => ({
      report: named(index),
      metrics: {
        callsListenedTo: row.listened.map(jsonNumber),
        callsManagerAttended: row.attended.map(jsonNumber),
        callsWithFeedback: [...new Set([...row.commented, ...row.scored])].map(jsonNumber),
        callsManagerCommentedOn: row.commented.map(jsonNumber),
        callsWithScorecardFilled: row.scored.map(jsonNumber),
      },
    }))
    const rows = further || metrics.length === 0 ? [] : [{ manager: named(manager.index), directReportsMetrics: metrics }]
    return { listKey: 'coachingData', rows, paged: false }
  },
}
