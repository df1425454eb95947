// What a forged press can reach through the real app over signed HTTP: each control of `/gong-digest`, and modal submissions with foreign
// ids in inputs and state, pressed by people who may not see the digest's figures. Slack signs what a client sends, so values are claims.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inputs } from '../../src/bot/editor/editor-state.ts'
import { digestActions } from '../../src/reports/digest-actions.ts'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
/** Monday's team digest of the manager. */
let subscriptionId = ''
let managerGongId = ''
beforeAll(async () => {
  world = await startWorld({ people: 22 })
  demo = world.demo
  const { managerId, managerChannelId } = demo.workspace
  const posted = demo.slack.messages(managerChannelId, managerId).find(({ metadata }) => metadata)
  subscriptionId =
    /"action_id":"digest:edit[^"]*","value":"([0-9a-f-]{36})"|"value":"([0-9a-f-]{36})"/
      .exec(JSON.stringify(posted?.blocks))
      ?.slice(1)
      .find(Boolean) ?? ''
  managerGongId = demo.gong.personas.manager.id
})
afterAll(() => demo?.stop())

const press = (userId: string, actionId: string, value: string) => world.forgedPress(userId, actionId, value)

const submit = (userId: string, state: object, given: Readonly<Record<string, object>>, callbackId = 'digest-form') =>
  world.forgedSubmit(userId, callbackId, given, state)

/** Somebody without a right to the manager's team by name or at all: a rep of another team, a guest, an outsider. */
const strangers = (): string[] => {
  const { personas, company } = demo.gong
  const elsewhere = company.people.find(
    ({ active, managerIndex, index }) =>
      active &&
      managerIndex !== undefined &&
      managerIndex !== personas.manager.index &&
      !company.people.some((other) => other.managerIndex === index),
  )
  const roleOf = (role: string) => demo.workspace.personas.find((persona) => persona.role === role)?.userId ?? ''
  return [...(elsewhere ? [slackIdOf(elsewhere)] : []), roleOf('Guest'), roleOf('Outsider')]
}

/** Everything this person can read that the app wrote, as one text. */
const readBy = (userId: string): string => JSON.stringify([demo.slack.directMessages(userId), demo.slack.modal(userId) ?? null])

describe('a forged control of /gong-digest', () => {
  it.each(Object.entries(digestActions).filter(([name]) => name !== 'create'))(
    '%s: reaches no figure, no name and changes nothing',
    async (_name, actionId) => {
      expect(subscriptionId).toMatch(/^[0-9a-f-]{36}$/)
      expect(strangers()).toHaveLength(3)
      const channel = demo.workspace.managerChannelId
      const before = JSON.stringify(demo.slack.messages(channel, demo.workspace.managerId))
      const managersName = demo.slack.workspace.users.get(demo.workspace.managerId)?.realName ?? 'nobody'
      for (const userId of strangers()) {
        for (const value of [subscriptionId, `${subscriptionId} again`, `team ${subscriptionId}`]) await press(userId, actionId, value)
        expect(readBy(userId)).not.toMatch(/\d+\s%/)
        expect(readBy(userId)).not.toContain(managersName)
      }
      await demo.app.tick()
      await demo.app.idle()
      expect(JSON.stringify(demo.slack.messages(channel, demo.workspace.managerId))).toBe(before)
    },
  )
})

describe('the same press', () => {
  it('by the owner shows the figures: it is the right that is missing to the others, not the way', async () => {
    await press(demo.workspace.managerId, digestActions.preview, subscriptionId)
    expect(readBy(demo.workspace.managerId)).toMatch(/\d+\s%/)
  })
})

