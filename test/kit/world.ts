// The real app between the simulators, as journeys drive it: people type and press, and payloads can be forged as far as Slack's signature
// allows. Nothing here knows a report.
import { createHmac } from 'node:crypto'
import { systemClock } from '../../src/clock.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import type { RunningDemo, StartDemoOptions } from '../../src/sandbox/start-demo.ts'
import { startPreparedDemo } from './prepared-demo.ts'

export interface World {
  readonly demo: RunningDemo
  /** Types into the own conversation with the app; resolves with what came of it. */
  type(userId: string, text: string): Promise<readonly SimulatedMessage[]>
  press(
    userId: string,
    message: SimulatedMessage | undefined,
    control: Parameters<RunningDemo['slack']['press']>[2],
    value?: string,
  ): Promise<void>
  /** A press of a control that may never have been shown to this person, signed as Slack signs. */
  forgedPress(userId: string, actionId: string, value: string): Promise<string>
  /** `state`: what the modal carries unseen. */
  forgedSubmit(userId: string, callbackId: string, given: Readonly<Record<string, object>>, state?: object): Promise<string>
  /** What the app sent by itself: digests and reminders carry metadata. */
  sentTo(userId: string): readonly SimulatedMessage[]
  /** Everything this person can read that the app wrote: messages, modal and Home. */
  readBy(userId: string): Promise<string>
  reportsOf(manager: SimulatedPerson): readonly SimulatedPerson[]
}

/**
 * A company of 43 on Tuesday, 24 November 2026, 09:40 in Berlin, on Postgres. Stop it by `demo.stop()`. Where only its size, day or contract
 * is changed it begins from a demo prepared once in a run.
 */
export async function startWorld(change: Partial<StartDemoOptions> = {}): Promise<World> {
  const demo = await startPreparedDemo(change)
  const { slack, app } = demo
  const conversation = (userId: string) => slack.workspace.directMessageWith(userId).id
  const team = () => ({ id: slack.workspace.teamId, domain: slack.workspace.domain })

  /** As Slack would, signed. What the app says at once. */
  async function send(payload: object): Promise<string> {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    const timestamp = String(Math.floor(systemClock.now().getTime() / 1000))
    const signature = `v0=${createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
    const answer = await fetch(`http://127.0.0.1:${app.port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
      },
    })
    const said = await answer.text()
    await app.idle()
    return said
  }

  return {
    demo,
    async type(userId, text) {
      const before = slack.messages(conversation(userId), userId).length
      await slack.type(userId, conversation(userId), text)
      await app.idle()
      return slack.messages(conversation(userId), userId).slice(before)
    },
    async press(userId, message, control, value) {
      if (!message) throw new Error('there is no such message')
      await slack.press(userId, message, control, value)
      await app.idle()
    },
    forgedPress: (userId, actionId, value) =>
      send({
        type: 'block_actions',
        team: team(),
        user: { id: userId },
        trigger_id: 'forged',
        container: { type: 'message', message_ts: '1.1', channel_id: conversation(userId), is_ephemeral: false },
        channel: { id: conversation(userId), name: 'directmessage' },
        actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
      }),
    forgedSubmit: (userId, callbackId, given, state) =>
      send({
        type: 'view_submission',
        team: team(),
        user: { id: userId },
        trigger_id: 'forged',
        view: {
          id: 'VFORGED',
          type: 'modal',
          callback_id: callbackId,
          private_metadata: state === undefined ? '' : JSON.stringify(state),
          state: { values: Object.fromEntries(Object.entries(given).map(([id, element]) => [id, { [id]: element }])) },
        },
      }),
    sentTo: (userId) => slack.directMessages(userId).filter(({ metadata, threadTs, ephemeralTo }) => metadata && !threadTs && !ephemeralTo),
    async readBy(userId) {
      await slack.openHome(userId)
      await app.idle()
      return JSON.stringify([slack.directMessages(userId), slack.modal(userId) ?? null, slack.home(userId) ?? null]).replaceAll(
        '\u00a0',
        ' ',
      )
    },
    reportsOf: ({ index }) => demo.gong.company.people.filter(({ managerIndex, active }) => active && managerIndex === index),
  }
}

/** Blocks as one text, with plain spaces. */
export const textOf = (message: Pick<SimulatedMessage, 'blocks'> | undefined): string =>
  JSON.stringify(message?.blocks ?? [])
    .replaceAll('\u202f', ' ')
    .replaceAll('\u00a0', ' ')
