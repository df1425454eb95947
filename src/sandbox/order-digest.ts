// Somebody of the demo orders a digest as anybody would: the command, the modal, Save. The private answers on the way are gone afterwards, as
// Slack's are after a reload.
import type { DigestKind } from '../domain/subscription.ts'
import type { SimulatedSlack } from './slack/simulated-slack.ts'
import type { CompanyWorkspace } from './workspace-of-company.ts'

interface Ordering {
  readonly slack: SimulatedSlack
  readonly app: { idle(): Promise<void> }
}

/** The manager's team digest, for their channel. */
export const orderDigest = (parts: Ordering & { readonly workspace: CompanyWorkspace }): Promise<void> =>
  order(parts, parts.workspace.managerId, { channelId: parts.workspace.managerChannelId })

/**
 * `kind`: the one offered first unless given. Without a channel it goes to whoever orders it. @throws Error in words when the form is
 * refused
 */
export async function order(
  { slack, app }: Ordering,
  userId: string,
  wanted: { readonly kind?: DigestKind; readonly channelId?: string },
): Promise<void> {
  const { kind, channelId } = wanted
  const conversation = slack.workspace.directMessageWith(userId).id
  await slack.type(userId, conversation, '/gong-digest new')
  await app.idle()
  const answer = slack.messages(conversation, userId).at(-1)
  if (!answer) throw new Error('/gong-digest new was not answered')
  await slack.press(userId, answer, 'New digest')
  await app.idle()
  const choose = async (input: string, value: string): Promise<void> => {
    await slack.fill(userId, { [`digest-form:${input}`]: value })
    await app.idle()
  }
  if (kind !== undefined) await choose('kind', kind)
  if (channelId !== undefined) {
    await choose('where', 'channel')
    await choose('channel', channelId)
  } else await choose('where', 'me')
  await slack.submit(userId)
  await app.idle()
  const form = slack.modal(userId)
  if (form && Object.keys(form.errors).length > 0)
    throw new Error(`the digest could not be ordered: ${Object.values(form.errors).join(' ')}`)
  await slack.closeModal(userId)
  const left = slack.messages(conversation, userId).filter(({ ephemeralTo }) => ephemeralTo !== undefined)
  for (const message of left) slack.workspace.remove(message)
}