describe('a forged submission of the schedule editor', () => {
  const asks = (userId: string, more: object) => ({
    kind: 'team',
    subjectId: managerGongId,
    where: 'me',
    weekdays: [1],
    time: '09:00',
    zone: 'Europe/Berlin',
    whenEmpty: 'say',
    skipDates: '',
    showNames: true,
    listedFor: demo.slack.workspace.directMessageWith(userId).id,
    ...more,
  })

  it('sets up no digest about people its sender may not see, by state or by input, new or over one of somebody else', async () => {
    for (const userId of strangers()) {
      for (const kind of ['team', 'manager', 'org', 'company', 'personal']) {
        for (const more of [{}, { subscriptionId }]) {
          await submit(userId, asks(userId, { kind, ...more }), {})
          await submit(userId, asks(userId, { kind: 'personal', ...more }), {
            [inputs.kind]: { type: 'static_select', selected_option: { value: kind } },
            [inputs.about]: { type: 'external_select', selected_option: { value: managerGongId } },
          })
        }
      }
      expect(readBy(userId)).not.toContain('Set up.')
      expect(readBy(userId)).not.toMatch(/\d+\s%/)
    }
  })

  it('with a state of no shape at all is answered, and the app goes on', async () => {
    const [userId = ''] = strangers()
    for (const state of [
      null,
      [],
      7,
      { kind: 1, where: {}, weekdays: 'x', zone: 7 },
      { kind: 'team', where: 'me', weekdays: [9], zone: 'Mars' },
    ]) {
      await submit(userId, state as object, {})
    }
    await demo.slack.type(demo.workspace.managerId, demo.slack.workspace.directMessageWith(demo.workspace.managerId).id, '/gong-digest')
    await demo.app.idle()
    expect(demo.slack.directMessages(demo.workspace.managerId).at(-1)?.text).toMatch(/^You receive .* and send 1 digest/)
  })
})

describe('a forged programme', () => {
  const rule = (kinds: readonly string[], org: string, stage: string, more: object = {}) => ({
    kinds,
    org,
    weekdays: [1],
    time: '09:00',
    zone: 'Europe/Berlin',
    whenEmpty: 'say',
    stage,
    pilotTeams: stage === 'pilot' ? [managerGongId] : [],
    ...more,
  })

  it('is set up for nobody by those who may not see the people it is for, whatever its kind and stage', async () => {
    const managersName = demo.slack.workspace.users.get(demo.workspace.managerId)?.realName ?? 'nobody'
    for (const userId of strangers()) {
      for (const org of ['company', managerGongId, 'nobody']) {
        for (const stage of ['preview', 'pilot', 'everyone']) {
          const state = rule(['team', 'manager', 'org', 'personal', 'reminder'], org, stage)
          const said = await submit(userId, state, {}, 'programme-form')
          expect(said).not.toContain(managersName)
          await submit(
            userId,
            rule([], 'company', 'preview', { programmeId: subscriptionId }),
            {
              'programme-form:kinds': { type: 'checkboxes', selected_options: state.kinds.map((value) => ({ value })) },
              'programme-form:org': { type: 'external_select', selected_option: { value: org } },
              'programme-form:stage': { type: 'radio_buttons', selected_option: { value: stage } },
            },
            'programme-form',
          )
        }
      }
      expect(readBy(userId)).not.toMatch(/\d+\s%/)
      expect(readBy(userId)).not.toContain('Saved')
      expect(readBy(userId)).not.toContain(managersName)
    }
    const admin = demo.workspace.personas.find(({ role }) => role === 'Admin')?.userId ?? ''
    const conversation = demo.slack.workspace.directMessageWith(admin).id
    await demo.slack.type(admin, conversation, '/gong-digest programmes')
    await demo.app.idle()
    expect(demo.slack.directMessages(admin).at(-1)?.text ?? JSON.stringify(demo.slack.messages(conversation, admin).at(-1))).toMatch(
      /no programme/i,
    )
  })
})

