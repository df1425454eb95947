// What people do in modals and on Home: press, fill in, submit, close. Slack's own client refuses empty required inputs before the app
// hears of them.
import type { AppLink, Delivery } from './app-link.ts'
import { type ControlRef, controlIn, createControlActs } from './control-acts.ts'
import { envelope } from './envelope.ts'
import { isJson, type SlackWorld } from './method.ts'
import { drawnView, putModal } from './methods/views.ts'
import { viewObject } from './objects.ts'
import { controlsIn, type Filled, isFilled, type PlacedControl } from './view-state.ts'
import type { Json, SimulatedView } from './workspace.ts'

export interface ActingInViews {
  /** Presses a control in the topmost modal, or in Home. */
  pressIn(userId: string, surface: 'modal' | 'home', control: ControlRef, value?: Filled): Promise<Delivery>
  /** Fills inputs of the topmost modal, by action id, block id or label. `silently`: the app is not notified of those it listens to. */
  fill(userId: string, inputs: Readonly<Record<string, Filled>>, options?: { readonly silently?: boolean }): Promise<void>
  /** Fills and submits the topmost modal; errors stay on it. `loseAnswer`: the app's acknowledgement comes too late for Slack. */
  submit(userId: string, inputs?: Readonly<Record<string, Filled>>, options?: { readonly loseAnswer?: boolean }): Promise<Delivery>
  /** Closes the topmost modal. */
  closeModal(userId: string): Promise<void>
}

const acknowledged: Delivery = { type: 'acknowledged', body: '' }

export function createActingInViews(world: SlackWorld, link: AppLink): ActingInViews {
  const { workspace } = world
  const acts = createControlActs(world, link)

  function topModal(userId: string): SimulatedView {
    const view = workspace.modals.get(userId)?.at(-1)
    if (!view) throw new Error('no modal is open')
    return view
  }

  async function pressInView(userId: string, view: SimulatedView, named: ControlRef, value: Filled | undefined): Promise<Delivery> {
    const placed = controlIn(view.blocks, named)
    const { action, state } = await acts.act(userId, view, placed, value)
    const after = state ? withState(view, placed, state) : view
    if (view.type === 'home') workspace.homes.set(userId, after)
    else putModal(after, world)
    if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return acknowledged
    return link.interaction(`block_actions ${placed.actionId}`, {
      ...envelope(userId, world),
      type: 'block_actions',
      container: { type: 'view', view_id: after.id },
      view: viewObject(after, workspace),
      actions: [action],
    })
  }

  async function fill(
    userId: string,
    inputs: Readonly<Record<string, Filled>>,
    options: { readonly silently?: boolean } = {},
  ): Promise<void> {
    for (const [named, value] of Object.entries(inputs)) {
      const view = topModal(userId)
      const placed = controlIn(view.blocks, named)
      const heard = placed.block.type === 'input' && placed.block.dispatch_action === true && !options.silently
      if (heard) await pressInView(userId, view, named, value)
      else putModal(withState(view, placed, await acts.state(userId, view, placed, value)), world)
    }
  }

  return {
    fill,
    pressIn(userId, surface, named, value) {
      const view = surface === 'home' ? workspace.homes.get(userId) : topModal(userId)
      if (!view) throw new Error('that Home tab is empty')
      return pressInView(userId, view, named, value)
    },
    async submit(userId, inputs = {}, options = {}) {
      await fill(userId, inputs)
      const view = topModal(userId)
      if (!view.submit) throw new Error('this modal has nothing to submit')
      const errors = missingInputs(view)
      putModal({ ...view, errors }, world)
      if (Object.keys(errors).length > 0) return acknowledged
      const answered = await link.interaction(`view_submission ${view.callbackId}`, {
        ...envelope(userId, world),
        type: 'view_submission',
        view: viewObject(view, workspace),
        response_urls: [],
      })
      const delivery: Delivery = options.loseAnswer ? { type: 'failed', error: 'operation_timeout' } : answered
      if (delivery.type === 'acknowledged') answerSubmission(view, delivery.body, world)
      else {
        const first = view.blocks.find(({ type }) => type === 'input')
        putModal({ ...view, errors: { [String(first?.block_id ?? '')]: 'We had some trouble connecting. Try again?' } }, world)
      }
      return delivery
    },
    async closeModal(userId) {
      const stack = workspace.modals.get(userId) ?? []
      const view = stack.at(-1)
      workspace.modals.set(userId, stack.slice(0, -1))
      workspace.changed()
      if (!view?.notifyOnClose) return
      await link.interaction(`view_closed ${view.callbackId}`, {
        ...envelope(userId, world),
        type: 'view_closed',
        view: viewObject(view, workspace),
        is_cleared: false,
      })
    },
  }
}

function withState(view: SimulatedView, placed: PlacedControl, state: Json): SimulatedView {
  return { ...view, values: { ...view.values, [placed.blockId]: { ...view.values[placed.blockId], [placed.actionId]: state } } }
}

/** What Slack's own client says about inputs, by block id. */
function missingInputs(view: SimulatedView): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { block, blockId, actionId, element } of controlsIn(view.blocks)) {
    if (block.type !== 'input') continue
    const state = view.values[blockId]?.[actionId]
    const longest = Number(element.max_length ?? 3000)
    if (!isFilled(state)) {
      if (block.optional !== true) errors[blockId] = 'Please complete this required field.'
    } else if (typeof state?.value === 'string' && state.value.length > longest) {
      errors[blockId] = `Please shorten this to ${longest} characters.`
    }
  }
  return errors
}

/** Carries out the `response_action` of an acknowledged submission; none closes the modal. */
function answerSubmission(view: SimulatedView, body: unknown, world: SlackWorld): void {
  const { workspace } = world
  const stack = workspace.modals.get(view.userId) ?? []
  const answer = isJson(body) ? body : {}
  switch (answer.response_action) {
    case 'errors': {
      const errors = Object.fromEntries(
        Object.entries(isJson(answer.errors) ? answer.errors : {}).map(([id, words]) => [id, String(words)]),
      )
      const inputs = new Set(view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id))
      // Slack drops errors for blocks that are no inputs, and the form looks dead: better to hear of it here.
      const stray = Object.keys(errors).find((id) => !inputs.has(id))
      if (stray !== undefined) throw new Error(`an error names the block ${stray}, which is no input of this modal`)
      putModal({ ...view, errors }, world)
      return
    }
    case 'update':
      putModal(drawnView(answer.view, world, { userId: view.userId, before: view, kind: 'modal' }), world)
      return
    case 'push':
      workspace.modals.set(view.userId, [...stack, drawnView(answer.view, world, { userId: view.userId, under: view, kind: 'modal' })])
      break
    case 'clear':
      workspace.modals.set(view.userId, [])
      break
    default:
      workspace.modals.set(
        view.userId,
        stack.filter(({ id }) => id !== view.id),
      )
  }
  workspace.changed()
}
