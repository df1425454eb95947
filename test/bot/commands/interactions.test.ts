import { describe, expect, it } from 'vitest'
import type { Action, Outcome } from '../../../src/bot/action.ts'
import { actions } from '../../../src/bot/actions/index.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import type { ChannelOnlookers } from '../../../src/domain/onlookers.ts'
import { SlackRefused } from '../../../src/errors.ts'
import type { Control, Message } from '../../../src/render/message.ts'
import { asRead } from '../../../src/render/text/as-read.ts'
import { csvText, separatorFor } from '../../../src/reports/csv/text.ts'
import { average, card, scorecardReport } from '../../kit/report-fixtures.ts'
import { asks, presses, testKit, viewers, wordsOf } from './company.ts'

const handlerOf = (id: string): Action => {
  const handler = actions.find((each) => each.id === id)
  if (!handler) throw new Error(`no ${id}`)
  return handler
}

const quiet = async () => undefined
const controlsOf = (message: Message): readonly Control[] => message.parts.flatMap((part) => (part.type === 'buttons' ? part.controls : []))
const summaryOf = (outcome: Outcome): string => (outcome.type === 'reply' ? outcome.message.summary : outcome.type)

describe('Share here', () => {
  it('says first who would read it, then posts medians and no name', async () => {
    const kit = testKit()
    const value = '/gong-stats org 2026-11-16..2026-11-22'
    const first = await handlerOf('share').handle(presses(viewers.boss, 'share', value), kit.services, quiet)
    // Of the five readers Maria leads below Olga; the four reps may not see the figures of Olga's whole org.
    expect(summaryOf(first)).toBe('Share here? 5 people in #emea would read it, 5 of them outside this team. Group figures only, no names.')
    expect(kit.posts).toEqual([])
    await handlerOf('share-now').handle(presses(viewers.boss, 'share-now', value), kit.services, quiet)
    const [post] = kit.posts
    expect(post?.channelId).toBe('C1')
    for (const name of ['Ana', 'Ben', 'Kai', 'Lena', 'Eve']) expect(post && wordsOf(post.message)).not.toContain(name)
    expect(kit.watched.every(({ detail }) => detail === 'medians')).toBe(true)
    expect(kit.views).toEqual([])
  })

  it('posts once however often one question is pressed, and again when asked anew', async () => {
    const kit = testKit()
    const value = '/gong-stats org 2026-11-16..2026-11-22'
    const question = async (triggerId: string) => {
      const outcome = await handlerOf('share').handle(presses(viewers.boss, 'share', value, { triggerId }), kit.services, quiet)
      const [button] = outcome.type === 'reply' ? controlsOf(outcome.message) : []
      if (button?.type !== 'button') throw new Error('no button')
      return () => handlerOf('share-now').handle(presses(viewers.boss, button.actionId, button.value), kit.services, quiet)
    }
    const press = await question('t1')
    const said = (await Promise.all([press(), press()])).map(summaryOf)
    expect(said.toSorted()).toEqual([
      'Shared in #emea.',
      'This was sent to #emea already. Look there; if it is missing, press Share again under your figures.',
    ])
    expect(kit.posts).toHaveLength(1)
    await (await question('t2'))()
    expect(kit.posts).toHaveLength(2)
  })

  it('asks the gate again at the second press', async () => {
    const kit = testKit({ closed: 'guests' })
    await expect(handlerOf('share-now').handle(presses(viewers.boss, 'share-now', '/gong-stats org'), kit.services, quiet)).rejects.toThrow(
      'guests',
    )
    expect(kit.posts).toEqual([])
  })

  it('asks the gate again at the post: what was open before a wait for Gong may be closed after it', async () => {
    const kit = testKit({ unread: true })
    const open = kit.services.outbox.shareGate
    let asked = 0
    const closing = async (channelId: string) => {
      asked += 1
      return asked === 1 ? open(channelId, 'U1') : ({ open: false, reason: 'shared', botName: 'gong-digest' } as const)
    }
    const services = { ...kit.services, outbox: { ...kit.services.outbox, shareGate: closing } }
    await expect(handlerOf('share-now').handle(presses(viewers.boss, 'share-now', '/gong-stats org'), services, quiet)).rejects.toThrow(
      'shared with another company',
    )
    expect(kit.posts).toEqual([])
  })

  it('asks again who presses: whoever is a guest after the wait for Gong shares nothing', async () => {
    const kit = testKit({ unread: true })
    const { viewerOf } = kit.services.outbox
    let isGuest = false
    const outbox = {
      ...kit.services.outbox,
      viewerOf: async (id: string) => (isGuest && id === 'U1' ? { ...viewers.boss, standing: 'guest' as const } : viewerOf(id)),
    }
    const shareNow = (services: typeof kit.services) =>
      handlerOf('share-now').handle(presses(viewers.boss, 'share-now', '/gong-stats org'), services, quiet)
    const stats = {
      ...kit.services.stats,
      async team(...asked: Parameters<typeof kit.services.stats.team>) {
        isGuest = true
        return kit.services.stats.team(...asked)
      },
    }
    await expect(shareNow({ ...kit.services, stats, outbox })).rejects.toThrow('guest accounts see none')
    expect(kit.posts).toEqual([])
  })

  it('posts what the readers of the channel may see beside whom they see by name, and nothing once that has changed', async () => {
    const onlookers = [{ viewers: [viewers.coach], everyLeader: false, readBy: () => 'a coach' }]
    const kit = testKit({ onlookers: () => onlookers.at(-1) as ChannelOnlookers })
    const asked: unknown[] = []
    const stats = {
      ...kit.services.stats,
      team: (...question: Parameters<typeof kit.services.stats.team>) => {
        asked.push(question[3])
        return kit.services.stats.team(...question)
      },
    }
    const services = { ...kit.services, stats }
    const shareNow = () => handlerOf('share-now').handle(presses(viewers.boss, 'share-now', '/gong-stats org'), services, quiet)
    await shareNow()
    expect([kit.posts.length, ...new Set(asked)]).toEqual([1, onlookers[0]])
    const anybody = { viewers: [], everyLeader: true, readBy: () => 'anybody' }
    const changing = { ...services, ensureFetched: async () => void onlookers.push(anybody) }
    await expect(handlerOf('share-now').handle(presses(viewers.boss, 'share-now', '/gong-stats org'), changing, quiet)).rejects.toThrow(
      'Who reads this channel has just changed',
    )
    expect(kit.posts).toHaveLength(1)
  })

  it('lets a rep share only where everybody may see the same', async () => {
    const here = testKit({ readers: ['U2', 'U3', 'U4'] })
    await handlerOf('share-now').handle(presses(viewers.rep, 'share-now', '/gong-stats team'), here.services, quiet)
    expect(here.posts).toHaveLength(1)
    const elsewhere = testKit({ readers: ['U2', 'U3', 'U8'] })
    await expect(
      handlerOf('share-now').handle(presses(viewers.rep, 'share-now', '/gong-stats team'), elsewhere.services, quiet),
    ).rejects.toThrow('1 of the 3 people here')
    expect(elsewhere.posts).toEqual([])
  })

  it('lets nobody who sees medians only share into a public channel, whoever has joined it', async () => {
    // Everybody who has joined is of the team; the rest of the workspace can read it too.
    const open = testKit({ readers: ['U2', 'U3', 'U4'], isPublic: true })
    for (const id of ['share', 'share-now'])
      await expect(handlerOf(id).handle(presses(viewers.rep, id, '/gong-stats team'), open.services, quiet)).rejects.toThrow(
        'Anybody in this workspace can read #emea',
      )
    expect(open.posts).toEqual([])
    // Whoever leads the team may; the question says how far it reaches.
    const first = await handlerOf('share').handle(presses(viewers.manager, 'share', '/gong-stats team'), open.services, quiet)
    expect(summaryOf(first)).toBe('Share here? Anybody in this workspace can read #emea. Group figures only, no names.')
  })

  it("never posts a person's own figures, nor into a direct message", async () => {
    const kit = testKit()
    await expect(
      handlerOf('share-now').handle(presses(viewers.manager, 'share-now', '/gong-stats me'), kit.services, quiet),
    ).rejects.toThrow('never posted')
    const inDm = presses(viewers.manager, 'share-now', '/gong-stats team', { channelId: 'D1' })
    await expect(handlerOf('share-now').handle(inDm, kit.services, quiet)).rejects.toThrow('direct message')
    expect(kit.posts).toEqual([])
  })
})

