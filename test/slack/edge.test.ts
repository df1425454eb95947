import { afterEach, describe, expect, it } from 'vitest'
import { type Edge, startEdge } from './edge-kit.ts'

let edge: Edge | undefined
afterEach(async () => {
  await edge?.stop()
  edge = undefined
})

const start = async (...args: Parameters<typeof startEdge>): Promise<Edge> => {
  edge = await startEdge(...args)
  return edge
}

async function type(at: Edge, userId: string, channelId: string, text: string) {
  const delivery = await at.slack.type(userId, channelId, text)
  await at.idle()
  const messages = at.slack.messages(channelId, userId)
  return { delivery, last: messages.at(-1), messages }
}

const saidIn = (message: unknown): string => JSON.stringify(message).replaceAll('\u00a0', ' ')

describe.each(['http', 'socket'] as const)('over %s', (transport) => {
  it('/gong-stats is answered for the asker alone, in blocks Slack takes, and details take its place', async () => {
    const at = await start(transport)
    const { last, messages } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats')
    expect(messages).toHaveLength(1)
    expect(last).toMatchObject({ ephemeralTo: 'U0MARIA' })
    expect(last?.text).toContain('16–22 Nov')
    expect(at.slack.messages('C0EMEA', 'U0ANA')).toEqual([])
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts: last?.ts ?? '' }, 'Details')
    await at.idle()
    const after = at.slack.messages('C0EMEA', 'U0MARIA')
    expect(after).toHaveLength(1)
    expect(saidIn(after[0]?.blocks)).toContain('Ana Diaz')
    expect(at.access.map(({ bySlackId, personId }) => [bySlackId, personId])).toContainEqual(['U0MARIA', '11'])
  })

  it('Home is drawn for whoever opens it', async () => {
    const at = await start(transport)
    await at.slack.openHome('U0PIA')
    await at.idle()
    expect(saidIn(at.slack.home('U0PIA')?.blocks)).toContain('People without a match')
    await at.slack.openHome('U0ANA')
    await at.idle()
    expect(saidIn(at.slack.home('U0ANA')?.blocks)).toContain('My week')
    expect(saidIn(at.slack.home('U0ANA')?.blocks)).not.toContain('People without a match')
  })
})

describe('Socket Mode', () => {
  it('comes back after Slack ends the connection, and answers again', async () => {
    const at = await start('socket')
    at.slack.refreshSockets()
    await at.slack.until(() => !at.slack.isSocketConnected())
    await at.slack.until(() => at.slack.isSocketConnected())
    const { last } = await type(at, 'U0ANA', 'C0EMEA', '/gong-stats')
    expect(last?.text).toContain('Ana')
  })
})

describe('waiting for Gong', () => {
  it('says so at once and puts the answer in the same place', async () => {
    const at = await start()
    const { messages } = await type(at, 'U0ANA', 'C0EMEA', '/gong-stats me 1-15 Nov')
    expect(messages).toHaveLength(1)
    expect(messages[0]?.text).toContain('1–15 Nov')
    expect(messages[0]?.text).not.toContain('from Gong, about')
  })
})

describe('refusals of blocks', () => {
  it('are answered plainer, remembered, and not met again', async () => {
    const at = await start()
    at.slack.faults.add({ type: 'blocks-refused', blockTypes: ['data_table'] })
    const { last } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team details')
    expect(saidIn(last?.blocks)).toContain('Ana Diaz')
    expect(saidIn(last?.blocks)).not.toContain('data_table')
    expect(at.log.filter((line) => line.includes('goes out plainer'))).toHaveLength(1)
    await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team details')
    expect([...at.settings.values()].join()).toContain('data_table')
    expect(at.log.filter((line) => line.includes('goes out plainer'))).toHaveLength(1)
  })
})

