// A look that was written down ahead and came to nothing is no look: a file Slack does not take, a message that was sent before. In doubt it
// stays.
import { expect, it } from 'vitest'
import { csv } from '../../../src/bot/actions/csv.ts'
import { sendToMe } from '../../../src/bot/actions/send-to-me.ts'
import type { Outbox } from '../../../src/bot/command.ts'
import { coaching } from '../../../src/bot/commands/coaching.ts'
import { AskError, ChannelGone, PostInDoubt } from '../../../src/errors.ts'
import { asks, presses, type TestKit, testKit, viewers } from './company.ts'

const quiet = async () => undefined
const seenBy = ({ views }: TestKit) => views.map(({ personIds, detail }) => `${personIds.join()} ${detail}`)

/** A company whose Slack takes nothing, by that failure. */
function failing(failure: Error) {
  const kit = testKit()
  const fail = async () => {
    throw failure
  }
  const outbox: Outbox = { ...kit.services.outbox, postOnce: fail, sendFile: fail }
  return { kit, services: { ...kit.services, outbox } }
}

const ofAna = '/gong-stats gong:3'
const file = presses(viewers.manager, 'csv', ofAna)
const message = presses(viewers.manager, 'send-to-me', ofAna, { messageTs: '1.1' })

it('a file that Slack takes not for want of a scope is no look, however often it is pressed', async () => {
  const kit = testKit({ noFiles: true })
  for (let times = 0; times < 3; times += 1) await expect(csv.handle(file, kit.services, quiet)).rejects.toThrow('files:write')
  expect(seenBy(kit)).toEqual([])
})

it('neither is a file or message that Slack refuses', async () => {
  const { kit, services } = failing(new AskError('Files are switched off in this workspace.'))
  await expect(csv.handle(file, services, quiet)).rejects.toThrow('switched off')
  await expect(sendToMe.handle(message, services, quiet)).rejects.toThrow('switched off')
  expect(seenBy(kit)).toEqual([])
})

it('what may have arrived is one', async () => {
  const { kit, services } = failing(new PostInDoubt())
  await expect(csv.handle(file, services, quiet)).rejects.toThrow('may have arrived')
  await expect(sendToMe.handle(message, services, quiet)).rejects.toThrow('may have arrived')
  expect(seenBy(kit)).toEqual(['3 /gong-stats csv', '3 /gong-stats'])
})

it('and so is a message that is read in the answer, where the bot may write to nobody', async () => {
  const { kit, services } = failing(new ChannelGone({ slackError: 'channel_not_found', channelId: 'C1' }))
  await sendToMe.handle(message, services, quiet)
  expect(seenBy(kit)).toEqual(['3 /gong-stats'])
})

it('a message that was sent before is looked at once', async () => {
  const kit = testKit()
  for (let times = 0; times < 3; times += 1) await sendToMe.handle(message, kit.services, quiet)
  expect([kit.posts.length, seenBy(kit)]).toEqual([1, ['3 /gong-stats']])
  const sheet = asks(viewers.manager, '@Ana', { triggerId: 't7' })
  const before = seenBy(kit).length
  for (let times = 0; times < 2; times += 1) await coaching.answer(sheet, kit.services, quiet)
  expect([kit.posts.length, seenBy(kit).length]).toEqual([2, before + 1])
})
