/** As a thread or a disk gives things back: other arrays and objects. Bytes are shared, which nobody writes into once they are made. */
export function clone<T>(value: T): T {
  return cloneAny(value) as T;
}

function cloneAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloneAny);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, cloneAny(one)]));
  const prototype: unknown = Object.getPrototypeOf(value);
  // A key of the platform, a date: they are one thing.
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cloneAny(one)]));
}
