// A map whose values are computed on first access: a report covers every statistic, a message shows a few of them.

/** One value for each source, under its key and in its order. `make` is called at most once a source. */
export const onDemand = <Key, Source, Value>(sources: ReadonlyMap<Key, Source>, make: (source: Source) => Value): ReadonlyMap<Key, Value> =>
  new OnDemand(sources, make)

class OnDemand<Key, Source, Value> extends Map<Key, Value> {
  readonly #sources: ReadonlyMap<Key, Source>
  readonly #make: (source: Source) => Value

  constructor(sources: ReadonlyMap<Key, Source>, make: (source: Source) => Value) {
    super()
    this.#sources = sources
    this.#make = make
  }

  override get size(): number {
    return this.#sources.size
  }

  override has(key: Key): boolean {
    return this.#sources.has(key)
  }

  override get(key: Key): Value | undefined {
    const source = this.#sources.get(key)
    return source === undefined ? undefined : this.#valueOf(key, source)
  }

  override keys(): MapIterator<Key> {
    return this.#sources.keys()
  }

  override entries(): MapIterator<[Key, Value]> {
    return this.#whole().entries()
  }

  override values(): MapIterator<Value> {
    return this.#whole().values()
  }

  override [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries()
  }

  override forEach(visit: (value: Value, key: Key, map: Map<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }

  #valueOf(key: Key, source: Source): Value {
    if (!super.has(key)) super.set(key, this.#make(source))
    return super.get(key) as Value
  }

  #whole(): Map<Key, Value> {
    return new Map([...this.#sources].map(([key, source]): [Key, Value] => [key, this.#valueOf(key, source)]))
  }
}