describe('Send to my messages', () => {
  const send = (viewer: (typeof viewers)['manager'], value: string, kit = testKit()) =>
    handlerOf('send-to-me').handle(presses(viewer, 'send-to-me', value), kit.services, quiet)

  it('is on every report, and posts it to the presser alone, by what they may see at the press', async () => {
    for (const value of ['/gong-stats team', '/gong-stats me', '/gong-scorecards team', '/gong-coaching team']) {
      const kit = testKit()
      const [name, who = ''] = value.split(' ')
      const answer = await commands.find((each) => each.name === name)?.answer(asks(viewers.manager, who), kit.services, quiet)
      if (!answer) throw new Error(`no ${name}`)
      const button = controlsOf(answer).find((control) => control.type === 'button' && control.actionId === 'send-to-me')
      if (button?.type !== 'button') throw new Error(`${value} has no such button`)
      const outcome = await send(viewers.manager, button.value ?? '', kit)
      expect(kit.posts.map(({ channelId }) => channelId)).toEqual(['U2'])
      expect(summaryOf(outcome)).toMatch(/^Sent to your messages: .+ · 16–22 Nov\.$/)
      // What was sent stays, so it does not offer to be sent again, and nothing of it goes to a channel.
      const labels = kit.posts.flatMap(({ message }) => controlsOf(message)).map((control) => ('label' in control ? control.label : ''))
      expect(labels).not.toContain('Send to my messages')
      expect(labels).not.toContain('Share here')
    }
  })

  it('shows medians alone to whoever sees no more, and nothing that is not theirs; each look is written down', async () => {
    const kit = testKit()
    await send(viewers.rep, '/gong-stats team', kit)
    for (const name of ['Ben', 'Kai', 'Lena']) expect(wordsOf(kit.posts[0]?.message ?? { summary: '', parts: [] })).not.toContain(name)
    await expect(send(viewers.rep, '/gong-stats gong:4', kit)).rejects.toThrow('figures are for')
    expect(kit.posts).toHaveLength(1)
    await send(viewers.manager, '/gong-coaching gong:4', kit)
    expect(kit.views.at(-1)).toEqual({ by: 'U2', personIds: ['4'], detail: '/gong-coaching' })
  })

  it('is sent once for each message and presser, however often it is pressed', async () => {
    const kit = testKit()
    const press = (viewer: (typeof viewers)['manager'], value: string, messageTs: string) =>
      handlerOf('send-to-me').handle(
        presses(viewer, 'send-to-me', value, { messageTs, triggerId: crypto.randomUUID() }),
        kit.services,
        quiet,
      )
    const both = await Promise.all([press(viewers.manager, '/gong-stats team', '1.1'), press(viewers.manager, '/gong-stats team', '1.1')])
    const said = [...both, await press(viewers.manager, '/gong-stats team', '1.1')].map(summaryOf)
    expect(said.map((summary) => summary.split(/[.:]/)[0])).toEqual([
      'Sent to your messages',
      'This was sent to your messages already',
      'This was sent to your messages already',
    ])
    expect(kit.posts).toHaveLength(1)
    // Another message, what the same message shows now, another presser.
    await press(viewers.manager, '/gong-stats team', '1.2')
    await press(viewers.manager, '/gong-stats team last month', '1.1')
    await press(viewers.rep, '/gong-stats team', '1.1')
    expect(kit.posts.map(({ channelId }) => channelId)).toEqual(['U2', 'U2', 'U2', 'U3'])
  })

  it('the sheet for a 1:1 is sent once for each command typed', async () => {
    const kit = testKit()
    const typed = (triggerId: string) =>
      commands.find(({ name }) => name === '/gong-coaching')?.answer({ ...asks(viewers.manager, 'gong:4'), triggerId }, kit.services, quiet)
    for (const triggerId of ['t1', 't1', 't2']) await typed(triggerId)
    expect(kit.posts).toHaveLength(2)
  })

  it('answers with the report itself where the bot can write to nobody', async () => {
    const { services } = testKit()
    const postOnce = async () => {
      throw new SlackRefused({ slackError: 'messages_tab_disabled' })
    }
    const refusing = { ...services, outbox: { ...services.outbox, postOnce } }
    const outcome = await handlerOf('send-to-me').handle(presses(viewers.manager, 'send-to-me', '/gong-stats team'), refusing, quiet)
    expect(summaryOf(outcome)).toContain("Maria Lead's team")
  })
})

