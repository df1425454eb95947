// One control and what somebody does with it: finding it by id or by its words, choosing options (asking the app where it has them),
// and the entry of `actions` that results.
import type { AppLink } from './app-link.ts'
import { envelope } from './envelope.ts'
import { isJson, type SlackWorld } from './method.ts'
import { viewObject } from './objects.ts'
import { controlsIn, type Filled, filledState, optionsOf, type PlacedControl, wordsOf } from './view-state.ts'
import type { Json, SimulatedView } from './workspace.ts'

export interface MessageRef {
  readonly channelId: string
  readonly ts: string
}

/** Action id, block id, label or option label; the pair where several controls of a message share an action id. */
export type ControlRef = string | { readonly blockId: string; readonly actionId: string }

/** Where a control is: in a message, or in a modal or Home. */
export type Surrounding = MessageRef | SimulatedView

/** @throws Error that lists what is there */
export function controlIn(blocks: readonly Json[], named: ControlRef): PlacedControl {
  const all = controlsIn(blocks)
  const found =
    typeof named === 'object'
      ? all.find(({ blockId, actionId }) => blockId === named.blockId && actionId === named.actionId)
      : (all.find(({ actionId }) => actionId === named) ??
        all.find(({ element }) => wordsOf(element.text) === named) ??
        all.find(({ block }) => block.block_id === named || wordsOf(block.label) === named) ??
        all.find(({ element }) => optionsOf(element).some((option) => wordsOf(option.text) === named)) ??
        all.find(({ actionId }) => actionId.startsWith(named)))
  if (found) return found
  const there = all.map(({ actionId, element }) => `${actionId} (${wordsOf(element.text)})`).join(', ')
  throw new Error(`no control ${typeof named === 'string' ? named : named.actionId} among ${there || 'none'}`)
}

export interface ControlActs {
  /** The entry of `actions`, and the state it leaves in the view or message. */
  act(
    userId: string,
    at: Surrounding,
    placed: PlacedControl,
    value: Filled | undefined,
  ): Promise<{ readonly action: Json; readonly state?: Json }>
  state(userId: string, at: Surrounding, placed: PlacedControl, value: Filled | undefined): Promise<Json>
  /** What the app offers for a query. */
  suggestions(userId: string, at: Surrounding, placed: PlacedControl, query: string): Promise<readonly Json[]>
}

export function createControlActs(world: SlackWorld, link: AppLink): ControlActs {
  async function suggestions(userId: string, at: Surrounding, placed: PlacedControl, query: string): Promise<readonly Json[]> {
    const { trigger_id: _none, ...base } = envelope(userId, world)
    const delivery = await link.interaction(`block_suggestion ${placed.actionId}`, {
      ...base,
      type: 'block_suggestion',
      action_id: placed.actionId,
      block_id: placed.blockId,
      value: query,
      ...('ts' in at
        ? { container: { type: 'message', message_ts: at.ts, channel_id: at.channelId } }
        : { container: { type: 'view', view_id: at.id }, view: viewObject(at, world.workspace) }),
    })
    return delivery.type === 'acknowledged' && isJson(delivery.body) ? optionsOf(delivery.body) : []
  }

  /** For an external select a plain text is looked up with the app, as a person would search for it. */
  async function chosen(userId: string, at: Surrounding, placed: PlacedControl, value: Filled | undefined): Promise<Filled | undefined> {
    if (!String(placed.element.type).includes('external_select') || value === undefined || value === '') return value
    const options: Json[] = []
    for (const one of (Array.isArray(value) ? value : [value]) as readonly (string | Json)[]) {
      if (isJson(one)) {
        options.push(one)
        continue
      }
      const offered = await suggestions(userId, at, placed, one)
      const option = offered.find((offer) => offer.value === one || wordsOf(offer.text) === one) ?? offered[0]
      if (!option) throw new Error(`the app offers nothing for ${one}`)
      options.push(option)
    }
    return options
  }

  async function state(userId: string, at: Surrounding, placed: PlacedControl, value: Filled | undefined): Promise<Json> {
    return filledState(placed.element, await chosen(userId, at, placed, value))
  }

  return {
    suggestions,
    state,
    async act(userId, at, placed, value) {
      const { element, blockId, actionId } = placed
      const base = { type: element.type, action_id: actionId, block_id: blockId, action_ts: world.workspace.nextTs() }
      if (element.type === 'button') {
        const { text, value: carried, url } = element
        return { action: { ...base, text, ...(carried !== undefined && { value: carried }), ...(url !== undefined && { url }) } }
      }
      const after = await state(userId, at, placed, value)
      return { action: { ...base, ...after }, ...(element.type !== 'overflow' && { state: after }) }
    },
  }
}
