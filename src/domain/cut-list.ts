// Lists cut to what a reader takes in. Never by a single item: "1 more" takes the room of the name it hides.

export interface CutList<T> {
  readonly shown: readonly T[]
  /** How many are not shown: 0, or 2 and more. */
  readonly more: number
}

/** The first `most` items, or all of them where only one would be left out. `cutList(['a', 'b', 'c'], 2)` shows all three. */
export function cutList<T>(items: readonly T[], most: number): CutList<T> {
  const shown = items.length === most + 1 ? items : items.slice(0, most)
  return { shown, more: items.length - shown.length }
}

/** The same as words to be joined: `['Ana', 'Ben', '3 more']`. */
export function cutWords(items: readonly string[], most: number): readonly string[] {
  const { shown, more } = cutList(items, most)
  return more > 0 ? [...shown, `${more} more`] : shown
}
