// Everything commands, buttons and Home may use, in one narrow shape. Decides nothing about who may see what.

import type { Clock } from '../clock.ts'
import { localDateOf, type Weekday } from '../domain/period.ts'
import type { Sightings } from '../people/sightings.ts'
import type { Viewers } from '../people/viewers.ts'
import type { BotServices } from './command.ts'

export interface BotServicesDeps
  extends Pick<BotServices, 'stats' | 'chart' | 'membersOfUserGroup' | 'ensureFetched' | 'outbox' | 'admin' | 'digests' | 'coaching'> {
  readonly sightings: Sightings
  readonly viewers: Pick<Viewers, 'personOfSlackUser' | 'slackUserOfPerson'>
  readonly clock: Clock
  /** The company's IANA zone. */
  readonly zone: string
  readonly settings: {
    readonly gongAppUrl: string
    readonly minimumGroup: number
    readonly minimumCalls: number
    readonly weekStart: Weekday
    readonly version: string
  }
  /** `ADMINS` as configured, for "ask …"; names never leave in messages to strangers. */
  readonly adminNames: readonly string[]
}

export function createBotServices({ sightings, viewers, clock, zone, settings, adminNames, ...services }: BotServicesDeps): BotServices {
  return {
    ...services,
    ...sightings,
    personOfSlackUser: viewers.personOfSlackUser,
    slackUserOfPerson: viewers.slackUserOfPerson,
    today: async () => localDateOf(clock.now(), zone),
    settings: {
      ...settings,
      zone,
      weekStart: settings.weekStart === 7 ? 7 : 1,
      admins: adminNames.length > 0 ? 'the bot’s admins' : 'whoever runs the bot',
    },
  }
}
