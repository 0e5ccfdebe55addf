/**
 * A bounded cache of what the store told. Whoever changes what is cached calls `forget`, so that a change holds from the
 * next request on.
 */

export interface Cached<Value> {
  /** Throws what `load` throws; nothing of that is kept. */
  get(key: string): Value | Promise<Value>;
  forget(): void;
}

/** @param isKept a value that is not is looked up again each time. */
export function createCached<Value>(
  maxEntries: number,
  load: (key: string) => Promise<Value>,
  isKept: (value: Value) => boolean = () => true,
): Cached<Value> {
  /** In boxes, so that a kept absence is no miss. */
  const kept = new Map<string, { readonly value: Value }>();
  let epoch = 0;

  async function look(key: string): Promise<Value> {
    const before = epoch;
    const value = await load(key);
    // A change during the read makes what was read too old to keep.
    if (epoch !== before || !isKept(value)) return value;
    const oldest = kept.size >= maxEntries ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, { value });
    return value;
  }

  return {
    get(key) {
      const known = kept.get(key);
      return known ? known.value : look(key);
    },
    forget() {
      epoch++;
      kept.clear();
    },
  };
}