describe('a channel shared with another company', () => {
  const shared = 'C0PARTNER'
  const adminId = () => demo.workspace.personas.find(({ role }) => role === 'Admin')?.userId ?? ''
  const into = (kind: string, channelId: string, more: object = {}) => ({
    kind,
    ...(kind !== 'company' && { subjectId: managerGongId }),
    where: 'channel',
    channelId,
    weekdays: [1],
    time: '09:00',
    zone: 'Europe/Berlin',
    whenEmpty: 'say',
    skipDates: '',
    showNames: false,
    listedFor: channelId,
    ...more,
  })
  const sentInto = (channelId: string) => demo.slack.messages(channelId, demo.workspace.managerId).filter(({ metadata }) => metadata).length
  const listOf = async (userId: string) => JSON.stringify((await world.type(userId, '/gong-digest list')).at(-1)?.blocks)

  it('gets no digest by any form, new or over one that exists, from its owner or from an admin', async () => {
    for (const userId of [demo.workspace.managerId, adminId()]) {
      // Digests about people become direct messages to their sender, whatever the form says.
      for (const kind of ['personal', 'manager']) await submit(userId, into(kind, shared), {})
      for (const kind of ['team', 'company']) {
        for (const more of [{}, { showNames: true }, { subscriptionId }, { subscriptionId, showNames: true }]) {
          // A form that is closed by an empty answer was saved.
          expect(await submit(userId, into(kind, shared, more), {})).toMatch(/"response_action":"(errors|update)"/)
          await submit(userId, into(kind, demo.workspace.managerChannelId, more), {
            [inputs.channel]: { type: 'conversations_select', selected_conversation: shared },
          })
        }
      }
      expect(await listOf(userId)).not.toContain(shared)
    }
    await demo.app.tick()
    await demo.app.idle()
    expect(sentInto(shared)).toBe(0)
  })

  it('that was the own one until today gets none either, whoever presses what', async () => {
    const channel = demo.workspace.managerChannelId
    const before = sentInto(channel)
    await demo.slack.share(channel)
    for (const userId of [demo.workspace.managerId, adminId()]) {
      for (const action of [digestActions.send, digestActions.resume, digestActions.post]) {
        await press(userId, action, `${subscriptionId} forged-${userId}`)
        await press(userId, action, subscriptionId)
      }
      expect(readOf(userId)).toContain('That channel is shared with another company')
    }
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9))
    expect(sentInto(channel)).toBe(before)
    expect(readOf(demo.workspace.managerId)).toContain('Figures never go there, and nobody can allow it')

    // The held one again, by the button its owner was given and by an admin who knows it.
    const held = demo.slack.directMessages(demo.workspace.managerId).find((message) => textOf(message).includes('was not posted'))
    const [, deliveryId = ''] = /"action_id":"digest:post","value":"([0-9a-f-]{36})"/.exec(textOf(held)) ?? []
    expect(deliveryId).not.toBe('')
    for (const userId of [demo.workspace.managerId, adminId()]) await press(userId, digestActions.post, deliveryId)
    expect(sentInto(channel)).toBe(before)
  })

  const readOf = (userId: string): string => JSON.stringify(demo.slack.directMessages(userId))
})

describe('a user group typed in place of a team', () => {
  it('names the team to its manager, names nobody to a rep of another team, and says nothing to a guest', async () => {
    const { managerId, userGroups } = demo.workspace
    const [group] = userGroups
    const names = world.reportsOf(demo.gong.personas.manager).map(({ firstName, lastName }) => `${firstName} ${lastName}`)
    const asked = async (userId: string) => JSON.stringify(await world.type(userId, `/gong-stats @${group?.handle} details`))
    const toManager = await asked(managerId)
    expect(names.filter((name) => toManager.includes(name)).length).toBeGreaterThan(0)
    const { manager } = demo.gong.personas
    const other = demo.gong.company.people.find(
      (person) =>
        person.active && person.managerIndex !== undefined && person.managerIndex !== manager.index && world.reportsOf(person).length === 0,
    )
    if (!other) throw new Error('there is one team only')
    for (const userId of [slackIdOf(other), 'U0GUEST']) {
      const answer = await asked(userId)
      expect(names.filter((name) => answer.includes(name))).toEqual([])
    }
  })
})
