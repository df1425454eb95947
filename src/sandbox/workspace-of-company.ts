// The Slack workspace of the simulated company: everybody of Gong with a zone of their team's region, an agency guest, somebody of a
// partner, and a channel per team beside a company, a shared, an archived and a guests' channel.
import type { Company, SimulatedPerson } from './gong/company.ts'
import type { Persona } from './page/stage.ts'
import { botUserId } from './slack/simulated-slack.ts'
import type { SimulatedChannel, SimulatedUser, SimulatedUserGroup } from './slack/workspace.ts'

export interface CompanyWorkspace {
  readonly users: readonly SimulatedUser[]
  readonly channels: readonly SimulatedChannel[]
  /** One: the manager's reports. */
  readonly userGroups: readonly SimulatedUserGroup[]
  /** The manager first: the page opens as that one. */
  readonly personas: readonly Persona[]
  readonly managerId: string
  readonly managerChannelId: string
  readonly adminEmail: string
}

const guestId = 'U0GUEST'
const outsiderId = 'U0OUTSIDER'
const adminId = 'U0ADMIN'

export const slackIdOf = (person: SimulatedPerson): string => `U${person.id.slice(0, 9)}${person.index}`

const zones: readonly (readonly [RegExp, readonly string[]])[] = [
  [/EMEA|UK|DACH|Nordic|Europe/i, ['Europe/Berlin', 'Europe/London', 'Europe/Madrid']],
  [/APAC|Asia|ANZ/i, ['Asia/Singapore', 'Australia/Sydney']],
  [/./, ['America/New_York', 'America/Chicago', 'America/Los_Angeles']],
]

function zoneOf(person: SimulatedPerson): string {
  const [, there = ['Europe/Berlin']] = zones.find(([region]) => region.test(person.team ?? 'EMEA')) ?? []
  // A manager is in the first zone of the team, the reports spread over all of them.
  return there[person.title.startsWith('Manager') ? 0 : person.index % there.length] ?? 'Europe/Berlin'
}

export function workspaceOfCompany(company: Company): CompanyWorkspace {
  const { people, personas } = company
  const handles = new Set<string>()
  const handleOf = (person: SimulatedPerson): string => {
    const plain = person.email.split('@')[0] ?? `person${person.index}`
    const handle = handles.has(plain) ? `${plain}${person.index}` : plain
    handles.add(handle)
    return handle
  }
  const members = people.map(
    (person): SimulatedUser => ({
      id: slackIdOf(person),
      name: handleOf(person),
      realName: `${person.firstName} ${person.lastName}`,
      // Slack still has the short address somebody was given years ago: an admin links them.
      email: company.unmatched.includes(person.index) ? person.email.replace(/^(.)[^.]*/, '$1') : person.email,
      title: person.title,
      zone: zoneOf(person),
      locale: 'en-GB',
      deleted: !person.active,
      ...(person === personas.onLeave && { statusEmoji: ':palm_tree:', statusText: 'Away' }),
    }),
  )
  const domain = personas.manager.email.split('@')[1] ?? 'northwind.example'
  const others: SimulatedUser[] = [
    {
      id: adminId,
      name: 'robin.reyes',
      realName: 'Robin Reyes',
      email: `robin.reyes@${domain}`,
      title: 'Revenue Operations',
      zone: 'Europe/London',
      locale: 'en-GB',
      isAdmin: true,
    },
    {
      id: guestId,
      name: 'gil.agency',
      realName: 'Gil Moreau',
      email: 'gil@bright-agency.example',
      title: 'Agency',
      zone: 'Europe/Paris',
      isGuest: true,
    },
    { id: outsiderId, name: 'olga.partner', realName: 'Olga Petrova', title: 'Partner manager', zone: 'America/New_York', isOutside: true },
  ]
  const active = people.filter((person) => person.active)
  const teams = [...new Set(active.map(({ team }) => team).filter((team) => team !== undefined))]
  const managerId = slackIdOf(personas.manager)
  const everybody = [...active.map(slackIdOf), adminId]
  const channels: SimulatedChannel[] = teams.map((team, index) => ({
    id: `C0TEAM${index}`,
    name: channelNameOf(team),
    topic: `${team}: calls, wins and the Monday digest`,
    memberIds: [...active.filter((person) => person.team === team).map(slackIdOf), slackIdOf(personas.salesLeader), botUserId],
  }))
  const managerTeam = channels.find(({ name }) => name === channelNameOf(personas.manager.team ?? '')) ?? channels[0]
  if (!managerTeam) throw new Error('the company has no team')
  const reports = active.filter(({ managerIndex }) => managerIndex === personas.manager.index).map(slackIdOf)
  channels.push(
    { id: 'C0SALES', name: 'sales', topic: 'Everybody who sells', memberIds: [...everybody, botUserId] },
    {
      id: 'C0LEADS',
      name: `${managerTeam.name}-private`,
      topic: 'The team and its manager, nobody else',
      isPrivate: true,
      memberIds: [managerId, ...reports, botUserId],
    },
    {
      id: 'C0PARTNER',
      name: 'partner-lighthouse',
      topic: 'Shared with Lighthouse Consulting',
      isExtShared: true,
      memberIds: [managerId, slackIdOf(personas.salesLeader), ...reports.slice(0, 2), outsiderId, botUserId],
    },
    { id: 'C0EVENTS', name: 'trade-fair', topic: 'With the agency', memberIds: [managerId, slackIdOf(personas.rep), guestId, botUserId] },
    { id: 'C0OLD', name: 'emea-2024', topic: 'Closed', isArchived: true, memberIds: [managerId, ...reports, botUserId] },
  )
  return {
    users: [...members, ...others],
    channels,
    userGroups: [{ id: 'S0REPS', handle: `${managerTeam.name}-reps`, memberIds: reports }],
    personas: [
      { userId: managerId, role: 'Manager' },
      { userId: slackIdOf(personas.rep), role: 'Rep' },
      { userId: slackIdOf(personas.salesLeader), role: 'Sales leader' },
      { userId: adminId, role: 'Admin' },
      { userId: guestId, role: 'Guest' },
      { userId: outsiderId, role: 'Outsider' },
    ],
    managerId,
    managerChannelId: managerTeam.id,
    adminEmail: `robin.reyes@${domain}`,
  }
}

const channelNameOf = (team: string): string => team.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
