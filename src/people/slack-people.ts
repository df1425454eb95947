// Slack users as digests and reminders need them: name, zone and locale from the directory, and what they may see.
import type { Viewer } from '../domain/policy.ts'
import type { Directory } from '../slack-ports.ts'
import type { Viewers } from './viewers.ts'

export interface SlackPerson {
  /** From the directory: untrusted text. The id where Slack gives no name. */
  readonly name: string
  readonly zone?: string | undefined
  readonly locale?: string | undefined
  /** Deactivated in Slack. */
  readonly deleted?: boolean | undefined
  readonly isBot?: boolean | undefined
}

export interface SlackPeople {
  person(slackUserId: string): Promise<SlackPerson>
  nameOf(slackUserId: string): Promise<string>
  viewerOf(slackUserId: string): Promise<Viewer>
}

export function createSlackPeople(deps: {
  readonly directory: Pick<Directory, 'whoIs'>
  readonly viewers: Pick<Viewers, 'readerOf'>
}): SlackPeople {
  const person = async (slackUserId: string): Promise<SlackPerson> => {
    const member = await deps.directory.whoIs(slackUserId)
    return {
      name: member?.name ?? slackUserId,
      zone: member?.zone,
      locale: member?.locale,
      deleted: member?.deleted,
      isBot: member?.isBot,
    }
  }
  return {
    person,
    nameOf: async (slackUserId) => (await person(slackUserId)).name,
    viewerOf: async (slackUserId) => (await deps.viewers.readerOf(slackUserId)).viewer,
  }
}
