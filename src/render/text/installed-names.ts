// Under which names the commands are installed: a second installation in one workspace ends them in `-staging`, and everything it says
// must name what its people can type. Works on trees before they are fitted to Slack's limits; what comes back in a press keeps the
// names of the list.

/** Routed or kept, never read by a person. */
const unread = new Set(['value', 'actionId', 'url', 'callbackId', 'privateMetadata', 'id'])

export type Naming = <Tree>(tree: Tree) => Tree

/**
 * Names of `commands` get `-suffix` wherever a person reads them; without a suffix trees are handed back as they are.
 * Example: `/gong-stats team` is `/gong-stats-staging team`; a name that has an ending already stays.
 */
export function namingOf(commands: readonly string[], suffix: string | undefined): Naming {
  if (suffix === undefined) return (tree) => tree
  const names = new RegExp(`(${commands.map((name) => RegExp.escape(name)).join('|')})(?![\\w-])`, 'g')
  const named = (value: unknown, key?: string): unknown => {
    if (typeof value === 'string') return key !== undefined && unread.has(key) ? value : value.replace(names, `$1-${suffix}`)
    if (Array.isArray(value)) return value.map((each) => named(each))
    // Dates and the like are no part of a tree's words.
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, named(each, name)]))
  }
  return (tree) => named(tree) as typeof tree
}