describe('definitions in details', () => {
  it('are folded away, and open where Slack refuses a container, from then on without asking again', async () => {
    const at = await start()
    const folded = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team details')
    expect(saidIn(folded.last?.blocks)).toMatch(/"container".*"default_collapsed":true.*Share of the time the person spoke/)
    // The one line of small print is still the last.
    expect(saidIn(folded.last?.blocks?.at(-1))).toContain('For coaching, not employment decisions.')
    at.slack.faults.add({ type: 'blocks-refused', blockTypes: ['container'] })
    for (const _turn of [1, 2]) {
      const { last } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team details')
      expect(saidIn(last?.blocks)).toMatch(/Definitions and small print.*Share of the time the person spoke/)
      expect(saidIn(last?.blocks)).not.toContain('"container"')
      expect(last?.text).toContain('Share of the time the person spoke')
    }
    expect(at.log.filter((line) => line.includes('goes out plainer'))).toHaveLength(1)
    expect([...at.settings.values()].join()).toContain('container')
  })
})

describe('a list to press', () => {
  it('stays when one of its people is prepared for', async () => {
    const at = await start()
    const { last: list } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-coaching team 2 weeks ago')
    const rows = () => JSON.stringify(at.slack.messages('C0EMEA', 'U0MARIA').find(({ ts }) => ts === list?.ts)?.blocks)
    const before = rows()
    expect(before).toContain('Prepare 1:1')
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts: list?.ts ?? '' }, 'Prepare 1:1')
    await at.idle()
    expect(at.slack.messages('C0EMEA', 'U0MARIA').at(-1)?.text).toMatch(/^Sent to your messages: /)
    expect(rows()).toBe(before)
    expect(at.slack.messages('C0EMEA', 'U0ANA')).toEqual([])
  })
})

describe('Share here', () => {
  it('asks first, then posts figures without names for the channel', async () => {
    const at = await start()
    const { last } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team')
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts: last?.ts ?? '' }, 'Share here')
    await at.idle()
    const question = at.slack.messages('C0EMEA', 'U0MARIA').at(-1)
    // The figures stay beside the question.
    expect(at.slack.messages('C0EMEA', 'U0MARIA')).toHaveLength(2)
    expect(question?.text).toMatch(/^Share here\? Anybody in this workspace can read #emea\. Group figures only, no names\./)
    expect(at.slack.messages('C0EMEA', 'U0ANA')).toEqual([])
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts: question?.ts ?? '' }, 'Share')
    await at.idle()
    const [shared] = at.slack.messages('C0EMEA', 'U0ANA')
    expect(shared?.text).toContain('16–22 Nov')
    const everything = saidIn(at.slack.messages('C0EMEA', 'U0ANA'))
    for (const name of ['Ana Diaz', 'Ben Okoye', 'Kai Lund', 'Lena Ito', 'Omar Ali', 'Sue Ray']) expect(everything).not.toContain(name)
  })

  it('is refused where a guest would read it, and where the bot is not', async () => {
    const at = await start()
    for (const [channelId, why] of [
      ['C0GUESTS', 'guests'],
      ['C0OPEN', '/invite'],
    ] as const) {
      const { last } = await type(at, 'U0MARIA', channelId, '/gong-stats team')
      await at.slack.press('U0MARIA', { channelId, ts: last?.ts ?? '' }, 'Share here')
      await at.idle()
      expect(at.slack.messages(channelId, 'U0MARIA').at(-1)?.text).toContain(why)
      expect(at.slack.messages(channelId, 'U0GUS')).toEqual([])
    }
  })
})

describe('CSV', () => {
  it('arrives as a file in the direct messages of the presser', async () => {
    const at = await start()
    const { last } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team')
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts: last?.ts ?? '' }, 'CSV')
    await at.idle()
    const files = at.slack.directMessages('U0MARIA').flatMap((message) => message.files ?? [])
    expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/^gong-stats-.+-2026-11-16-to-2026-11-22\.csv$/)])
    expect(files[0]?.content).toContain('"Ana Diaz",10')
  })

  it('says what is missing without the scope', async () => {
    const at = await start('http', { manifest: (text) => text.replaceAll(/^ +- files:write\n/gm, '') })
    const { last } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team')
    await at.slack.press('U0MARIA', { channelId: 'C0EMEA', ts: last?.ts ?? '' }, 'CSV')
    await at.idle()
    expect(at.slack.messages('C0EMEA', 'U0MARIA').at(-1)?.text).toContain('files:write')
  })
})

