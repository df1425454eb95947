// Of two states of a Slack user the later one is kept, in whichever order they come: the older one may be of before a role ended.
import { expect, it } from 'vitest'
import { memberOf } from '../../src/slack/directory.ts'
import { noon, onBothBackends } from './backends.ts'

const home = { teamId: 'T1' }
const state = (updated: number | undefined, isGuest: boolean) =>
  memberOf('U1', { id: 'U1', team_id: 'T1', real_name: 'Ana', is_restricted: isGuest, ...(updated !== undefined && { updated }) }, home)
/** 1 June and 2 June 2026. */
const [first, second] = [1_780_272_000, 1_780_358_400]

onBothBackends((backend) => {
  it('an event that comes late, and a list begun before one, change nothing that is newer', async () => {
    const { directory } = await backend.open()
    const isGuest = async () => (await directory.find('U1'))?.isGuest
    await directory.upsert(state(second, true))
    await directory.upsert(state(first, false))
    expect(await isGuest()).toBe(true)
    await directory.replaceAll([state(first, false)], noon)
    expect(await isGuest()).toBe(true)
    await directory.upsert(state(second, false))
    expect(await isGuest()).toBe(false)
  })

  it('a state whose age is not known is taken, and so is one after an age that lies ahead', async () => {
    const { directory } = await backend.open()
    const isGuest = async () => (await directory.find('U1'))?.isGuest
    await directory.upsert(state(second, true))
    await directory.upsert(state(undefined, false))
    expect(await isGuest()).toBe(false)
    await directory.upsert(state(99_999_999_999, false))
    await directory.upsert(state(second, true))
    expect(await isGuest()).toBe(true)
  })
})
