import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/bot/command.ts'
import { menu } from '../../../src/bot/commands/help.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { AskError } from '../../../src/errors.ts'
import { toSlack } from '../../../src/render/blocks/blocks.ts'
import type { Control, Message, Part } from '../../../src/render/message.ts'
import { casesOf } from '../../kit/cases.ts'
import { card, now } from '../../stats/world.ts'
import { kitWith } from '../editor/editor-fakes.ts'
import { asks, testKit, viewers, wordsOf } from './company.ts'

const commandOf = (name: string): Command => {
  const command = commands.find((each) => each.name === name)
  if (!command) throw new Error(`no ${name}`)
  return command
}

const answerOf = async (name: string, text: string, by = viewers.manager, kit = testKit()) => {
  const said: Message[] = []
  const message = await commandOf(name).answer(asks(by, text), kit.services, async (waiting) => void said.push(waiting))
  return { message, said, kit }
}

const controlsOf = (message: Message): readonly Control[] =>
  message.parts.flatMap((part: Part) => (part.type === 'buttons' ? part.controls : []))
const valueBehind = (message: Message, label: string): string | undefined => {
  const control = controlsOf(message).find((each) => each.type === 'button' && each.label === label)
  return control?.type === 'button' ? control.value : undefined
}

describe('a bare command', () => {
  it.each([
    ['/gong-stats', 'rep', { type: 'person', personId: '3' }],
    ['/gong-stats', 'manager', { type: 'team', managerId: '2' }],
    ['/gong-stats', 'admin', { type: 'company' }],
    ['/gong-scorecards', 'rep', { type: 'person', personId: '3' }],
    ['/gong-scorecards', 'manager', { type: 'team', managerId: '2' }],
    ['/gong-coaching', 'rep', { type: 'person', personId: '3' }],
    ['/gong-coaching', 'manager', { type: 'team', managerId: '2' }],
  ] as const)('%s answers a %s about what is theirs', async (name, who, subject) => {
    const { kit, message } = await answerOf(name, '', viewers[who])
    expect(kit.watched.length).toBeGreaterThan(0)
    expect(kit.watched.map((each) => each.subject)).toContainEqual(subject)
    // 23 Nov is a Monday; the last full week is 16–22 Nov.
    expect(message.summary).toContain('16–22 Nov')
  })
})

describe('a period never read before', () => {
  it('says so at once, reads for the people asked about only, then answers', async () => {
    const { said, kit, message } = await answerOf('/gong-stats', '<@U4|ben> 1-15 Nov', viewers.manager, testKit({ unread: true }))
    expect(said.map(({ summary }) => summary)).toEqual(['Fetching 1–15 Nov from Gong, about 12 s …'])
    expect(kit.reads).toEqual([{ from: '2026-11-01', personIds: ['4'], asker: 'U2' }])
    expect(message.summary).toContain('Ben')
  })

  it.each([
    ['/gong-coaching', 'team', viewers.manager, ['2']],
    ['/gong-coaching', 'org', viewers.boss, ['2', '1', '7']],
    // Before a 1:1 it is the asker's own coaching alone.
    ['/gong-coaching', 'gong:4', viewers.manager, ['2']],
    ['/gong-coaching', 'gong:4', viewers.coach, ['8']],
    ['/gong-coaching', 'me', viewers.rep, undefined],
    ['/gong-stats', 'team', viewers.manager, undefined],
  ] as const)('%s %s has the coaching read of the managers it shows', async (name, who, viewer, managerIds) => {
    const { kit } = await answerOf(name, `${who} 1-15 Nov`, viewer)
    expect(kit.reads.map((each) => each.managerIds)).toEqual([managerIds])
  })
})

describe('the whole company, never read', () => {
  it('shows the cost first and reads only when asked to', async () => {
    const error = await answerOf('/gong-stats', 'company 1-15 Nov', viewers.admin, testKit({ unread: true })).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(AskError)
    if (!(error instanceof AskError)) return
    // 12 s at 2 requests a second.
    expect(error.message).toBe(
      "1–15 Nov was never fetched for the whole company. Fetching it takes about 24 of today's 4000 Gong requests (40 used) and 12 s.",
    )
    const [go] = error.suggestions
    expect(go).toMatchObject({ label: 'Fetch it', text: 'company 2026-11-01..2026-11-15 read' })
    const { said } = await answerOf('/gong-stats', go?.text ?? '', viewers.admin, testKit({ unread: true }))
    expect(said).toHaveLength(1)
  })
})

