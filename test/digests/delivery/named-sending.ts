// Sending as the schedule has it, with a Slack that only keeps what it was given: everything that decides who may read is real. A manager
// `100` with six reps `101`…`106`, and the admin `UOWNER`.
import type { MovableClock } from '../../../src/clock.ts'
import { createSending, type Sending, type SendingDeps } from '../../../src/digests/delivery/sending.ts'
import { createSlackPeople } from '../../../src/people/slack-people.ts'
import { viewersOver } from '../../../src/people/viewers.ts'
import type { GateVerdict, Post, Posted, SlackFailure } from '../../../src/slack-ports.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { zone } from '../../kit/delivery-world.ts'
import { keptLog } from '../../kit/quiet-log.ts'

export interface KeptInSlack {
  readonly posts: Post[]
  /** Texts of what was posted before and is another now. */
  readonly updates: string[]
  /** How the next post fails; undefined: it is accepted. */
  nextFailure(): SlackFailure | undefined
  gate(): GateVerdict
}

export function namedSending(
  { store, clock, slack }: { readonly store: OpenedStore; readonly clock: MovableClock; readonly slack: KeptInSlack },
  change: Pick<SendingDeps, 'build'> & Partial<SendingDeps>,
): Sending {
  const { posts, updates } = slack
  const directory = { whoIs: (id: string) => store.directory.find(id) }
  const viewers = viewersOver(store, { directory, adminNames: ['UOWNER'], slackAdminsAreAdmins: false, zone: async () => zone })
  return createSending({
    store,
    clock,
    log: keptLog().log,
    company: { zone, weekStart: 1, settleMinutes: 60 },
    stats: {} as never,
    render: ({ summary, parts, thread }) => ({
      payload: { text: [summary, ...parts.flatMap((part) => (part.type === 'text' ? [part.line.plain] : []))].join('\n'), blocks: [] },
      ...(thread && { thread: { summary: 'the rest', parts: thread } }),
    }),
    sync: { refresh: async () => undefined, ensureFetched: async () => undefined },
    refresh: async () => true,
    viewers,
    people: createSlackPeople({ directory, viewers }),
    gate: { check: async () => slack.gate() },
    poster: {
      slackNow: () => undefined,
      async post(post): Promise<Posted | SlackFailure> {
        const failure = slack.nextFailure()
        if (failure) return failure
        posts.push(post)
        return { type: 'posted', channelId: post.channelId, messageTs: `ts-${posts.length}` }
      },
      async update({ channelId, messageTs, payload }): Promise<Posted> {
        updates.push(payload.text)
        return { type: 'posted', channelId, messageTs }
      },
    },
    reconciler: { look: async () => ({ type: 'absent' }) },
    retriesInRealTime: false,
    reminders: {
      runs: {} as never,
      unansweredBy: async () => [],
      notMineOf: async () => new Set(),
      asAnswered: async (_row, message) => message,
    },
    wake: async () => undefined,
    outages: { begin: async () => undefined, end: async () => undefined, open: async () => [] },
    settings: { gongAppUrl: 'https://app.gong.io', namesInChannels: 'ask', botName: 'Gong Digest' },
    ...change,
  })
}
