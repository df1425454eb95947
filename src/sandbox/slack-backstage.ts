// Slack's side of backstage: its request log as the page shows it, and the switches for what Slack can do wrong.
import type { Backstage } from './demo-stage.ts'
import type { SlackFault } from './slack/faults.ts'
import type { SimulatedSlack } from './slack/simulated-slack.ts'

interface Switch {
  readonly id: string
  readonly label: string
  readonly about: string
  readonly fault: SlackFault
}

const switches: readonly Switch[] = [
  {
    id: 'slack-429',
    label: 'Too many requests',
    about: 'every post: 429, wait 10 min',
    // Posts alone, which wait by the clock one moves: upkeep would wait by the real one.
    fault: { type: 'rate-limited', method: 'chat.postMessage', retryAfterSeconds: 600 },
  },
  {
    id: 'slack-lost-answer',
    label: 'Lost answer',
    about: 'a post lands, its answer never comes',
    fault: { type: 'lost-answer', method: 'chat.postMessage' },
  },
  {
    id: 'slack-blocks',
    label: 'Charts and tables refused',
    about: 'as by a workspace without them',
    fault: { type: 'blocks-refused', blockTypes: ['data_visualization', 'data_table', 'container'] },
  },
  { id: 'slack-down', label: 'Slack is down', about: 'every call: 503', fault: { type: 'down', status: 503 } },
]

/**
 * `channelId`: the one that can be archived. `onBlocksTaken`: charts are taken again; the app would try them a day later by itself, and the
 * demo's clock stands still.
 */
export function slackBackstage(slack: SimulatedSlack, channelId: string, onBlocksTaken: () => void): Backstage {
  const on = new Map<string, () => void>()
  const channel = () => slack.workspace.channels.get(channelId)
  return {
    log: () =>
      slack.requestLog.all().map(({ at, direction, name, detail, status, error, durationMs }) => ({
        at,
        direction: direction === 'app-to-slack' ? 'app → Slack' : 'Slack → app',
        name,
        detail,
        status,
        durationMs,
        ...(error !== undefined && { error }),
      })),
    faults: () => [
      ...switches.map(({ id, label, about }) => ({ id, label, about, group: 'Slack' as const, on: on.has(id) })),
      {
        id: 'slack-archived',
        label: 'Channel archived',
        about: `#${channel()?.name ?? ''} is closed`,
        group: 'Slack' as const,
        on: channel()?.isArchived ?? false,
      },
    ],
    setFault(id, wanted) {
      if (id === 'slack-archived') {
        const there = channel()
        if (there && wanted) void slack.archive(channelId)
        else if (there) {
          slack.workspace.channels.set(channelId, { ...there, isArchived: false })
          slack.workspace.changed()
        }
        return true
      }
      const known = switches.find((one) => one.id === id)
      if (!known) return false
      on.get(id)?.()
      on.delete(id)
      if (wanted) on.set(id, slack.faults.add(known.fault))
      else if (known.fault.type === 'blocks-refused') onBlocksTaken()
      return true
    },
    onChange: slack.workspace.onChange,
  }
}