describe('a period that is not over', () => {
  it('says up to which day it goes, and why', async () => {
    // Thursday 26 November: Monday to Wednesday are complete.
    const { message } = await answerOf('/gong-stats', 'me this week', viewers.rep, testKit({ today: '2026-11-26' }))
    const { parts } = message
    expect(JSON.stringify(parts)).toContain("today's calls appear tomorrow.")
    // In the title, and not a second time below it.
    expect(JSON.stringify(parts).split('Mon–Wed, 3 days')).toHaveLength(2)
  })
})

describe('the reply', () => {
  it('carries the question in every button, so that a press is the same as typing', async () => {
    const { message } = await answerOf('/gong-stats', 'gong:4 last month')
    expect(valueBehind(message, 'CSV')).toBe('/gong-stats gong:4 2026-10-01..2026-10-31')
    const select = controlsOf(message).find(({ type }) => type === 'select')
    expect(select?.type === 'select' && select.options.map(({ value }) => value)).toContain('/gong-stats gong:4 last quarter')
  })

  it('offers to share a group, never a person, and only in a channel', async () => {
    expect(valueBehind((await answerOf('/gong-stats', 'team')).message, 'Share here')).toBe('/gong-stats team 2026-11-16..2026-11-22')
    expect(valueBehind((await answerOf('/gong-stats', 'me')).message, 'Share here')).toBeUndefined()
    const inDm = await commandOf('/gong-stats').answer(
      asks(viewers.manager, 'team', { channelId: 'D1' }),
      testKit().services,
      async () => undefined,
    )
    expect(valueBehind(inDm, 'Share here')).toBeUndefined()
  })

  it('shows a manager the people at once, and the definitions under details, in place', async () => {
    const short = (await answerOf('/gong-stats', 'team')).message
    expect(short.parts.some(({ type }) => type === 'table')).toBe(true)
    expect(wordsOf(short)).not.toContain('Definitions')
    const value = valueBehind(short, 'Details')
    expect(value).toBe('/gong-stats team 2026-11-16..2026-11-22 details')
    const long = (await answerOf('/gong-stats', String(value).slice('/gong-stats '.length))).message
    expect(long.parts.length).toBeGreaterThan(short.parts.length)
    expect(wordsOf(long)).toContain('Definitions')
  })

  it('a word that is no scorecard is said to be none, with whom or what could be meant and the scorecards there are', async () => {
    const unknown = await answerOf('/gong-scorecards', 'Ana').catch((error: unknown) => error)
    expect(unknown).toBeInstanceOf(AskError)
    if (!(unknown instanceof AskError)) return
    expect(unknown.message).toContain('No scorecard you can see is called "Ana". Did you mean Ana Diaz')
    expect(unknown.message).toContain('Scorecards: <@U1> Demo and Discovery.')
    expect(unknown.suggestions.map(({ label }) => label)).toContain('Discovery')
    await expect(answerOf('/gong-scorecards', 'Discovry team')).rejects.toThrow('Did you mean "Discovery"?')
    // Half of a name is near it too.
    await expect(answerOf('/gong-scorecards', 'disco team')).rejects.toThrow('Did you mean "Discovery"?')
    // Typed as people type: without case.
    expect((await answerOf('/gong-scorecards', 'discovery team')).message.summary).toContain('16–22 Nov')
  })

  it('keeps the name of a card through its buttons', async () => {
    const { message } = await answerOf('/gong-scorecards', '"Discovery" team last week')
    expect(valueBehind(message, 'CSV')).toBe('/gong-scorecards "Discovery" team 2026-11-16..2026-11-22')
  })

  it('offers those who see no names only periods that have an answer without', async () => {
    const { message } = await answerOf('/gong-stats', 'team', viewers.rep)
    const periods = controlsOf(message).flatMap((control) => (control.type === 'select' ? control.options.map(({ value }) => value) : []))
    expect(periods).toEqual(
      ['last week', '2 weeks ago', '3 weeks ago', 'last month', 'last quarter'].map((period) => `/gong-stats team ${period}`),
    )
    for (const value of periods) {
      const { message: answer } = await answerOf('/gong-stats', value.replace('/gong-stats ', ''), viewers.rep)
      expect(answer.summary).not.toContain('whole weeks')
    }
  })

  it('writes down whose figures were seen, and by whom', async () => {
    const { kit } = await answerOf('/gong-stats', 'team')
    expect(kit.views).toEqual([{ by: 'U2', personIds: ['3', '4', '5', '6'], detail: '/gong-stats' }])
  })
})

