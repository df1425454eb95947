// `/gong-coaching remind`, the buttons of reminders and the goal form, against services that record what they were asked to do.
import { describe, expect, it } from 'vitest'
import type { Action } from '../../../src/bot/action.ts'
import { actions } from '../../../src/bot/actions/index.ts'
import { coaching } from '../../../src/bot/commands/coaching.ts'
import { asks, presses, testKit, viewers, wordsOf } from './company.ts'

const quiet = async () => undefined
const handlerOf = (id: string): Action => {
  const handler = actions.find((each) => each.id === id)
  if (!handler) throw new Error(`no ${id}`)
  return handler
}
const answerTo = async (text: string, by: (typeof viewers)[keyof typeof viewers] = viewers.manager) => {
  const kit = testKit()
  return { kit, message: await coaching.answer(asks(by, text), kit.services, quiet) }
}

describe('/gong-coaching remind', () => {
  it.each(['remind on', 'Remind me weekly', 'reminders on', 'remind start'])('"%s" turns them on', async (text) => {
    const { kit, message } = await answerTo(text)
    expect(kit.acts).toEqual(['reminders on by U2'])
    expect(message.summary).toMatch(/^Reminders are on\./)
  })

  it.each(['remind off', 'reminders stop', 'remind me off'])('"%s" turns them off', async (text) => {
    const { kit, message } = await answerTo(text)
    expect(kit.acts).toEqual(['reminders off by U2'])
    expect(message.summary).toMatch(/^Reminders are off\./)
  })

  it('alone says how it stands and changes nothing', async () => {
    const { kit, message } = await answerTo('remind')
    expect(kit.acts).toEqual([])
    expect(message.summary).toMatch(/^Reminders are on\./)
    expect((await answerTo('remind', viewers.boss)).message.summary).toMatch(/^Reminders are off\./)
  })

  it('is offered to nobody who coaches nobody, nor is the goal', async () => {
    await expect(answerTo('remind', viewers.rep)).rejects.toThrow('Reminders are for those who coach.')
    const open = (by: (typeof viewers)[keyof typeof viewers]) =>
      handlerOf('reminder-goal').handle(presses(by, 'reminder-goal', ''), testKit().services, quiet)
    await expect(open(viewers.rep)).rejects.toThrow('Reminders are for those who coach.')
    expect(await open(viewers.manager)).toMatchObject({ type: 'modal' })
    expect(await open(viewers.admin)).toMatchObject({ type: 'modal' })
    const admins = wordsOf((await answerTo('remind', viewers.admin)).message)
    expect(admins).toContain('Change goal')
    expect(admins).not.toContain('Remind me weekly')
  })

  it("stands below a manager's own coverage only, as it is on or off", async () => {
    expect(wordsOf((await answerTo('')).message)).toContain('Turn off reminders')
    expect(wordsOf((await answerTo('', viewers.boss)).message)).toContain('Remind me weekly')
    for (const { message } of [await answerTo('<@U2> team', viewers.boss), await answerTo('<@U4>'), await answerTo('', viewers.rep)]) {
      expect(wordsOf(message)).not.toMatch(/Remind me weekly|Turn off reminders|Change goal/)
    }
  })
})

describe('the buttons of a reminder', () => {
  it.each(['done', 'snooze-2', 'snooze-week', 'not-mine', 'undo'])(
    '%s is handed on as the presser, and the message is replaced',
    async (verb) => {
      const kit = testKit()
      const outcome = await handlerOf('reminder').handle(
        presses(viewers.manager, `reminder:${verb}:2`, `${verb} d1.4`),
        kit.services,
        quiet,
      )
      expect(kit.acts).toEqual([`${verb} d1.4 by U2`])
      expect(outcome).toMatchObject({ type: 'replace', message: { summary: 'as it is now' } })
    },
  )

  it('pressed on Home draws Home and the posted message anew', async () => {
    const kit = testKit()
    const outcome = await handlerOf('reminder').handle(
      presses(viewers.manager, 'reminder:done', 'done d1.4', { from: 'home' }),
      kit.services,
      quiet,
    )
    expect(kit.acts).toEqual(['done d1.4 by U2', 'show d1.4'])
    expect(outcome).toEqual({ type: 'done', home: true })
  })

  it('Turn off in the message replaces it; in a private reply it answers', async () => {
    const kit = testKit()
    const press = (more: object, value = 'off d1') =>
      handlerOf('reminder').handle(presses(viewers.manager, 'reminder:off', value, more), kit.services, quiet)
    expect((await press({})).type).toBe('replace')
    expect(await press({ inPrivateReply: true }, 'off')).toMatchObject({ type: 'reply' })
    expect(kit.acts).toEqual(['reminders off by U2', 'reminders off by U2'])
  })

  it.each(['', 'done', 'explode d1.4', 'constructor d1.4', 'off d1 d2 d3'])('nonsense "%s" does no harm', async (value) => {
    const kit = testKit()
    await handlerOf('reminder')
      .handle(presses(viewers.manager, 'reminder:x', value), kit.services, quiet)
      .catch((error: unknown) => expect(String(error)).toContain('older message'))
    expect(kit.acts.filter((act) => act.startsWith('explode'))).toEqual([])
  })
})

describe('the goal form', () => {
  const submit = async (by: (typeof viewers)[keyof typeof viewers], given: Readonly<Record<string, string>>) => {
    const kit = testKit()
    const inputs = Object.fromEntries(Object.entries(given).map(([id, value]) => [`reminder-goal-form:${id}`, value]))
    const outcome = await handlerOf('reminder-goal-form').handle(
      presses(by, 'reminder-goal-form', undefined, { from: 'submission', inputs }),
      kit.services,
      quiet,
    )
    return { kit, outcome }
  }

  it('offers the company to admins only', async () => {
    const modalOf = async (by: (typeof viewers)[keyof typeof viewers]) =>
      JSON.stringify(await handlerOf('reminder-goal').handle(presses(by, 'reminder-goal'), testKit().services, quiet))
    expect(await modalOf(viewers.manager)).not.toContain('whole company')
    expect(await modalOf(viewers.admin)).toContain('whole company')
    expect(await modalOf(viewers.admin)).not.toContain('For me and my people')
  })

  it("saves one's own, an admin's the company's", async () => {
    expect((await submit(viewers.manager, { weeks: '3' })).kit.acts).toEqual(['goal 3 mine by U2'])
    expect((await submit(viewers.admin, { weeks: '4' })).kit.acts).toEqual(['goal 4 company by U90'])
    expect((await submit(viewers.boss, { weeks: '1', scope: 'company' })).kit.acts).toEqual(['goal 1 company by U1'])
  })

  it.each([{}, { weeks: '5' }, { weeks: '-1' }, { weeks: 'often' }])('says beside the input what is wrong with %o', async (given) => {
    const { kit, outcome } = await submit(viewers.manager, given as Readonly<Record<string, string>>)
    expect(outcome.type).toBe('errors')
    expect(kit.acts).toEqual([])
  })
})
