// Messages name people by the first name alone, and by names they had then. Whoever is forgotten is found by the notes a body has; one that was
// stored before bodies had them, by the first name.
import { expect, it } from 'vitest'
import { bodyOf, writeBody } from '../../src/reports/delivery-body.ts'
import { teamDigest } from '../kit/team-digest.ts'
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
  it('clears texts that have the name as a whole, and none that have it within another word', async () => {
    const people = [
      { id: '7701', name: 'Ann', emails: [], active: true },
      { id: '7702', name: '田中', emails: [], active: true },
      { id: '7703', name: 'Å "B." Bo', emails: [], active: true },
      { id: '7704', name: 'Zoé', emails: [], active: true },
    ]
    const texts: readonly (readonly [id: string, text: string, isKept: boolean])[] = [
      ['7701', 'Anna scored 4.', true],
      ['7701', 'Annual numbers of MaryAnn, Annäus and Änn', true],
      ['7701', 'Longest without:\nAnn', false],
      ['7701', 'Ann’s week', false],
      ['7701', 'Anns Woche', false],
      ['7701', '(Ann)', false],
      ['7702', '田中さんの週報', false],
      ['7702', '田の中', true],
      ['7703', 'Å "B." Bobby', true],
      ['7703', 'with\tÅ "B." Bo', false],
      ['7704', 'Zoéline', true],
      ['7704', 'by Zoé, Zo', false],
      ['7704', 'Zo', true],
    ]
    const store = await backend.open()
    await store.people.replaceAll(people, { readAt: noon, seenOn: '2026-01-05' })
    for (const [at, [, summary]] of texts.entries()) {
      const row = { id: `d${at}`, subscriptionId: 's', occurrence: String(at), dueAt: noon, createdAt: noon }
      const body = writeBody(bodyOf({ message: { summary, parts: [] }, shows: [], mentions: [], figures: {} }))
      await store.deliveries.reserve({ ...row, body }, {})
      await store.subscriptions.insert(teamDigest({ id: `s${at}`, subjectId: undefined, kind: 'company', name: summary }))
    }
    for (const { id } of people) {
      await store.people.forget(id, '')
      for (const [at, [of, text, isKept]] of texts.entries()) {
        if (of !== id) continue
        expect([text, (await store.deliveries.find(`d${at}`))?.body !== undefined]).toEqual([text, isKept])
        expect([text, (await store.subscriptions.find(`s${at}`))?.name !== undefined]).toEqual([text, isKept])
      }
    }
  })

  it('finds what people typed in capitals, in small letters and in the other Unicode form, whatever the locale of the database', async () => {
    const people = [
      { id: '7711', name: 'Élodie Çelik', emails: [], active: true },
      { id: '7712', name: 'Ольга I\u0307nce', emails: [], active: true },
    ]
    const typed = [
      [
        'Élodie',
        'Élodies Team',
        'Team Élodie Çelik',
        'ÉLODIE weekly',
        'élodie çelik',
        'E\u0301lodie C\u0327elik',
        'for c\u0327elik',
        'U0ELODIE/7711',
      ],
      ['ОЛЬГА', 'ольга: неделя', 'İnce', 'Team i\u0307nce'],
    ]
    const others = ['Mondays', 'Mélodie', 'Ольгавиль', 'elodie', '17711']
    const store = await backend.open()
    await store.people.replaceAll(people, { readAt: noon, seenOn: '2026-01-05' })
    const all = [...typed.flat(), ...others]
    for (const [at, name] of all.entries()) {
      await store.subscriptions.insert(teamDigest({ id: `s${at}`, subjectId: undefined, kind: 'company', name }))
      const body = writeBody(bodyOf({ message: { summary: `x\n${name}`, parts: [] }, shows: [], mentions: undefined, figures: {} }))
      await store.deliveries.reserve({ id: `d${at}`, subscriptionId: 's', occurrence: String(at), dueAt: noon, createdAt: noon, body }, {})
    }
    for (const { id } of people) await store.people.forget(id, '')
    const left = await Promise.all(all.map(async (_name, at) => (await store.subscriptions.find(`s${at}`))?.name))
    expect(left.filter((name) => name !== undefined)).toEqual(others)
    // Messages name people by their names and first names alone.
    const kept = await Promise.all(all.map(async (name, at) => ((await store.deliveries.find(`d${at}`))?.body === undefined ? [] : [name])))
    expect(kept.flat()).toEqual(['for c\u0327elik', 'İnce', 'Team i\u0307nce', ...others])
  })
})