describe('a leader of managers', () => {
  it('gets one row per team by the bare command, each one press away, and is offered the org where the company is refused', async () => {
    const { message } = await answerOf('/gong-stats', '', viewers.boss)
    expect(message.summary).toContain('Olga Boss’ org')
    expect(wordsOf(message)).toContain('Teams, by manager')
    const select = controlsOf(message).find((control) => control.type === 'select' && control.placeholder === 'Open a team')
    expect(select?.type === 'select' && select.options.map(({ label }) => label)).toEqual([
      "Maria Lead's team",
      'Olga Boss’ team',
      "Tom Lead's team",
    ])
    await expect(answerOf('/gong-stats', 'all', viewers.boss)).rejects.toMatchObject({
      suggestions: expect.arrayContaining([expect.objectContaining({ label: 'My org' })]),
    })
  })
})

describe('/gong-stats today', () => {
  it('says each thing once', async () => {
    const { message } = await answerOf('/gong-stats', 'today', viewers.rep, testKit({ today: '2026-11-26' }))
    const sentences = toSlack(message)
      .text.split(/(?<=[.!?])\s+|\n/)
      .filter((sentence) => sentence.split(' ').length > 3)
    expect(sentences.length).toBeGreaterThan(2)
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})

describe('/gong-coaching', () => {
  it("of a report is one screen with a link to each call named, sent to the asker's messages, where it stays", async () => {
    const { message: answer, kit } = await answerOf('/gong-coaching', '<@U4|ben>')
    expect(answer.summary).toBe('Sent to your messages: 1:1 with Ben Okoye · 16–22 Nov.')
    const [sent, ...more] = kit.posts
    expect([sent?.channelId, more]).toEqual(['U2', []])
    const message = sent?.message ?? answer
    expect(message.summary).toMatch(/^1:1 with Ben Okoye, 16–22 Nov, 10 calls/)
    expect(wordsOf(message)).toMatch(/https:\/\/app\.gong\.io\/call\?id=call-/)
    expect(kit.views).toEqual([{ by: 'U2', personIds: ['4'], detail: '/gong-coaching' }])
  })

  it('names nobody to somebody who may see medians only', async () => {
    await expect(answerOf('/gong-coaching', 'team', viewers.rep)).rejects.toThrow('between people')
  })
})

describe('/gong-stats who saw me', () => {
  it('tells who looked, when and how, and escapes names', async () => {
    const { message } = await answerOf('/gong-stats', 'who saw me', viewers.rep)
    const lines = message.parts.flatMap((part) => (part.type === 'text' ? [part.line] : []))
    expect(lines[1]?.plain).toBe('20 Nov 2026, 11:00 · Maria <!channel> · looked with /gong-stats')
    expect(lines[1]?.mrkdwn).not.toContain('<!channel>')
  })

  it('says so when nobody did', async () => {
    expect((await answerOf('/gong-stats', 'who has seen my numbers?', viewers.manager)).message.summary).toBe(
      'Nobody but you has looked at your figures in the last 12 months; older looks are not kept.',
    )
  })
})

describe('somebody without a match', () => {
  it('reads what was searched for and can ask an admin', async () => {
    const message = await commandOf('/gong-stats').answer(
      asks(viewers.unmatched, '', { email: 'maria@x.com' }),
      testKit().services,
      async () => undefined,
    )
    expect(message.summary).toBe('I could not find maria@x.com in Gong. You can ask an admin to link you.')
    expect(controlsOf(message)).toMatchObject([{ label: 'Ask an admin to link me', actionId: 'ask-link' }])
  })
})

describe('a coach of one person', () => {
  const tables = {
    scorecards: [
      // Ben's manager Maria scored him on the 18th; the coaches Eve (8) and Tom (7) on the 17th and 16th.
      card('4', '2', '2026-11-18T10:00:00Z', { scorecardName: 'From Maria', overallScore: 3 }),
      card('4', '8', '2026-11-17T10:00:00Z', { scorecardName: 'From Eve', overallScore: 3 }),
      card('4', '7', '2026-11-16T10:00:00Z', { scorecardName: 'From Tom', overallScore: 3 }),
    ],
    coaching: { [now]: [{ managerId: '2', commentsGiven: 41 }] },
  }

  it.each([
    ['a coach', viewers.coach, '17 Nov'],
    ['a stand-in', viewers.standIn, '16 Nov'],
    ['the manager', viewers.manager, '18 Nov'],
    ['somebody granted the org', viewers.orgViewer, '18 Nov'],
  ] as const)('sees before a 1:1 only their own coaching: %s', async (who, by, lastScored) => {
    const { kit } = await answerOf('/gong-coaching', 'gong:4', by, testKit({ tables }))
    const message = kit.posts[0]?.message ?? { summary: 'nothing was sent', parts: [] }
    expect(wordsOf(message)).toContain(`Last scored ${lastScored}`)
    const isCoach = who === 'a coach' || who === 'a stand-in'
    expect(wordsOf(message).includes('comments to all reports: 41')).toBe(!isCoach)
  })
})

describe('help', () => {
  it.each(commands.map(({ name }) => name))('of %s names every example, each of which is understood', async (name) => {
    const command = commandOf(name)
    const { message } = await answerOf(name, 'help')
    for (const { text, does } of command.examples) {
      expect(wordsOf(message)).toContain(JSON.stringify(does).slice(1, -1))
      if (name === '/gong-digest') continue
      // A Thursday: on a Monday this week has no complete day yet.
      const typed = text.replace("@Priya's", '<@U1|olga>’s').replace('@Ana', '<@U3|ana>')
      await expect(
        commandOf(name).answer(asks(viewers.boss, typed), testKit({ today: '2026-11-26' }).services, async () => undefined),
      ).resolves.toBeDefined()
    }
  })

  it('of everything is one menu with a button for each command', () => {
    const message = menu(commands)
    const values = message.parts.flatMap((part) => (part.type === 'text' && part.control?.type === 'button' ? [part.control.value] : []))
    expect(values).toEqual(commands.map(({ name }) => name))
  })
})

describe('any text at all', () => {
  const words = [
    'me',
    'team',
    'org',
    'all',
    'last',
    'week',
    'lats',
    'november',
    '1-15',
    'nov',
    '2026-W46',
    'yesterday',
    'details',
    'definitions',
    'new',
    'preview',
    'send now',
    'pause until',
    '2026-12-31',
    'resume',
    'skip next',
    'history',
    'stop',
    'delete',
    'programmes',
    '"Disc',
    '<@U3|ana>',
    '<@U404>',
    '<!channel>',
    "@priya's",
    'team',
    'gong:4',
    'who',
    'saw',
    'help',
    '..',
    '2026-13-45',
    '👩‍👩‍👧',
    '\u202e',
    '*',
    '`',
    '',
  ]
  const text = fc.oneof(
    { weight: 6, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((each) => each.join(' ')) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
  )

  const texts = casesOf(20_000)

  it(`is answered or refused with a sentence: ${texts} texts, no crash, no silence`, async () => {
    const kit = testKit()
    // One digest, so that every verb of /gong-digest finds something to act on.
    const services = { ...kit.services, digests: kitWith({}).services.digests }
    const everybody = Object.values(viewers)
    let asked = 0
    await fc.assert(
      fc.asyncProperty(text, fc.nat(everybody.length - 1), fc.nat(commands.length - 1), async (typed, who, which) => {
        asked += 1
        const by = everybody[who]
        const command = commands[which]
        if (!by || !command) return
        try {
          const message = await command.answer(asks(by, typed), services, async () => undefined)
          expect(message.summary.length).toBeGreaterThan(0)
          expect(message.parts.length).toBeGreaterThan(0)
        } catch (error) {
          if (!(error instanceof AskError)) throw error
          expect(error.message.length).toBeGreaterThan(10)
          for (const { command: name } of error.suggestions) expect(commands.map((each) => each.name)).toContain(name)
          // A next step leads on: pressed, it is understood, or there is another.
          for (const step of asked % 10 === 0 ? error.suggestions : []) {
            const again = await commandOf(step.command)
              .answer(asks(by, step.text), services, async () => undefined)
              .catch((thrown: unknown) => thrown)
            if (again instanceof AskError) expect(again.message).not.toBe(error.message)
            else expect(again).not.toBeInstanceOf(Error)
          }
          if (by.standing === 'member') expect(error.suggestions.length > 0 || /ask|admin|mention|type/i.test(error.message)).toBe(true)
        }
        // Memory: what was asked of the statistics is not this test's matter.
        kit.watched.length = 0
      }),
      { numRuns: texts, size: 'max' } as fc.Parameters<[string, number, number]>,
    )
    expect(asked).toBe(texts)
  })
})
