// What people do in the simulated workspace: type, press, fill in, submit, open Home. Each act sends the app what Slack would send and
// resolves once the app has acknowledged; answers arrive later, through the Web API.
import type { AppLink, Delivery } from './app-link.ts'
import { escaped, eventPayload, sayEvent } from './events.ts'
import { isJson, type SlackWorld } from './method.ts'
import { drawnView, putModal } from './methods/views.ts'
import { channelObject, messageObject, teamObject, viewObject } from './objects.ts'
import { controlsIn, type Filled, filledState, isFilled, optionsOf, type PlacedControl, wordsOf } from './view-state.ts'
import type { Json, SimulatedMessage, SimulatedUser, SimulatedView } from './workspace.ts'

export interface MessageRef {
  readonly channelId: string
  readonly ts: string
}

export interface Acting {
  /** Types into a conversation: a slash command goes to the app, anything else is a message. @throws Error when Slack would not let them */
  type(userId: string, channelId: string, text: string, threadTs?: string): Promise<Delivery>
  /** Presses a control in a message, found by action id or by label; `value` picks an option of a select or menu. */
  press(userId: string, message: MessageRef, control: string, value?: Filled): Promise<Delivery>
  /** Presses a control in the topmost modal, or in Home. */
  pressIn(userId: string, surface: 'modal' | 'home', control: string, value?: Filled): Promise<Delivery>
  /** Fills inputs of the topmost modal, by action id, block id or label. */
  fill(userId: string, inputs: Readonly<Record<string, Filled>>): Promise<void>
  /** Fills and submits the topmost modal; errors stay on it. */
  submit(userId: string, inputs?: Readonly<Record<string, Filled>>): Promise<Delivery>
  /** Closes the topmost modal. */
  closeModal(userId: string): Promise<void>
  /** What an external select offers for a query. */
  suggestions(userId: string, surface: 'modal' | MessageRef, control: string, query: string): Promise<readonly Json[]>
  openHome(userId: string): Promise<Delivery>
}

const acknowledged: Delivery = { type: 'acknowledged', body: '' }

