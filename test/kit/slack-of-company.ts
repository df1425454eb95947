// Slack of the small company, over HTTP, for tests of what is posted there.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Clock, systemClock } from '../../src/clock.ts'
import { type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { smallCompany } from './delivery-world.ts'

/** Slack with these people and one private channel of a team, C1. */
export const slackOfCompany = (clock: Clock): Promise<SimulatedSlack> =>
  startSimulatedSlack({
    clock,
    realClock: systemClock,
    manifest: readFileSync(path.join(import.meta.dirname, '../../manifest.yml'), 'utf8'),
    users: smallCompany().members.map(({ slackUserId, name, email }) => ({
      id: slackUserId,
      name: slackUserId.toLowerCase(),
      realName: name,
      email: email ?? '',
      zone: 'Europe/Berlin',
    })),
    channels: [{ id: 'C1', name: 'team-1', isPrivate: true, memberIds: ['UOWNER', 'U100', 'UGONGDIGEST'] }],
    rateLimits: false,
    checkTimes: false,
  })
