/** Remembers up to `limit` values that cost more to make than to keep; the oldest leaves first, so strangers cannot fill the memory. */
export function boundedCache<Value>(limit: number): (key: string, make: () => Value) => Value {
  const held = new Map<string, Value>();
  return (key, make) => {
    const known = held.get(key);
    if (known !== undefined) return known;
    const made = make();
    const oldest = held.size < limit ? undefined : held.keys().next().value;
    if (oldest !== undefined) held.delete(oldest);
    held.set(key, made);
    return made;
  };
}