describe('CSV', () => {
  it('goes to the presser as a file, by name for a manager, and is written down', async () => {
    const kit = testKit()
    const outcome = await handlerOf('csv').handle(presses(viewers.manager, 'csv', '/gong-stats team'), kit.services, quiet)
    expect(summaryOf(outcome)).toBe('Sent gong-stats-maria-lead-team-2026-11-16-to-2026-11-22.csv to you by direct message.')
    expect(kit.files.map(({ to }) => to)).toEqual(['U2'])
    // Ana is person 3: talk share 0.40 + 0.03, 10 calls.
    expect(kit.files[0]?.content).toMatch(/"Ana Diaz",10,"",0\.43,/)
    expect(kit.views).toEqual([{ by: 'U2', personIds: ['3', '4', '5', '6'], detail: '/gong-stats csv' }])
  })

  it('is written down of whoever alone has cards in one of its averages, or in the one before', async () => {
    const kit = testKit()
    const of = { value: ['3'], before: ['4'] }
    const cards = [card({ average: { ...average(3.1, 3.9, 3), of }, questions: [] })]
    const stats = { ...kit.services.stats, scorecards: async () => scorecardReport({ cards }) }
    await handlerOf('csv').handle(presses(viewers.manager, 'csv', '/gong-scorecards team'), { ...kit.services, stats }, quiet)
    expect(kit.views).toEqual([{ by: 'U2', personIds: ['3', '4'], detail: '/gong-scorecards csv' }])
  })

  it('has nobody in it for somebody who may see medians only', async () => {
    const kit = testKit()
    await handlerOf('csv').handle(presses(viewers.rep, 'csv', '/gong-stats team'), kit.services, quiet)
    for (const name of ['Ana', 'Ben', 'Kai', 'Lena']) expect(kit.files[0]?.content).not.toContain(name)
    expect(kit.files[0]?.content).not.toMatch(/0\.4/)
  })

  it('says what is missing when Slack never allowed files', async () => {
    const press = presses(viewers.manager, 'csv', '/gong-stats team')
    await expect(handlerOf('csv').handle(press, testKit({ noFiles: true }).services, quiet)).rejects.toThrow('files:write')
  })

  it('carries a number as a number, an unknown figure as nothing, and no formula', () => {
    expect(csvText([['a', 1.5, undefined, 'say "hi", twice']])).toBe('\uFEFF"a",1.5,,"say ""hi"", twice"\r\n')
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '＝1']) {
      expect(csvText([[evil]]).slice(1)).toBe(`"'${evil}"\r\n`)
    }
    // Where a tab or a line break separates, what follows it is a cell of its own.
    for (const separator of ['\t', '\r', '\n']) expect(csvText([[`${separator}=1`]]).slice(1)).toBe(`"'${separator}'=1"\r\n`)
    expect(csvText([[-2, 0, Number.NaN]]).slice(1)).toBe(`-2,0,\r\n`)
    // A comma in figures needs a semicolon between them.
    expect(csvText([[1.5, 'a;b']], separatorFor('de-DE')).slice(1)).toBe(`1,5;"a;b"\r\n`)
    expect([separatorFor('en-GB'), separatorFor('fr-FR')]).toEqual([',', ';'])
  })
})

