// Whom the gate keeps out: every way a channel can be read by somebody who is no full member of this workspace.
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import { memberOf } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'

const home = { teamId: 'T1' }
const full = (id: string): SlackMember => memberOf(id, { id, team_id: 'T1' }, home)

function gateOf(channel: object, members: readonly SlackMember[], allowGuests = false) {
  const known = new Map(members.map((each) => [each.slackUserId, each]))
  return createGate({
    client: {
      apiCall: async (method: string) =>
        method === 'conversations.info'
          ? { ok: true, channel: { name: 'emea', is_private: true, is_member: true, ...channel } }
          : { ok: true, members: ['U1', ...known.keys()] },
    } as never,
    members: { findMany: async () => new Map([['U1', full('U1')], ...known]) },
    directory: { whoIs: async () => undefined },
    allowGuests,
    clock: movableClock(new Date('2026-11-23T09:00:00Z')),
  }).check('C1')
}

describe('the gate', () => {
  it.each([
    ['shared with another company', { is_ext_shared: true }],
    ['shared, as older answers say it', { is_shared: true }],
    ['waiting for another company', { is_pending_ext_shared: true }],
    ['waiting for one, named by its list alone', { is_pending_ext_shared: false, pending_shared: ['T9'] }],
    ['waiting for one that has to be approved', { pending_connected_team_ids: ['T9'] }],
  ])('is closed for a channel %s, guests allowed or not', async (_what, channel) => {
    for (const allowGuests of [false, true])
      expect(await gateOf(channel, [], allowGuests)).toMatchObject({ type: 'closed', reason: 'shared' })
  })

  it('is open for a channel shared within one organization', async () => {
    const inOrganization = { is_shared: true, is_org_shared: true, pending_shared: [], pending_connected_team_ids: [] }
    expect(await gateOf(inOrganization, [])).toMatchObject({ type: 'open', isPrivate: true })
  })

  it('says of a private channel for whom alone the reason is, and of a public one for everybody', async () => {
    const foreign = memberOf('U3', { id: 'U3', team_id: 'T2' }, home)
    expect(await gateOf({ is_ext_shared: true }, [foreign])).toMatchObject({ reason: 'shared', onlyFor: ['U1', 'U3'] })
    expect(await gateOf({}, [foreign])).toMatchObject({ reason: 'outsiders', onlyFor: ['U1', 'U3'] })
    expect(await gateOf({ is_private: false }, [foreign])).not.toHaveProperty('onlyFor')
  })

  it('is closed for a group conversation with a guest, and for somebody Slack does not show', async () => {
    const guest = memberOf('U2', { id: 'U2', team_id: 'T1', is_ultra_restricted: true }, home)
    const group = { is_member: undefined, is_mpim: true }
    expect(await gateOf(group, [guest])).toMatchObject({ type: 'closed', reason: 'guests', people: 1 })
    const foreign = memberOf('U3', { id: 'U3', team_id: 'T2' }, home)
    expect(await gateOf(group, [foreign], true)).toMatchObject({ type: 'closed', reason: 'outsiders', people: 1 })
  })
})
