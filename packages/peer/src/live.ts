/** A value that changes, in the shape of a Svelte store: `subscribe` calls at once and then on every change. */
export interface Live<T> {
  readonly value: T;
  subscribe(listener: (value: T) => void): () => void;
}

export interface WritableLive<T> extends Live<T> {
  set(value: T): void;
}

export function createLive<T>(initial: T): WritableLive<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(value);
      return () => void listeners.delete(listener);
    },
  };
}

/** Resolves with the first value that satisfies the condition; rejects when the signal aborts. */
export function until<T>(live: Live<T>, condition: (value: T) => boolean, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const finish = (act: () => void) => {
      // A value that fits at once arrives before `subscribe` has returned its end.
      queueMicrotask(() => stops.splice(0).forEach((stop) => stop()));
      act();
    };
    const onAbort = () => finish(() => reject(signal?.reason as Error));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);
    stops.push(() => signal?.removeEventListener('abort', onAbort));
    stops.push(live.subscribe((value) => (condition(value) ? finish(() => resolve(value)) : undefined)));
  });
}