describe('ask', () => {
  it('answers as the presser whatever command the value names, and the menu for anything else', async () => {
    const kit = testKit()
    await handlerOf('ask').handle(presses(viewers.rep, 'ask:0', '/gong-stats me'), kit.services, quiet)
    expect(kit.watched.map(({ subject }) => subject)).toContainEqual({ type: 'person', personId: '3' })
    for (const value of [undefined, '', '/gong-statsx', 'rm -rf', '/gong']) {
      expect(summaryOf(await handlerOf('ask').handle(presses(viewers.rep, 'ask:0', value), kit.services, quiet))).toContain('/gong-stats')
    }
  })
})

describe('the end of a role', () => {
  it('is found by name, and a role that has ended is refused in words', async () => {
    const kit = testKit()
    const [found] = (await handlerOf('pick-role').options?.('eve', presses(viewers.admin, 'pick-role'), kit.services)) ?? []
    expect(found).toEqual({ label: 'Eve Far coaches Ben Okoye', value: 'r1', description: undefined })
    const submit = (chosen: string | undefined) =>
      handlerOf('end-role-save').handle(
        presses(viewers.admin, 'end-role-save', undefined, { inputs: { 'pick-role': chosen } }),
        kit.services,
        quiet,
      )
    expect(await submit(undefined)).toEqual({ type: 'errors', errors: { 'pick-role': 'Choose a role.' } })
    expect(await submit('r0')).toEqual({ type: 'errors', errors: { 'pick-role': 'This role has ended already.' } })
    expect(await submit('r1')).toEqual({ type: 'done', home: true })
    expect(kit.acts).toEqual(['revoke r1 by U90'])
  })
})

