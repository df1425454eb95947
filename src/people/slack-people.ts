// Slack users as the schedule speaks of them: their name, zone and locale from the directory, and what they may see.
import type { Viewer } from '../domain/policy.ts'
import type { Directory } from '../slack-ports.ts'
import type { Viewers } from './viewers.ts'

export interface SlackPerson {
  /** As in Slack: hostile text. The id where Slack does not tell. */
  readonly name: string
  readonly zone?: string
  readonly locale?: string
}

export interface SlackPeople {
  person(slackUserId: string): Promise<SlackPerson>
  nameOf(slackUserId: string): Promise<string>
  viewerOf(slackUserId: string): Promise<Viewer>
}

export function createSlackPeople(parts: {
  readonly directory: Pick<Directory, 'whoIs'>
  readonly viewers: Pick<Viewers, 'readerOf'>
}): SlackPeople {
  const person = async (slackUserId: string): Promise<SlackPerson> => {
    const member = await parts.directory.whoIs(slackUserId)
    return {
      name: member?.name ?? slackUserId,
      ...(member?.zone !== undefined && { zone: member.zone }),
      ...(member?.locale !== undefined && { locale: member.locale }),
    }
  }
  return {
    person,
    nameOf: async (slackUserId) => (await person(slackUserId)).name,
    viewerOf: async (slackUserId) => (await parts.viewers.readerOf(slackUserId)).viewer,
  }
}
