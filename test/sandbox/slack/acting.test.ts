// People act in the simulated workspace and real Bolt hears it: signed commands, presses, submissions, events; answers by response_url.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { boltBehind, smallWorkspace } from './small-workspace.ts'

let slack: SimulatedSlack
let behind: Awaited<ReturnType<typeof boltBehind>>
beforeEach(async () => {
  slack = await smallWorkspace()
  behind = await boltBehind(slack)
})
afterEach(async () => {
  await behind.stop()
  await slack.stop()
})

const button = {
  type: 'actions',
  block_id: 'row',
  elements: [{ type: 'button', action_id: 'go', value: '7', text: { type: 'plain_text', text: 'Go' } }],
}
const modal = (blocks: unknown[]) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'Form' },
  submit: { type: 'plain_text' as const, text: 'Save' },
  blocks: blocks as never,
})
const nameInput = {
  type: 'input',
  block_id: 'name',
  label: { type: 'plain_text', text: 'Name' },
  element: { type: 'plain_text_input', action_id: 'name' },
}

describe('a typed command', () => {
  it('reaches the app signed, with mentions as ids, and its private answer is seen by the asker alone', async () => {
    behind.app.command('/ask', async ({ command, ack, respond }) => {
      await ack()
      await respond({ text: `heard ${command.text}`, response_type: 'ephemeral' })
    })
    await slack.type('U1', 'C1', '/ask about @Ben Ortiz in #general & more')
    const answer = await slack.until(() => slack.messages('C1', 'U1').find(({ ephemeralTo }) => ephemeralTo === 'U1'))
    expect(answer.text).toBe('heard about <@U2|ben.ortiz> in <#C2|general> &amp; more')
    expect(slack.messages('C1', 'U2')).toEqual([])
  })

  it('with a wrong signature is refused, and the typist reads that it failed', async () => {
    await behind.stop()
    behind = await boltBehind(slack, 'another secret')
    const delivery = await slack.type('U1', 'C1', '/ask')
    expect(delivery).toEqual({ type: 'failed', error: 'dispatch_failed' })
    expect(slack.messages('C1', 'U1').at(-1)?.text).toContain('failed with the error "dispatch_failed"')
  })

  it('is refused where the typist is not, in archived channels, and when no manifest declares it', async () => {
    await expect(slack.type('U1', 'C4', '/ask')).rejects.toThrow('not in that conversation')
    await expect(slack.type('U1', 'C3', '/ask')).rejects.toThrow('archived')
    await expect(slack.type('U1', 'C1', '/other')).rejects.toThrow('/other is not a valid command')
  })
})

describe('a press', () => {
  it('carries action, value and message, and replace_original changes the private answer in place', async () => {
    behind.app.command('/ask', async ({ ack, respond }) => {
      await ack()
      await respond({ text: 'press', blocks: [button] as never })
    })
    behind.app.action('go', async ({ ack, action, respond }) => {
      await ack()
      await respond({ text: `pressed ${'value' in action ? action.value : ''}`, replace_original: true })
    })
    await slack.type('U1', 'C1', '/ask')
    const answer = await slack.until(() => slack.messages('C1', 'U1').at(-1))
    await expect(slack.press('U2', answer, 'go')).rejects.toThrow('cannot see')
    await slack.press('U1', answer, 'Go')
    await slack.until(() => slack.messages('C1', 'U1').at(-1)?.text === 'pressed 7')
    expect(slack.messages('C1', 'U1')).toHaveLength(1)
  })

  it('in a message all can see makes replace_original change it for all', async () => {
    behind.app.action('go', async ({ ack, respond }) => {
      await ack()
      await respond({ text: 'changed', replace_original: true })
    })
    await behind.app.client.chat.postMessage({ token: slack.botToken, channel: 'C1', text: 'public', blocks: [button] as never })
    const posted = slack.messages('C1', 'U1').at(-1)
    if (!posted) throw new Error('nothing posted')
    await slack.press('U1', posted, 'go')
    await slack.until(() => slack.messages('C1', 'U2').at(-1)?.text === 'changed')
  })
})

describe('a modal', () => {
  it('opens by trigger once, refuses an empty required input by itself, shows errors of the app, and closes', async () => {
    const seen: unknown[] = []
    behind.app.command('/ask', async ({ ack, command, client }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: modal([nameInput]) })
      await client.views.open({ trigger_id: command.trigger_id, view: modal([nameInput]) }).catch(() => undefined)
    })
    behind.app.view('form', async ({ ack, view }) => {
      const name = view.state.values.name?.name?.value
      if (name === 'bad') await ack({ response_action: 'errors', errors: { name: 'Not that one' } })
      else {
        seen.push(name)
        await ack()
      }
    })
    await slack.type('U1', 'C1', '/ask')
    await slack.until(() => slack.requestLog.all().some(({ error }) => error === 'exchanged_trigger_id'))
    await slack.submit('U1')
    expect(slack.modal('U1')?.errors).toEqual({ name: 'Please complete this required field.' })
    await slack.submit('U1', { Name: 'bad' })
    expect(slack.modal('U1')?.errors).toEqual({ name: 'Not that one' })
    await slack.submit('U1', { name: 'Ana' })
    expect(slack.modal('U1')).toBeUndefined()
    expect(seen).toEqual(['Ana'])
  })
})

describe('events', () => {
  it('reach the app only when its manifest subscribes, and Home is drawn for the one who opened it', async () => {
    behind.app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Welcome' } }] },
      })
    })
    await slack.openHome('U1')
    await slack.until(() => slack.home('U1'))
    expect(slack.home('U2')).toBeUndefined()
    await slack.rename('C1', 'sales-emea')
    await slack.join('U3', 'C1')
    expect(slack.requestLog.count('event channel_rename')).toBe(0)
    expect(slack.requestLog.count('event member_joined_channel')).toBe(1)
  })
})
