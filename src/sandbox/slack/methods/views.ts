// views.*: modals opened by a trigger, stacked three deep at most, updated with a hash; one Home tab per person.
import { checkedView, decoded, isJson, knownUser, type Method, optionalText, type SlackWorld, textArgument } from '../method.ts'
import { viewObject } from '../objects.ts'
import { Refusal, refusalWithPointers } from '../refusal.ts'
import { initialValues } from '../view-state.ts'
import type { Json, SimulatedView } from '../workspace.ts'

/** Source: views.push. */
const deepestStack = 3

/** A view as the app describes it, checked; `before` keeps what people have filled in where block and action stay the same. */
export function drawnView(
  wanted: unknown,
  world: SlackWorld,
  place: { readonly userId: string; readonly before?: SimulatedView; readonly under?: SimulatedView; readonly kind: 'modal' | 'home' },
): SimulatedView {
  if (!isJson(wanted) || wanted.type !== place.kind) {
    throw refusalWithPointers('invalid_arguments', ['[ERROR] unsupported type [json-pointer:/view/type]'])
  }
  const { view, blocks } = checkedView(wanted, world)
  const externalId = optionalText(view, 'external_id') ?? ''
  const open = [...world.workspace.modals.values()].flat()
  if (externalId !== '' && open.some((other) => other.externalId === externalId && other.id !== place.before?.id)) {
    throw new Refusal('duplicate_external_id')
  }
  const previousViewId = place.before?.previousViewId ?? place.under?.id
  const id = place.before?.id ?? world.workspace.nextId('V')
  return {
    id,
    userId: place.userId,
    type: place.kind,
    callbackId: optionalText(view, 'callback_id') ?? '',
    privateMetadata: optionalText(view, 'private_metadata') ?? '',
    blocks,
    ...(isJson(view.title) && { title: view.title }),
    ...(isJson(view.submit) && { submit: view.submit }),
    ...(isJson(view.close) && { close: view.close }),
    notifyOnClose: view.notify_on_close === true,
    clearOnClose: view.clear_on_close === true,
    externalId,
    hash: `${world.workspace.nextTs()}.${world.workspace.nextId('h')}`,
    rootViewId: place.before?.rootViewId ?? place.under?.rootViewId ?? id,
    ...(previousViewId !== undefined && { previousViewId }),
    values: initialValues(blocks, place.before?.values),
    errors: {},
  }
}

/** Puts a redrawn modal in the place of the one with its id. */
export function putModal(view: SimulatedView, world: SlackWorld): void {
  const stack = world.workspace.modals.get(view.userId) ?? []
  world.workspace.modals.set(
    view.userId,
    stack.map((open) => (open.id === view.id ? view : open)),
  )
  world.workspace.changed()
}

const wantedView = (args: Json): unknown => decoded(args, 'view', 'invalid_arguments')

export const viewMethods: readonly Method[] = [
  {
    name: 'views.open',
    tier: 4,
    scopes: [],
    run(args, world) {
      const view = wantedView(args)
      const { userId } = world.grants.exchange(textArgument(args, 'trigger_id'))
      const opened = drawnView(view, world, { userId, kind: 'modal' })
      world.workspace.modals.set(userId, [opened])
      world.workspace.changed()
      return { view: viewObject(opened, world.workspace) }
    },
  },
  {
    name: 'views.push',
    tier: 4,
    scopes: [],
    run(args, world) {
      const view = wantedView(args)
      const { userId } = world.grants.exchange(textArgument(args, 'trigger_id'))
      const stack = world.workspace.modals.get(userId) ?? []
      const under = stack.at(-1)
      if (!under) throw new Refusal('not_found')
      if (stack.length >= deepestStack) throw new Refusal('push_limit_reached')
      const pushed = drawnView(view, world, { userId, under, kind: 'modal' })
      world.workspace.modals.set(userId, [...stack, pushed])
      world.workspace.changed()
      return { view: viewObject(pushed, world.workspace) }
    },
  },
  {
    name: 'views.update',
    tier: 4,
    scopes: [],
    run(args, world) {
      const id = optionalText(args, 'view_id')
      const externalId = optionalText(args, 'external_id')
      const before = [...world.workspace.modals.values()]
        .flat()
        .find((view) => (id !== undefined ? view.id === id : externalId !== undefined && view.externalId === externalId))
      if (!before) throw new Refusal('not_found')
      const hash = optionalText(args, 'hash')
      if (hash !== undefined && hash !== before.hash) throw new Refusal('hash_conflict')
      const after = drawnView(wantedView(args), world, { userId: before.userId, before, kind: 'modal' })
      putModal(after, world)
      return { view: viewObject(after, world.workspace) }
    },
  },
  {
    name: 'views.publish',
    tier: 4,
    scopes: [],
    run(args, world) {
      const user = knownUser(textArgument(args, 'user_id'), world)
      const before = world.workspace.homes.get(user.id)
      const hash = optionalText(args, 'hash')
      if (hash !== undefined && hash !== before?.hash) throw new Refusal('hash_conflict')
      const home = drawnView(wantedView(args), world, { userId: user.id, ...(before && { before }), kind: 'home' })
      world.workspace.homes.set(user.id, home)
      world.workspace.changed()
      return { view: viewObject(home, world.workspace) }
    },
  },
]
