// Of two states of a Slack user the later one is kept, in whichever order they come: the older one may be of before a role ended.
import { expect, it } from 'vitest'
import { memberOf } from '../../src/slack/directory.ts'
import { noon, onBothBackends } from './backends.ts'

const home = { teamId: 'T1' }
const state = (updated: number | undefined, isGuest: boolean) =>
  memberOf('U1', { id: 'U1', team_id: 'T1', real_name: 'Ana', is_restricted: isGuest, ...(updated !== undefined && { updated }) }, home)
const minute = 60_000
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

  it('of two that are as old the one learned later is kept, and whoever stores the other gets it', async () => {
    const { directory } = await backend.open()
    for (const updated of [second, undefined]) {
      const learned = (isGuest: boolean, minutes: number) => ({
        ...state(updated, isGuest),
        learnedAtMs: noon.getTime() + (updated === undefined ? 600 : 0) * minute + minutes * minute,
      })
      await directory.upsert(learned(true, 2))
      expect(await directory.upsert(learned(false, 1))).toEqual(learned(true, 2))
      await directory.replaceAll([learned(false, 1)], new Date(learned(false, 1).learnedAtMs))
      expect(await directory.find('U1')).toEqual(learned(true, 2))
      expect(await directory.upsert(learned(false, 3))).toEqual(learned(false, 3))
    }
  })

  it('Slack that knows nothing newer confirms what is stored, as of when it was asked', async () => {
    const { directory } = await backend.open()
    const learnedAt = async () => ((await directory.find('U1'))?.learnedAtMs ?? 0) - noon.getTime()
    const after = (minutes: number) => ({ learnedAtMs: noon.getTime() + minutes * minute })
    await directory.upsert({ ...state(second, true), ...after(0) })
    await directory.upsert({ ...state(first, false), ...after(5) })
    expect(await learnedAt()).toBe(5 * minute)
    await directory.replaceAll([state(first, false)], new Date(after(9).learnedAtMs))
    expect(await learnedAt()).toBe(9 * minute)
    // A list that was asked for before takes nothing back.
    await directory.replaceAll([state(first, false)], new Date(after(7).learnedAtMs))
    expect(await learnedAt()).toBe(9 * minute)
    // Of a clock that was ahead.
    await directory.upsert({ ...state(second, true), ...after(60 * 24 * 365) })
    await directory.upsert({ ...state(first, false), ...after(10) })
    expect(await learnedAt()).toBe(10 * minute)
    expect((await directory.find('U1'))?.isGuest).toBe(true)
  })

  it('whoever joined after a list was asked for is not taken away by it; whoever left before is', async () => {
    const { directory } = await backend.open()
    const learned = (id: string, minutes: number) => ({
      ...state(undefined, false),
      slackUserId: id,
      learnedAtMs: noon.getTime() + minutes * minute,
    })
    const ids = async () => (await directory.all()).map(({ slackUserId }) => slackUserId)
    await directory.upsert(learned('U2', -1))
    await directory.upsert(learned('U3', 1))
    // Of a clock that was ahead.
    await directory.upsert(learned('U4', 60 * 24 * 365))
    await directory.replaceAll([state(undefined, false)], noon)
    expect(await ids()).toEqual(['U1', 'U3'])
    await directory.replaceAll([state(undefined, false)], new Date(noon.getTime() + 2 * minute))
    expect(await ids()).toEqual(['U1'])
  })
})
