// Replies and Home that are reviewed as texts and as pictures: what a person reads after a command, a refusal, a wait, and on their Home. A
// test compares the texts, a script draws the pictures.
import { actions } from '../../../src/bot/actions/index.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { home } from '../../../src/bot/home/index.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { AskError } from '../../../src/errors.ts'
import type { Message, Part } from '../../../src/render/message.ts'
import { line } from '../../../src/render/text/text.ts'
import { coachingReport, fakeStats, scorecardReport } from '../../kit/report-fixtures.ts'
import { asks, at, presses, type TestKit, testKit, viewers } from './company.ts'

/** A failure as the edge says it: the sentence, then the next steps. */
const refused = ({ message, suggestions }: AskError): Message => ({
  summary: message,
  parts: [
    { type: 'text', line: line(message) },
    ...(suggestions.length === 0
      ? []
      : [
          {
            type: 'buttons' as const,
            controls: suggestions.map(({ label }) => ({ type: 'button' as const, label, actionId: 'ask', value: '' })),
          },
        ]),
  ],
})

async function typed(by: Viewer, text: string, kit: TestKit = testKit(), waits?: Message[]): Promise<Message> {
  const [name = '', ...words] = text.split(' ')
  const command = commands.find((each) => each.name === name)
  try {
    const answer = await command?.answer(
      asks(by, words.join(' '), { email: 'maria@x.example' }),
      kit.services,
      async (wait) => void waits?.push(wait),
    )
    if (!answer) throw new Error(`no ${name}`)
    return answer
  } catch (error) {
    if (error instanceof AskError) return refused(error)
    throw error
  }
}

/** What a command sends to the asker's messages. */
async function sent(by: Viewer, text: string, kit: TestKit): Promise<Message> {
  await typed(by, text, kit)
  const [post] = kit.posts
  if (!post) throw new Error('nothing was sent')
  return post.message
}

async function waited(by: Viewer, text: string): Promise<Message> {
  const waits: Message[] = []
  await typed(by, text, testKit({ unread: true }), waits)
  const [first] = waits
  if (!first) throw new Error('nobody was asked to wait')
  return first
}

async function pressed(by: Viewer, actionId: string, value: string, kit: TestKit = testKit()): Promise<Message> {
  const handler = actions.find(({ id }) => id === actionId)
  try {
    const outcome = await handler?.handle(presses(by, actionId, value), kit.services, async () => undefined)
    if (outcome?.type !== 'reply') throw new Error('no reply')
    return outcome.message
  } catch (error) {
    if (error instanceof AskError) return refused(error)
    throw error
  }
}

async function homeOf(by: Viewer): Promise<Message> {
  const parts: Part[] = []
  const { services } = testKit()
  for (const section of home) parts.push(...((await section.write(by, services, at)) ?? []))
  return { summary: 'Home', parts }
}

/** What Maria is given over the ordinary week of the report fixtures. */
const ordinary = (): TestKit => {
  const kit = testKit()
  const stats = fakeStats({
    scorecards: scorecardReport({ subject: { type: 'person', personId: '4' }, answered: 1, cards: [], minimumPeople: 0 }),
    coaching: coachingReport({
      reports: coachingReport()
        .reports.map((each) => ({ ...each, report: { ...each.report, id: '4' } }))
        .slice(1, 2),
    }),
  })
  return { ...kit, services: { ...kit.services, stats } }
}

/** By the name of their fixture. */
export const reviewedReplies: Readonly<Record<string, () => Promise<Message>>> = {
  'one-on-one': () => sent(viewers.manager, '/gong-coaching gong:4', ordinary()),
  'one-on-one-sent': () => typed(viewers.manager, '/gong-coaching gong:4', ordinary()),
  definitions: () => typed(viewers.rep, '/gong-stats definitions'),
  'help-stats': () => typed(viewers.rep, '/gong-stats help'),
  'help-digest': () => typed(viewers.rep, '/gong-digest help'),
  'stats-this-week': () => typed(viewers.rep, '/gong-stats this week', testKit({ today: '2026-11-26' })),
  'stats-team-of-four': () => typed(viewers.rep, '/gong-stats team'),
  'who-saw-me': () => typed(viewers.rep, '/gong-stats who saw me'),
  'wait-for-gong': () => waited(viewers.manager, '/gong-stats gong:4 1-15 Nov'),
  'cost-of-the-company': () => typed(viewers.admin, '/gong-stats all 1-15 Nov', testKit({ unread: true })),
  'refused-colleague': () => typed(viewers.rep, '/gong-stats gong:4'),
  'refused-company': () => typed(viewers.manager, '/gong-stats all'),
  'refused-guest': () => typed(viewers.guest, '/gong-stats'),
  'refused-unmatched': () => typed(viewers.unmatched, '/gong-stats'),
  'not-understood': () => typed(viewers.rep, '/gong-stats lats week'),
  'nobody-of-that-name': () => typed(viewers.manager, '/gong-stats @nadia'),
  'nothing-complete-yet': () => typed(viewers.rep, '/gong-stats this week'),
  'share-asks-first': () => pressed(viewers.manager, 'share', '/gong-stats team'),
  'share-refused': () => pressed(viewers.rep, 'share', '/gong-stats team', testKit({ readers: ['U2', 'U3', 'U8'] })),
  'csv-sent': () => pressed(viewers.rep, 'csv', '/gong-stats me'),
  'home-rep': () => homeOf(viewers.rep),
  'home-manager': () => homeOf(viewers.manager),
  'home-admin': () => homeOf(viewers.admin),
  'home-unmatched': () => homeOf(viewers.unmatched),
  'home-guest': () => homeOf(viewers.guest),
}
