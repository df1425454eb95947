// A press may wait for its turn: who pressed is asked when it comes, however early a view was opened for it.
import { expect, it } from 'vitest'
import type { Press } from '../../../src/bot/action.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { PressFacts } from '../../../src/slack/receive/payload.ts'
import { beginPress, receivePress } from '../../../src/slack/receive/press.ts'
import type { ReceiveDeps } from '../../../src/slack/receive/receive-deps.ts'

const facts: PressFacts = { actionId: 'move', slackUserId: 'U1', from: 'home', inputs: {}, triggerId: 't' } as never

/** A receiver with one action that opens a view, for a presser who changes. */
function receiving(first: Partial<Viewer>) {
  let now = first
  const did = { opened: 0, handled: [] as Viewer[], failed: 0 }
  const deps = {
    viewers: {
      readerOf: async () => ({
        viewer: { slackUserId: 'U1', standing: 'member', isAdmin: false, grants: [], ...now },
        locale: 'en',
        zone: 'UTC',
      }),
    },
    actions: [
      {
        id: 'move',
        opensModal: true,
        async handle({ viewer }: Press) {
          did.handled.push(viewer)
          return { type: 'done' }
        },
      },
    ],
    clock: { now: () => new Date('2026-11-23T09:00:00Z') },
    views: {
      async openLoading() {
        did.opened += 1
        return 'V1'
      },
    },
    async guard(_what: unknown, _say: unknown, work: () => Promise<void>) {
      await work().catch(() => {
        did.failed += 1
      })
    },
  } as unknown as ReceiveDeps
  const press = async (atTurn: Partial<Viewer>) => {
    const opened = beginPress(facts, deps)
    await opened?.catch(() => undefined)
    now = atTurn
    await receivePress(facts, deps, opened)
    return did
  }
  return { press }
}

it('an admin of before is none any more when the turn comes', async () => {
  const { opened, handled } = await receiving({ isAdmin: true }).press({ isAdmin: false })
  expect([opened, handled.map(({ isAdmin }) => isAdmin)]).toEqual([1, [false]])
})

it('a member of before who is a guest by then is refused, and no handler is asked', async () => {
  expect(await receiving({}).press({ standing: 'guest' })).toEqual({ opened: 1, handled: [], failed: 1 })
})

it('for a guest no view is opened', async () => {
  expect(await receiving({ standing: 'guest' }).press({ standing: 'guest' })).toEqual({ opened: 0, handled: [], failed: 1 })
})
