// Messages name people by the first name alone, and by names they had then. Whoever is forgotten is found by the notes a body has; one that was
// stored before bodies had them, by the first name.
import { expect, it } from 'vitest'
import { bodyOf, writeBody } from '../../src/reports/delivery-body.ts'
import { noon, onBothBackends } from './backends.ts'

const noor = { id: '7700112233445566', name: 'Noor al-Haddadi', emails: ['noor@acme.test'], active: true }
const will = { id: '8800112233445566', name: 'Will O’Neill', emails: [], active: true }

onBothBackends((backend) => {
  async function kept(texts: readonly (readonly [text: string, mentions: readonly string[] | undefined])[]) {
    const store = await backend.open()
    await store.people.replaceAll([noor, will], { readAt: noon, seenOn: '2026-01-05' })
    for (const [at, [summary, mentions]] of texts.entries()) {
      const row = { id: `d${at}`, subscriptionId: 's', occurrence: String(at), dueAt: noon, createdAt: noon }
      await store.deliveries.reserve(
        { ...row, body: writeBody(bodyOf({ message: { summary, parts: [] }, shows: [], mentions, figures: {} })) },
        {},
      )
    }
    const left = () => Promise.all(texts.map(async (_text, at) => (await store.deliveries.find(`d${at}`))?.body !== undefined))
    return { store, left }
  }

  it('clears what notes the person, in whatever words it names them, and nothing that names somebody of the same name', async () => {
    const { store, left } = await kept([
      ['Noor is new and not counted in changes.', [noor.id]],
      ['You can now see the figures of N. Before as their coach.', ['U1', noor.id]],
      ['Noor is new and not counted in changes.', ['9900112233445566']],
      ['Will is away.', [will.id]],
    ])
    await store.people.forget(noor.id, '')
    expect(await left()).toEqual([false, false, true, true])
    await store.people.forget(will.id, '')
    expect(await left()).toEqual([false, false, true, false])
  })

  it('clears what was stored before there were notes by the first name as a word of its own', async () => {
    const { store, left } = await kept([
      ['Noor is new and not counted in changes.', undefined],
      ['Longest without:\nNOOR (4 weeks).', undefined],
      ["Noor's week", undefined],
      ['Noordwijk: 4 calls, al fresco', undefined],
      ['A goodwill visit', undefined],
    ])
    await store.people.forget(noor.id, '')
    await store.people.forget(will.id, '')
    expect(await left()).toEqual([false, false, false, true, true])
  })
})