describe('somebody without a match', () => {
  it('asks, an admin links, and the figures are there', async () => {
    const at = await start()
    const { last } = await type(at, 'U0NORA', 'C0OPEN', '/gong-stats')
    expect(last?.text).toContain('I could not find nora@acme.com in Gong')
    await at.slack.press('U0NORA', { channelId: 'C0OPEN', ts: last?.ts ?? '' }, 'Ask an admin to link me')
    await at.idle()
    expect(at.slack.messages('C0OPEN', 'U0NORA').at(-1)?.text).toContain('Asked the admin')
    const request = at.slack.directMessages('U0PIA').at(-1)
    await at.slack.press('U0PIA', { channelId: request?.channelId ?? '', ts: request?.ts ?? '' }, 'Link')
    await at.idle()
    await at.slack.submit('U0PIA', { 'pick-person': 'Zoe Gong' })
    await at.idle()
    expect(at.links).toEqual(new Map([['30', 'U0NORA']]))
    expect(at.access.at(-1)).toMatchObject({ what: 'link', bySlackId: 'U0PIA', personId: '30' })
    expect((await type(at, 'U0NORA', 'C0OPEN', '/gong-stats')).last?.text).toContain('Zoe')
  })
})

describe('asking to be linked', () => {
  it('reaches the admins once a day however often it is pressed, and again the day after', async () => {
    const at = await start()
    const { last } = await type(at, 'U0NORA', 'C0OPEN', '/gong-stats')
    await at.slack.press('U0NORA', { channelId: 'C0OPEN', ts: last?.ts ?? '' }, 'Ask an admin to link me')
    await at.idle()
    expect(at.slack.directMessages('U0PIA')).toHaveLength(1)
    const { last: again } = await type(at, 'U0NORA', 'C0OPEN', '/gong-stats')
    await at.slack.press('U0NORA', { channelId: 'C0OPEN', ts: again?.ts ?? '' }, 'Ask an admin to link me')
    await at.idle()
    expect(at.slack.directMessages('U0PIA')).toHaveLength(1)
    expect(at.slack.messages('C0OPEN', 'U0NORA').at(-1)?.text).toContain('asked within the last day')
    at.clock.moveTo(new Date('2026-11-24T09:00:00Z'))
    const { last: tomorrow } = await type(at, 'U0NORA', 'C0OPEN', '/gong-stats')
    await at.slack.press('U0NORA', { channelId: 'C0OPEN', ts: tomorrow?.ts ?? '' }, 'Ask an admin to link me')
    await at.idle()
    expect(at.slack.directMessages('U0PIA')).toHaveLength(2)
  })
})

describe('what was typed', () => {
  it('is quoted back as typed: signs that Slack sends as entities are escaped once', async () => {
    const at = await start()
    const { last } = await type(at, 'U0ANA', 'C0EMEA', '/gong-stats lats & <b> x9')
    expect(saidIn(last)).not.toContain('&amp;lt;')
    expect(saidIn(last)).not.toContain('&amp;amp;')
    expect(saidIn(last?.blocks)).toContain('&lt;b&gt;')
  })
})

describe('definitions', () => {
  it('are answered alone, without a figure, and nobody is written into the access log', async () => {
    const at = await start()
    const { last } = await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats definitions')
    expect(saidIn(last?.blocks)).toContain('Talk ratio')
    expect(saidIn(last)).not.toMatch(/\d+ %/)
    expect(at.access).toEqual([])
  })
})

describe('a guest', () => {
  it('reads why there is nothing, by command, message and Home', async () => {
    const at = await start()
    expect((await type(at, 'U0GUS', 'C0GUESTS', '/gong-stats <@U0ANA>')).last?.text).toContain('guest accounts see none')
    await at.slack.openHome('U0GUS')
    await at.idle()
    expect(saidIn(at.slack.home('U0GUS')?.blocks)).toContain('guest accounts see none')
    expect(at.access).toEqual([])
  })
})

describe('the log of all this', () => {
  it('has no name, address, figure, token or message text in it', async () => {
    const at = await start()
    await type(at, 'U0MARIA', 'C0EMEA', '/gong-stats team details')
    await type(at, 'U0NORA', 'C0OPEN', '/gong-stats @ana lats week')
    const log = at.log.join('\n')
    expect(log).toContain('answered')
    for (const secret of ['Ana Diaz', 'acme.com', 'xoxb', 'lats', at.slack.signingSecret, '41 %']) expect(log).not.toContain(secret)
  })
})
