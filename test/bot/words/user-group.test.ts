// A Slack user group in place of a team. Zoe leads Maria and Max; Maria leads Ana and Ben, Max leads Kai; Leo reports to nobody.
import { describe, expect, it } from 'vitest'
import { subjectOfUserGroup, type UserGroupReading, userGroupIn } from '../../../src/bot/words/user-group.ts'
import type { Person } from '../../../src/domain/person.ts'
import { orgChart } from '../../../src/domain/team.ts'

const person = (id: string, managerId?: string, active = true): Person => ({
  id,
  name: id,
  emails: [],
  active,
  ...(managerId !== undefined && { managerId }),
})
const chart = orgChart([
  person('zoe'),
  person('maria', 'zoe'),
  person('max', 'zoe'),
  person('ana', 'maria'),
  person('ben', 'maria'),
  person('kai', 'max'),
  person('leo'),
  person('gone', 'max', false),
])

const group = { id: 'S1', shown: '@emea' }
const subject = (reading: UserGroupReading) =>
  subjectOfUserGroup(
    group,
    // Slack ids are the Gong ids in capitals; guests and bots have none.
    {
      chart,
      personOfSlackUser: async (id) => (chart.people.has(id.toLowerCase()) ? id.toLowerCase() : undefined),
      membersOfUserGroup: async () => reading,
    },
    [],
  )
const of = (...slackUserIds: string[]) => subject({ type: 'members', slackUserIds })

describe('a user group', () => {
  it('is read from what Slack makes of it', () => {
    expect(userGroupIn('<!subteam^S1|@emea>')).toEqual({ id: 'S1', shown: '@emea' })
    expect(userGroupIn('<!subteam^S1>')).toEqual({ id: 'S1', shown: '@S1' })
    expect(userGroupIn('<!channel>')).toBeUndefined()
    expect(userGroupIn('<@U1|emea>')).toBeUndefined()
  })

  it('is the team its people report to, with or without their manager in it', async () => {
    expect(await of('ANA', 'BEN')).toEqual({ type: 'team', managerId: 'maria' })
    expect(await of('ANA', 'MARIA', 'BEN')).toEqual({ type: 'team', managerId: 'maria' })
    expect(await of('MARIA', 'ANA')).toEqual({ type: 'team', managerId: 'maria' })
  })

  it('is the org of the nearest manager over people of several teams', async () => {
    expect(await of('ANA', 'KAI')).toEqual({ type: 'org', managerId: 'zoe' })
    expect(await of('ANA', 'MARIA', 'MAX')).toEqual({ type: 'org', managerId: 'zoe' })
  })

  it('of one person in Gong is that person; guests and leavers do not count', async () => {
    expect(await of('ANA', 'GUEST', 'GONE')).toEqual({ type: 'person', personId: 'ana' })
  })

  it.each<[string, UserGroupReading, string]>([
    ['nobody is in Gong', { type: 'members', slackUserIds: ['GUEST'] }, 'I found nobody of @emea in Gong.'],
    ['nobody leads them all', { type: 'members', slackUserIds: ['ANA', 'LEO'] }, 'have no manager in common in Gong'],
    ['it is half the company', { type: 'members', slackUserIds: Array.from({ length: 2001 }, () => 'ANA') }, 'has more than 2000 people'],
    ['the scope was not granted', { type: 'not-allowed' }, 'I lack the scope usergroups:read'],
    ['Slack does not say', { type: 'unknown' }, 'Slack does not say who is in @emea.'],
  ])('is refused with what to type instead when %s', async (_when, reading, words) => {
    await expect(subject(reading)).rejects.toThrow(words)
    await expect(subject(reading)).rejects.toThrow("Type @manager's team instead.")
  })
})