describe('linking', () => {
  it('starts with the person, reaches every admin with a button, and ends in the access log', async () => {
    const kit = testKit()
    await handlerOf('ask-link').handle(presses(viewers.unmatched, 'ask-link', undefined, { email: 'maria@x.com' }), kit.services, quiet)
    expect(kit.adminNotices[0]?.summary).toBe('maria@x.com asks to be linked to a person in Gong.')
    expect(JSON.stringify(kit.adminNotices[0])).toContain('slack:U91')
    const opened = await handlerOf('link').handle(presses(viewers.admin, 'link', 'slack:U91'), kit.services, quiet)
    expect(opened.type === 'modal' && JSON.stringify(opened.modal)).toContain('"initial":"U91"')
    const inputs = { 'link-user': 'U91', 'pick-person': '4' }
    await handlerOf('link-save').handle(presses(viewers.admin, 'link-save', undefined, { inputs }), kit.services, quiet)
    expect(kit.acts).toEqual(['link 4 U91 by U90'])
  })

  it('says whose link it ended, and can be taken back from there and from Home', async () => {
    const kit = testKit()
    const submit = (id: string, inputs: Record<string, string>, services = kit.services) =>
      handlerOf(id).handle(presses(viewers.admin, id, undefined, { inputs }), services, quiet)
    const linked = await submit('link-save', { 'link-user': 'U6', 'pick-person': '5' })
    if (linked.type !== 'reply') throw new Error('no reply')
    expect(asRead(linked.message)).toContain('is now Kai Lund, and no longer linked to Lena Ito. [Unlink]')
    expect(JSON.stringify(linked.message)).toContain('"actionId":"unlink","value":"5"')
    const opened = await handlerOf('unlink').handle(presses(viewers.admin, 'unlink', '5'), kit.services, quiet)
    expect(opened.type === 'modal' && JSON.stringify(opened.modal)).toContain('"initial":{"label":"Kai Lund","value":"5"}')
    // Only whom an admin linked is offered and taken.
    expect(await handlerOf('pick-linked').options?.('', presses(viewers.admin, 'pick-linked'), kit.services)).toMatchObject([
      { label: 'Lena Ito', value: '6' },
    ])
    for (const inputs of [{}, { 'pick-linked': '3' }]) expect((await submit('unlink-save', inputs)).type).toBe('errors')
    const saidWhere = async (matched: string | undefined) => {
      const services = { ...kit.services, slackUserOfPerson: async () => matched }
      const unlinked = await submit('unlink-save', { 'pick-linked': '6' }, services)
      return unlinked.type === 'reply' ? asRead(unlinked.message) : ''
    }
    expect(await saidWhere(undefined)).toMatch(/U6 is no longer linked to Lena Ito\. Nobody in Slack is matched to them now\./)
    expect(await saidWhere('U7')).toMatch(/U6 is no longer linked to Lena Ito\. U7 is matched to them now\./)
    expect(await saidWhere('U6')).toMatch(/^ *The link that an admin made is gone\. U6 is still matched to Lena Ito\./m)
    expect(await saidWhere(undefined)).toMatch(/Kai Lund is linked to .*, as PEOPLE_FILE says\./)
    expect(kit.acts.slice(0, 2)).toEqual(['link 5 U6 by U90', 'link 6 null by U90'])
  })

  it('refuses what a forged form names: nobody, a stranger to Gong, a guest', async () => {
    const kit = testKit()
    for (const inputs of [
      {},
      { 'link-user': 'U3' },
      { 'link-user': 'U3', 'pick-person': '404' },
      { 'link-user': 'U92', 'pick-person': '3' },
    ]) {
      const outcome = await handlerOf('link-save').handle(presses(viewers.admin, 'link-save', undefined, { inputs }), kit.services, quiet)
      expect(outcome.type).toBe('errors')
    }
    expect(kit.acts).toEqual([])
  })

  it('does not bother admins for somebody who has a match', async () => {
    const kit = testKit()
    expect(summaryOf(await handlerOf('ask-link').handle(presses(viewers.rep, 'ask-link'), kit.services, quiet))).toContain('linked already')
    expect(kit.adminNotices).toEqual([])
  })

  it('finds people by name or address for admins', async () => {
    const found = await handlerOf('pick-person').options?.('ana', presses(viewers.admin, 'pick-person'), testKit().services)
    expect(found).toEqual([{ label: 'Ana Diaz', value: '3', description: 'ana@acme.com' }])
  })
})

