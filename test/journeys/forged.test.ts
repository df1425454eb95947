// What a forged press can reach through the real app over signed HTTP: each control of `/gong-digest`, and modal submissions with foreign
// ids in inputs and state, pressed by people who may not see the digest's figures. Slack signs what a client sends, so values are claims.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { digestActions } from '../../src/reports/digest-desk.ts'
import { inputs } from '../../src/reports/editor/editor-state.ts'
import { type RunningDemo, startDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'

let demo: RunningDemo
/** Monday's team digest of the manager. */
let subscriptionId = ''
let managerGongId = ''
beforeAll(async () => {
  demo = await startDemo({
    host: '127.0.0.1',
    port: 0,
    people: 43,
    seed: 1,
    contract: 'documented',
    dataDir: 'memory://',
    today: new Date('2026-11-24T08:00:00Z'),
  })
  const { managerId, managerChannelId } = demo.workspace
  const posted = demo.slack.messages(managerChannelId, managerId).find(({ metadata }) => metadata)
  subscriptionId =
    /"action_id":"digest:edit[^"]*","value":"([0-9a-f-]{36})"|"value":"([0-9a-f-]{36})"/
      .exec(JSON.stringify(posted?.blocks))
      ?.slice(1)
      .find(Boolean) ?? ''
  managerGongId = demo.gong.personas.manager.id
}, 60_000)
afterAll(() => demo?.stop())

/** Sends the app an interaction as Slack would, signed. */
async function send(payload: object): Promise<string> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const timestamp = String(Math.floor(systemClock.now().getTime() / 1000))
  const signature = `v0=${createHmac('sha256', demo.slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const answer = await fetch(`http://127.0.0.1:${demo.app.port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    },
  })
  const said = await answer.text()
  await demo.app.idle()
  return said
}

const team = () => ({ id: demo.slack.workspace.teamId, domain: demo.slack.workspace.domain })

const press = (userId: string, actionId: string, value: string) =>
  send({
    type: 'block_actions',
    team: team(),
    user: { id: userId },
    trigger_id: 'forged',
    container: { type: 'message', message_ts: '1.1', channel_id: demo.slack.workspace.directMessageWith(userId).id, is_ephemeral: false },
    channel: { id: demo.slack.workspace.directMessageWith(userId).id, name: 'directmessage' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
  })

const submit = (userId: string, state: object, given: Readonly<Record<string, object>>, callbackId = 'digest-form') =>
  send({
    type: 'view_submission',
    team: team(),
    user: { id: userId },
    trigger_id: 'forged',
    view: {
      id: 'VFORGED',
      type: 'modal',
      callback_id: callbackId,
      private_metadata: JSON.stringify(state),
      state: { values: Object.fromEntries(Object.entries(given).map(([id, element]) => [id, { [id]: element }])) },
    },
  })

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
      const channel = demo.workspace.managerChannelId
      const before = JSON.stringify(demo.slack.messages(channel, demo.workspace.managerId))
      const managersName = demo.slack.workspace.users.get(demo.workspace.managerId)?.realName ?? 'nobody'
      for (const userId of strangers()) {
        for (const value of [subscriptionId, `${subscriptionId} again`, `team ${subscriptionId}`]) await press(userId, actionId, value)
        expect(readBy(userId)).not.toMatch(/\d+ %/)
        expect(readBy(userId)).not.toContain(managersName)
      }
      await demo.app.tick()
      await demo.app.idle()
      expect(JSON.stringify(demo.slack.messages(channel, demo.workspace.managerId))).toBe(before)
    },
    30_000,
  )
})

describe('the same press', () => {
  it('by the owner shows the figures: it is the right that is missing to the others, not the way', async () => {
    await press(demo.workspace.managerId, digestActions.preview, subscriptionId)
    expect(readBy(demo.workspace.managerId)).toMatch(/\d+ %/)
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
      for (const kind of ['team', 'manager', 'company', 'personal']) {
        for (const more of [{}, { subscriptionId }]) {
          await submit(userId, asks(userId, { kind, ...more }), {})
          await submit(userId, asks(userId, { kind: 'personal', ...more }), {
            [inputs.kind]: { type: 'static_select', selected_option: { value: kind } },
            [inputs.about]: { type: 'external_select', selected_option: { value: managerGongId } },
          })
        }
      }
      expect(readBy(userId)).not.toContain('Set up.')
      expect(readBy(userId)).not.toMatch(/\d+ %/)
    }
  }, 30_000)

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
          const state = rule(['team', 'manager', 'personal', 'reminder'], org, stage)
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
      expect(readBy(userId)).not.toMatch(/\d+ %/)
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
  }, 60_000)
})
