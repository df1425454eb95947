// Reads the payloads of presses, submissions and searches without trusting their shape: missing fields become absent, never errors.
// Values stay claims; the handler of a press checks them against the presser.
import type { Press } from '../../bot/action.ts'
import { cleanText } from '../../domain/outside-text.ts'

type Fields = Readonly<Record<string, unknown>>

/** What the payload says of a press; who pressed, and how they read, is looked up. */
export type PressFacts = Omit<Press, 'viewer' | 'now' | 'locale' | 'zone'> & {
  readonly slackUserId: string
  readonly responseUrl?: string | undefined
  readonly threadTs?: string | undefined
  readonly viewId?: string | undefined
  readonly viewHash?: string | undefined
  /** A link button: Slack opens the address itself and only notifies us. */
  readonly isLink: boolean
}

/** A `block_actions` payload; undefined when it carries no action. */
export function pressFacts(body: unknown): PressFacts | undefined {
  const payload = fields(body)
  const action = fields(list(payload.actions)[0])
  const actionId = text(action.action_id)
  const slackUserId = text(fields(payload.user).id)
  if (!actionId || !slackUserId) return undefined
  const view = fields(payload.view)
  const container = fields(payload.container)
  const message = fields(payload.message)
  const isView = container.type === 'view' || text(view.id) !== undefined
  const channelId = text(fields(payload.channel).id) ?? text(container.channel_id)
  const messageTs = text(container.message_ts) ?? text(message.ts)
  const threadTs = text(container.thread_ts) ?? text(message.thread_ts)
  return {
    slackUserId,
    actionId,
    value: chosenIn(action),
    inputs: inputsOf(isView ? fields(view.state) : fields(payload.state)),
    privateMetadata: text(view.private_metadata),
    from: isView ? (view.type === 'home' ? 'home' : 'modal') : 'message',
    inPrivateReply: container.is_ephemeral === true ? true : undefined,
    channelId,
    messageTs,
    triggerId: text(payload.trigger_id) ?? '',
    responseUrl: text(payload.response_url),
    threadTs,
    viewId: text(view.id),
    viewHash: text(view.hash),
    isLink: text(action.url) !== undefined,
  }
}

/** A `view_submission` or `view_closed` payload. */
export function submissionFacts(body: unknown): PressFacts | undefined {
  const payload = fields(body)
  const view = fields(payload.view)
  const actionId = text(view.callback_id)
  const slackUserId = text(fields(payload.user).id)
  if (!actionId || !slackUserId) return undefined
  return {
    slackUserId,
    actionId,
    inputs: inputsOf(fields(view.state)),
    privateMetadata: text(view.private_metadata),
    from: 'submission',
    triggerId: text(payload.trigger_id) ?? '',
    viewId: text(view.id),
    viewHash: text(view.hash),
    isLink: false,
  }
}

/** A `block_suggestion` payload: what was typed into which search. */
export function searchFacts(body: unknown): { readonly query: string; readonly press: PressFacts } | undefined {
  const payload = fields(body)
  const actionId = text(payload.action_id)
  const slackUserId = text(fields(payload.user).id)
  if (!actionId || !slackUserId) return undefined
  const view = fields(payload.view)
  return {
    query: text(payload.value) ?? '',
    press: {
      slackUserId,
      actionId,
      inputs: inputsOf(fields(view.state)),
      privateMetadata: text(view.private_metadata),
      from: 'modal',
      triggerId: '',
      isLink: false,
    },
  }
}

/** Typed text as it was typed: Slack sends `&`, `<` and `>` as entities, and only these. What is shown of it is escaped again. */
export const unescaped = (typed: string): string => typed.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** `view.state.values` by input id; block and action carry the same id. */
function inputsOf(state: Fields): Record<string, string | readonly string[] | undefined> {
  // Ids come from outside: one called `__proto__` is an id like any other.
  return Object.fromEntries(
    Object.values(fields(state.values)).flatMap((block) =>
      Object.entries(fields(block)).map(([id, element]) => [id, chosenManyIn(fields(element)) ?? chosenIn(fields(element))]),
    ),
  )
}

/** The one value of a control, whatever kind it is. */
const chosenIn = (element: Fields): string | undefined =>
  text(fields(element.selected_option).value) ??
  text(element.selected_conversation) ??
  text(element.selected_channel) ??
  text(element.selected_user) ??
  text(element.selected_time) ??
  text(element.selected_date) ??
  text(element.value)

/** The values of a many-valued control. */
function chosenManyIn(element: Fields): readonly string[] | undefined {
  if (!Array.isArray(element.selected_options)) return undefined
  return element.selected_options.flatMap((option) => text(fields(option).value) ?? [])
}

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {})

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Everything a person can type or choose enters here. */
const text = (value: unknown): string | undefined => (typeof value === 'string' ? cleanText(value) || undefined : undefined)