describe('moving and roles', () => {
  const submit = async (id: string, inputs: Record<string, string | readonly string[]>) => {
    const kit = testKit()
    const outcome = await handlerOf(id).handle(presses(viewers.admin, id, undefined, { inputs }), kit.services, quiet)
    return { outcome, acts: kit.acts }
  }

  it('counts the cards chosen, all when none is, and refuses a card nobody offered', async () => {
    expect((await submit('count-cards-save', { 'count-cards-chosen': ['c1', 'c2'] })).acts).toEqual(['count c1+c2 by U90'])
    expect((await submit('count-cards-save', {})).acts).toEqual(['count all by U90'])
    const { outcome, acts } = await submit('count-cards-save', { 'count-cards-chosen': ['c1', 'forged'] })
    expect([outcome.type, acts]).toEqual(['errors', []])
  })

  it('moves somebody, takes a move back, and refuses a circle', async () => {
    expect((await submit('move-save', { 'pick-person': '3', 'pick-person:manager': '7' })).acts).toEqual(['move 3 7 by U90'])
    expect((await submit('move-save', { 'pick-person': '3' })).acts).toEqual(['move 3 null by U90'])
    // Maria (2) leads Ana (3).
    expect((await submit('move-save', { 'pick-person': '2', 'pick-person:manager': '3' })).outcome.type).toBe('errors')
    expect((await submit('move-save', { 'pick-person': '2', 'pick-person:manager': '2' })).outcome.type).toBe('errors')
    expect((await submit('move-save', { 'pick-person': '3', 'pick-person:manager': '9' })).outcome.type).toBe('errors')
  })

  it('says before either that past weeks are seen too, and what follows from team figures somebody saw before', async () => {
    for (const id of ['move', 'grant'])
      expect(JSON.stringify((await submit(id, {})).outcome)).toContain(
        'sees past weeks by name too. From team figures they saw before, they can then work out those of the rest of the team.',
      )
  })

  it('gives a role until a day to come, and ends one', async () => {
    const role = { 'grant-user': 'U3', 'grant-role': 'coach', 'pick-person': '4' }
    expect((await submit('grant-save', { ...role, 'grant-until': '2026-12-24' })).acts).toEqual([
      'grant U3 {"type":"coach","personId":"4","until":"2026-12-24"} by U90',
    ])
    for (const wrong of [{ 'grant-until': '2026-11-23' }, { 'grant-until': 'never' }, { 'grant-role': 'admin' }, { 'grant-user': 'U92' }]) {
      expect((await submit('grant-save', { ...role, ...wrong })).outcome.type).toBe('errors')
    }
    const kit = testKit()
    await handlerOf('revoke').handle(presses(viewers.admin, 'revoke', 'r1'), kit.services, quiet)
    expect(kit.acts).toEqual(['revoke r1 by U90'])
  })
})
