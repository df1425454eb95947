// `/gong-digest` typed and pressed: which digest is meant, what is asked first, what is done.

import { describe, expect, it } from 'vitest'
import { digestButtons } from '../../../src/bot/actions/digest.ts'
import { digest } from '../../../src/bot/commands/digest.ts'
import { AskError } from '../../../src/errors.ts'
import type { Message } from '../../../src/render/message.ts'
import { digestActions } from '../../../src/reports/digest-actions.ts'
import { admin, ask, entry, kitWith, manager, press, subscription } from './editor-fakes.ts'

const quiet = async () => undefined
const other = '22222222-2222-4222-8222-222222222222'
const textOf = (message: Message): string => message.parts.flatMap((part) => ('line' in part ? [part.line.plain] : [])).join('\n')
const controls = (message: Message) =>
  message.parts.flatMap((part) => (part.type === 'buttons' || part.type === 'item' ? part.controls : []))

describe('/gong-digest', () => {
  it('bare, says what one receives and sends', async () => {
    const { services } = kitWith({})
    const message = await digest.answer(ask('', manager), services, quiet)
    expect(message.summary).toMatch(/^You receive no digests and send 1 digest\./)
    expect(textOf(message)).toContain("1. Team digest of Priya Nair's team → C1 · every Mon 09:00, Europe/Berlin")
  })

  it('with one digest, needs no name; with two, asks which', async () => {
    const one = kitWith({})
    await digest.answer(ask('pause', manager), one.services, quiet)
    expect(one.calls).toEqual([['pause', subscription.id, undefined]])
    const two = kitWith({ entries: [entry(), entry({ id: other })] })
    await expect(digest.answer(ask('pause', manager), two.services, quiet)).rejects.toSatisfy(
      (error) =>
        error instanceof AskError && error.suggestions.map(({ text }) => text).join() === `pause ${subscription.id},pause ${other}`,
    )
    // What else was typed is kept by the buttons, and they tell two of one name apart as the list does.
    await expect(digest.answer(ask('pause until 2026-12-31', manager), two.services, quiet)).rejects.toSatisfy(
      (error) =>
        error instanceof AskError &&
        error.suggestions.map(({ text }) => text).join() === `pause ${subscription.id} until 2026-12-31,pause ${other} until 2026-12-31` &&
        error.suggestions[1]?.label === "2. Team digest of Priya Nair's team → #emea, Mon 09:00",
    )
    await digest.answer(ask('pause 2', manager), two.services, quiet)
    expect(two.calls).toEqual([['pause', other, undefined]])
  })

  it('pauses until a day, and refuses one that is past', async () => {
    const { services, calls } = kitWith({})
    await digest.answer(ask('pause until 2026-12-31', manager), services, quiet)
    expect(calls).toEqual([['pause', subscription.id, '2026-12-31']])
    await expect(digest.answer(ask('pause until 2026-11-01', manager), services, quiet)).rejects.toThrow(AskError)
  })

  it('sends only after channel and head count were confirmed, and once however often it is pressed', async () => {
    const { services, calls } = kitWith({})
    const message = await digest.answer(ask('send now', manager), services, quiet)
    expect(message.summary).toContain('14 people read it')
    expect(calls.some(([name]) => name === 'sendNow')).toBe(false)
    const [button] = controls(message)
    if (button?.type !== 'button' || button.value === undefined) throw new Error('no button to confirm with')
    for (const triggerId of ['press-1', 'press-2']) {
      await digestButtons.handle(press(digestActions.send, manager, { value: button.value, triggerId, from: 'message' }), services, quiet)
    }
    const sent = calls.filter(([name]) => name === 'sendNow')
    expect(sent).toEqual([
      ['sendNow', subscription.id, 'trigger-1'],
      ['sendNow', subscription.id, 'trigger-1'],
    ])
  })

  it('says what stands in the way of a send, with a button to try again', async () => {
    const { services } = kitWith({ verdict: { ok: false, field: 'where', why: 'That channel is archived. Choose another one.' } })
    await expect(digest.answer(ask('send', manager), services, quiet)).rejects.toThrow('That channel is archived. Choose another one.')
  })

  it('previews what the asker may see once the week was fetched: an admin until then is nobody special any more', async () => {
    const seen: boolean[] = []
    const acts = {
      async preview(by: typeof admin) {
        seen.push(by.isAdmin)
        return { summary: '', parts: [] }
      },
    }
    const { services } = kitWith({ acts })
    let isAdmin = true
    const changing = {
      ...services,
      ensureFetched: async () => {
        isAdmin = false
      },
      outbox: { ...services.outbox, viewerOf: async () => ({ ...admin, isAdmin }) },
    }
    await digest.answer(ask('preview', admin), changing, quiet)
    expect(seen).toEqual([false])
  })

  it('asks before it deletes', async () => {
    const { services, calls } = kitWith({})
    await digest.answer(ask('delete', manager), services, quiet)
    expect(calls).toEqual([])
    await digestButtons.handle(press(digestActions.remove, manager, { value: subscription.id, from: 'message' }), services, quiet)
    expect(calls).toEqual([['remove', subscription.id]])
  })

  it('leaves out the next one', async () => {
    const { services, calls } = kitWith({})
    await digest.answer(ask('skip next', manager), services, quiet)
    expect(calls).toEqual([['skipNext', subscription.id]])
  })

  it('tells the story of each run', async () => {
    const delivery = {
      id: 'd',
      subscriptionId: subscription.id,
      dueAt: new Date('2026-11-23T08:00:00Z'),
      attempts: 1,
      looks: 0,
      createdAt: new Date('2026-11-23T08:00:00Z'),
    }
    const { services } = kitWith({
      acts: {
        history: async () => [
          { ...delivery, occurrence: '2026-11-23T09:00[Europe/Berlin]', status: 'sent', sentAt: new Date('2026-11-23T08:01:00Z') },
          { ...delivery, occurrence: '2026-11-16T09:00[Europe/Berlin]', status: 'skipped', reason: 'superseded' },
          { ...delivery, occurrence: '2026-11-09T09:00[Europe/Berlin]', status: 'held', reason: 'shared' },
        ],
      },
    })
    const said = textOf(await digest.answer(ask('history', manager), services, quiet))
    expect(said).toContain('Mon 23 Nov 09:00 · sent Mon 23 Nov 09:01')
    expect(said).toContain('Mon 16 Nov 09:00 · skipped: the bot was away, and a later one was sent instead')
    expect(said).toContain('Mon 9 Nov 09:00 · held back: the channel is shared with another company')
  })

  it('answers what it does not understand with examples', async () => {
    const { services } = kitWith({})
    expect((await digest.answer(ask('lats week', manager), services, quiet)).summary).toContain('I did not understand "lats week"')
    expect((await digest.answer(ask('constructor', manager), services, quiet)).summary).toContain('I did not understand')
  })
})
