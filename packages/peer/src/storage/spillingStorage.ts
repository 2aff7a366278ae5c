/**
 * A storage that goes on when the device keeps nothing more (full, closed to this page, broken): first it forgets what the relay has too,
 * then it holds the row in this page's memory, where `isKept` is false.
 */
import { createHeldRows } from './heldRows.ts';
import type { Storage } from './storage.ts';

export function createSpillingStorage(device: Storage): Storage {
  const held = createHeldRows(device);
  return {
    get: held.get,
    list: held.list,
    async put(table, key, value) {
      // What is only kept for speed is not worth anybody's memory.
      if (table === 'logs') return device.put(table, key, value);
      const isKept = await attempt(device, () => device.put(table, key, value).then(() => true));
      if (isKept) held.drop(table, key);
      else held.hold(table, key, value);
    },
    async add(table, key, value) {
      const isNew = held.has(table, key)
        ? undefined
        : await attempt(device, () => device.add(table, key, value));
      if (isNew !== undefined) return isNew;
      if ((await held.get(table, key)) !== undefined) return false;
      held.hold(table, key, value);
      return true;
    },
    async delete(table, key) {
      const isGone = await attempt(device, () => device.delete(table, key).then(() => true));
      if (isGone) held.drop(table, key);
      else held.hide(table, key);
    },
    async swap(table, was, becomes, same) {
      const isHere = [...was, ...becomes].some(([key]) => held.has(table, key));
      const isSwapped = isHere
        ? undefined
        : await attempt(device, () => device.swap(table, was, becomes, same));
      return isSwapped ?? held.swap(table, was, becomes, same);
    },
    watch: device.watch,
    isKept: (table, key) => !held.has(table, key) && device.isKept(table, key),
  };
}

/** Undefined if the device cannot do it, also not after it has forgotten the logs: the relay has them. */
async function attempt<T>(device: Storage, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!isFull(error)) return undefined;
  }
  try {
    for (const [key] of await device.list('logs', '')) await device.delete('logs', key);
    return await act();
  } catch {
    return undefined;
  }
}

/** `AbortError`: what a write hears whose transaction was ended for lack of room. */
function isFull(error: unknown): boolean {
  return (
    error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'AbortError')
  );
}
