// Sends a file into somebody's conversation with the bot, once, and says in words why Slack takes none.
import type { WebClient } from '@slack/web-api'
import type { Outbox } from '../../bot/command.ts'
import { AskError, PostInDoubt } from '../../errors.ts'
import type { SlackAccess } from '../access.ts'
import { classifySlackFailure } from '../slack-failure.ts'
import { createOneTryClient } from '../web-client.ts'
import { asExpected } from './expected-failure.ts'

const switchedOff = 'Files are switched off in this workspace, so no CSV can be sent. An admin of the workspace can allow them.'
const storageFull = 'The storage of this workspace is full, so no CSV can be sent. An admin of the workspace can free some.'

const fileInDoubt = 'Slack did not confirm the file, so it may have arrived. Look for it before you ask for it again.'

/** A client for files: whatever part of an upload was not confirmed is not made again, and no look-up waits for a file's turn. */
export const createUploadClient = ({ botToken, apiUrl, fetch }: Pick<SlackAccess, 'botToken' | 'apiUrl' | 'fetch'>): WebClient =>
  createOneTryClient(botToken, { apiUrl, fetch }, uploadMs)

const uploadMs = 30_000

/** Why Slack takes no file from anybody. */
const fileRefusals: Readonly<Record<string, string>> = {
  file_uploads_disabled: switchedOff,
  file_uploads_except_images_disabled: switchedOff,
  file_upload_size_restricted: 'This workspace takes no file of that size.',
  storage_limit_reached: storageFull,
  team_storage_limit_reached: storageFull,
}

/** `client`: one of `createUploadClient`. @throws AskError, PostInDoubt, and what the failure stands for */
export async function sendFile(
  client: Pick<WebClient, 'apiCall' | 'filesUploadV2'>,
  slackUserId: string,
  file: Parameters<Outbox['sendFile']>[1],
): ReturnType<Outbox['sendFile']> {
  let isOpen = false
  try {
    const { channel } = (await client.apiCall('conversations.open', { users: slackUserId })) as {
      readonly channel?: { readonly id?: string }
    }
    if (!channel?.id) throw new Error('Slack opened a conversation without an id')
    isOpen = true
    await client.filesUploadV2({ channel_id: channel.id, filename: file.name, title: file.title, content: file.content })
    return 'sent'
  } catch (error) {
    const failure = classifySlackFailure(error)
    if (isOpen && failure.type === 'ambiguous') throw new PostInDoubt(fileInDoubt)
    if (failure.error === 'missing_scope') return 'missing-scope'
    const why = fileRefusals[failure.error]
    if (why !== undefined) throw new AskError(`${why} The figures are in the reply itself.`)
    throw asExpected(failure, slackUserId, error)
  }
}