export function createActing(world: SlackWorld, link: AppLink): Acting {
  const { workspace, manifest, grants } = world

  const userOf = (id: string): SimulatedUser => {
    const user = workspace.users.get(id)
    if (!user) throw new Error(`nobody here has the id ${id}`)
    return user
  }
  const person = (id: string): Json => {
    const user = userOf(id)
    return { id, username: user.name, name: user.name, team_id: user.isOutside ? 'T0PARTNER' : workspace.teamId }
  }
  const envelope = (userId: string): Json => ({
    user: person(userId),
    api_app_id: workspace.appId,
    token: 'verification-is-by-signature',
    team: teamObject(workspace),
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: grants.trigger(userId),
  })
  const responseUrl = (grant: Parameters<typeof grants.responseUrl>[0]): string => `${world.origin()}/respond/${grants.responseUrl(grant)}`

  function visible(userId: string, ref: MessageRef): SimulatedMessage {
    const message = workspace.find(ref.channelId, ref.ts)
    if (!message || (message.ephemeralTo && message.ephemeralTo !== userId)) throw new Error('that person cannot see such a message')
    return message
  }

  function topModal(userId: string): SimulatedView {
    const view = workspace.modals.get(userId)?.at(-1)
    if (!view) throw new Error('no modal is open')
    return view
  }

  function control(blocks: readonly Json[], named: string): PlacedControl {
    const all = controlsIn(blocks)
    const found =
      all.find(({ actionId }) => actionId === named) ??
      all.find(({ element }) => wordsOf(element.text) === named) ??
      all.find(({ block }) => block.block_id === named || wordsOf(block.label) === named) ??
      all.find(({ element }) => optionsOf(element).some((option) => wordsOf(option.text) === named)) ??
      all.find(({ actionId }) => actionId.startsWith(named))
    if (!found)
      throw new Error(
        `no control ${named} among ${all.map(({ actionId, element }) => `${actionId} (${wordsOf(element.text)})`).join(', ')}`,
      )
    return found
  }

  /** The entry of `actions` for a press, and the state it leaves. */
  async function act(
    userId: string,
    surface: 'modal' | MessageRef,
    placed: PlacedControl,
    value: Filled | undefined,
  ): Promise<{ readonly action: Json; readonly state?: Json }> {
    const { element, blockId, actionId } = placed
    const base = { type: element.type, action_id: actionId, block_id: blockId, action_ts: workspace.nextTs() }
    if (element.type === 'button') {
      return {
        action: {
          ...base,
          text: element.text,
          ...(element.value !== undefined && { value: element.value }),
          ...(element.url !== undefined && { url: element.url }),
        },
      }
    }
    const state = filledState(element, await chosen(userId, surface, placed, value))
    return { action: { ...base, ...state }, ...(element.type !== 'overflow' && { state }) }
  }

  /** For an external select a plain text is looked up with the app, as a person would search for it. */
  async function chosen(userId: string, surface: 'modal' | MessageRef, placed: PlacedControl, value: Filled | undefined) {
    if (!String(placed.element.type).includes('external_select') || value === undefined) return value
    const list = (Array.isArray(value) ? value : [value]) as readonly (string | Json)[]
    const options: Json[] = []
    for (const one of list) {
      if (isJson(one)) options.push(one)
      else {
        const offered = await suggestionsFor(userId, surface, placed, one)
        const option = offered.find((offer) => offer.value === one || wordsOf(offer.text) === one) ?? offered[0]
        if (!option) throw new Error(`the app offers nothing for ${one}`)
        options.push(option)
      }
    }
    return options
  }

  async function suggestionsFor(
    userId: string,
    surface: 'modal' | MessageRef,
    placed: PlacedControl,
    query: string,
  ): Promise<readonly Json[]> {
    const { trigger_id: _none, ...base } = envelope(userId)
    const delivery = await link.interaction('block_suggestion', {
      ...base,
      type: 'block_suggestion',
      action_id: placed.actionId,
      block_id: placed.blockId,
      value: query,
      ...(surface === 'modal'
        ? { container: { type: 'view', view_id: topModal(userId).id }, view: viewObject(topModal(userId), workspace) }
        : { container: { type: 'message', message_ts: surface.ts, channel_id: surface.channelId } }),
    })
    return delivery.type === 'acknowledged' && isJson(delivery.body) ? optionsOf(delivery.body) : []
  }

  function withState(view: SimulatedView, placed: PlacedControl, state: Json): SimulatedView {
    const values = { ...view.values, [placed.blockId]: { ...view.values[placed.blockId], [placed.actionId]: state } }
    return { ...view, values }
  }

  async function pressInView(userId: string, view: SimulatedView, named: string, value: Filled | undefined): Promise<Delivery> {
    const placed = control(view.blocks, named)
    const { action, state } = await act(userId, 'modal', placed, value)
    const after = state ? withState(view, placed, state) : view
    if (view.type === 'home') workspace.homes.set(userId, after)
    else putModal(after, world)
    if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return acknowledged
    return link.interaction(`block_actions ${placed.actionId}`, {
      ...envelope(userId),
      type: 'block_actions',
      container: { type: 'view', view_id: after.id },
      view: viewObject(after, workspace),
      actions: [action],
    })
  }

  async function fill(userId: string, inputs: Readonly<Record<string, Filled>>): Promise<void> {
    for (const [named, value] of Object.entries(inputs)) {
      const view = topModal(userId)
      const placed = control(view.blocks, named)
      if (placed.block.type === 'input' && placed.block.dispatch_action === true) await pressInView(userId, view, named, value)
      else putModal(withState(view, placed, filledState(placed.element, await chosen(userId, 'modal', placed, value))), world)
    }
  }

  /** What Slack's own client refuses before the app hears of it. */
  function missingInputs(view: SimulatedView): Record<string, string> {
    const errors: Record<string, string> = {}
    for (const { block, blockId, actionId, element } of controlsIn(view.blocks)) {
      if (block.type !== 'input') continue
      const state = view.values[blockId]?.[actionId]
      if (!isFilled(state)) {
        if (block.optional !== true) errors[blockId] = 'Please complete this required field.'
      } else if (typeof state?.value === 'string' && state.value.length > Number(element.max_length ?? 3000)) {
        errors[blockId] = `Please shorten this to ${element.max_length ?? 3000} characters.`
      }
    }
    return errors
  }

  function answerSubmission(view: SimulatedView, body: unknown): void {
    const stack = workspace.modals.get(view.userId) ?? []
    const rest = stack.filter(({ id }) => id !== view.id)
    const action = isJson(body) ? body.response_action : undefined
    if (action === 'errors' && isJson(body) && isJson(body.errors)) {
      const errors = Object.fromEntries(Object.entries(body.errors).map(([id, words]) => [id, String(words)]))
      const inputs = new Set(view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id))
      // Slack drops errors for blocks that are no inputs, and the form looks dead: better to hear of it here.
      for (const id of Object.keys(errors))
        if (!inputs.has(id)) throw new Error(`an error names the block ${id}, which is no input of this modal`)
      putModal({ ...view, errors }, world)
      return
    }
    if (action === 'update' && isJson(body)) {
      putModal(drawnView(body.view, world, { userId: view.userId, before: view, kind: 'modal' }), world)
      return
    }
    if (action === 'push' && isJson(body)) {
      workspace.modals.set(view.userId, [...stack, drawnView(body.view, world, { userId: view.userId, under: view, kind: 'modal' })])
    } else workspace.modals.set(view.userId, action === 'clear' ? [] : rest)
    workspace.changed()
  }

  return {
    async type(userId, channelId, text, threadTs) {
      const user = userOf(userId)
      const channel = workspace.channels.get(channelId)
      if (!channel?.memberIds.includes(userId)) throw new Error(`${user.realName} is not in that conversation`)
      if (channel.isArchived) throw new Error('that channel is archived')
      const [typed = '', ...words] = text.trim().split(/\s+/)
      const command = manifest.commands.find((known) => known.command === typed)
      if (!command) {
        if (text.startsWith('/')) throw new Error(`${typed} is not a valid command`)
        return sayEvent({ userId, channel, text, ...(threadTs && { threadTs }) }, world, link)
      }
      if (!manifest.scopes.has('commands')) throw new Error('the app has no commands scope')
      const kind = channel.imWith ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name
      const delivery = await link.command({
        token: 'verification-is-by-signature',
        team_id: user.isOutside ? 'T0PARTNER' : workspace.teamId,
        team_domain: workspace.domain,
        channel_id: channelId,
        channel_name: kind,
        user_id: userId,
        user_name: user.name,
        command: typed,
        text: command.shouldEscape ? escaped(words.join(' '), world) : words.join(' '),
        api_app_id: workspace.appId,
        is_enterprise_install: 'false',
        response_url: responseUrl({ userId, channelId, ...(threadTs && { threadTs }) }),
        trigger_id: grants.trigger(userId),
      })
      if (delivery.type === 'failed') {
        const failure = `${typed} failed with the error "${delivery.error}"`
        workspace.add({ channelId, ts: workspace.nextTs(), userId: 'USLACKBOT', text: failure, blocks: [], ephemeralTo: userId })
      }
      return delivery
    },

    async press(userId, ref, named, value) {
      const message = visible(userId, ref)
      const placed = control(message.blocks, named)
      const { action, state } = await act(userId, ref, placed, value)
      const channel = workspace.channels.get(ref.channelId)
      if (!channel?.memberIds.includes(userId)) throw new Error('that person is not in that conversation')
      return link.interaction(`block_actions ${placed.actionId}`, {
        ...envelope(userId),
        type: 'block_actions',
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: message.ephemeralTo !== undefined,
          ...(message.threadTs && { thread_ts: message.threadTs }),
        },
        channel: { id: channel.id, name: channelObject(channel, world).name ?? 'directmessage' },
        ...(message.ephemeralTo === undefined && { message: messageObject(message, workspace, { metadata: true }) }),
        state: { values: state ? { [placed.blockId]: { [placed.actionId]: state } } : {} },
        response_url: responseUrl({
          userId,
          channelId: channel.id,
          original: { channelId: channel.id, ts: message.ts },
          ...(message.threadTs && { threadTs: message.threadTs }),
        }),
        actions: [action],
      })
    },

    pressIn(userId, surface, named, value) {
      const view = surface === 'home' ? workspace.homes.get(userId) : topModal(userId)
      if (!view) throw new Error('that Home tab is empty')
      return pressInView(userId, view, named, value)
    },
    fill,
    async submit(userId, inputs = {}) {
      await fill(userId, inputs)
      const view = topModal(userId)
      if (!view.submit) throw new Error('this modal has nothing to submit')
      const errors = missingInputs(view)
      putModal({ ...view, errors }, world)
      if (Object.keys(errors).length > 0) return acknowledged
      const delivery = await link.interaction(`view_submission ${view.callbackId}`, {
        ...envelope(userId),
        type: 'view_submission',
        view: viewObject(view, workspace),
        response_urls: [],
      })
      if (delivery.type === 'acknowledged') answerSubmission(view, delivery.body)
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
        ...envelope(userId),
        type: 'view_closed',
        view: viewObject(view, workspace),
        is_cleared: false,
      })
    },
    suggestions(userId, surface, named, query) {
      const blocks = surface === 'modal' ? topModal(userId).blocks : visible(userId, surface).blocks
      return suggestionsFor(userId, surface, control(blocks, named), query)
    },
    openHome: (userId) =>
      link.event(
        'app_home_opened',
        eventPayload(world, { type: 'app_home_opened', user: userId, channel: workspace.directMessageWith(userId).id, tab: 'home' }),
      ),
  }
}
